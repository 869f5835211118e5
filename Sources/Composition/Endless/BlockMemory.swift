import Music

/// Which stretches of four bars were heard lately: none may come again within six minutes but as a marked return
/// (music.md 4.11).
struct BlockMemory: Sendable {
    /// Seconds for which a stretch is remembered.
    static let span = 360.0
    private static let bars = 4

    private var blocks: [(time: Double, hash: UInt64)] = []

    /// Whether a score has a stretch that was heard within the span before `time`, or in itself but as a marked return.
    func knows(_ score: Score, at time: Double) -> Bool {
        var heard = Set(blocks.lazy.filter { time - $0.time < Self.span }.map(\.hash))
        let earlier = heard
        for (bar, hash) in Self.hashes(score) {
            if earlier.contains(hash) { return true }
            let section = score.sections.last { $0.onset <= Beat(bar * score.metre.beats) }
            if !heard.insert(hash).inserted, (section?.variant ?? 0) == 0 { return true }
        }
        return false
    }

    /// Remembers a score that begins at `time`, seconds, and forgets what is old.
    mutating func hear(_ score: Score, at time: Double) {
        blocks.removeAll { time - $0.time >= Self.span }
        blocks += Self.hashes(score).map { (time, $0.hash) }
    }

    /// One for each bar that begins four full bars: what is struck where, by pitch.
    private static func hashes(_ score: Score) -> [(bar: Int, hash: UInt64)] {
        var bars = [[ScoreNote]](repeating: [], count: score.bars)
        for note in score.notes {
            let bar = max(0, note.onset.floor) / score.metre.beats
            if bar < bars.count { bars[bar].append(note) }
        }
        guard bars.count >= Self.bars else { return [] }
        return (0...bars.count - Self.bars).compactMap { start in
            var mixer: UInt64 = 0xCBF2_9CE4_8422_2325
            var count = 0
            for k in 0..<Self.bars {
                for note in bars[start + k] {
                    let place = (note.onset - Beat((start + k) * score.metre.beats)) * Theme.beat
                    let word = UInt64(k) << 40 | UInt64(max(0, place.floor)) << 8 | UInt64(note.pitch.midi)
                    mixer = (mixer ^ word) &* 0x0000_0100_0000_01B3
                    count += 1
                }
            }
            // Near silence is nobody's tune.
            return count > Self.bars ? (start, mixer) : nil
        }
    }
}
