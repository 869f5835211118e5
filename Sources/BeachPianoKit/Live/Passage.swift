import Composition
import Moods
import Music
import Piano

/// A stretch of music on its way to the audio thread: performed, with what is needed to go on after it.
struct Passage: Sendable {
    let performance: Performance
    /// Seconds from its start to where the next passage begins.
    let length: Double
    /// Factor from the instrument's own level.
    let gain: Float
    let isLast: Bool
    /// Seconds of the fade at its end, where that is not the usual one.
    var fade: Double?
    /// Nil where a MIDI file is played.
    var piece: Piece?
    /// What the section is to the whole.
    var action: EndlessForm.Action?
    /// Which theme, from 1.
    var theme = 1
    /// Its motif as a line of steps, high where it is high.
    var motif = ""
    /// The endless piece after this section.
    var form: EndlessForm?
    /// What a bridge leads to; empty for anything else.
    var following: [Passage] = []

    /// The mood that a bridge leaves.
    var leaving: Mood?

    /// The mood of the piece, or that to which a bridge leads; nil where nobody knows.
    var mood: Mood? { piece?.source.moment.mood ?? following.first?.mood }
    var isBridge: Bool { !following.isEmpty }

    /// The mood so many seconds after the start: a bridge is on its way from one to the other.
    func mood(at seconds: Double) -> Mood? {
        guard let mood, let leaving, isBridge else { return mood }
        return leaving.moved(towards: mood, by: Float(min(1, max(0, seconds / length))))
    }

    /// Section and chord that sound so many seconds after the start.
    func place(at seconds: Double) -> (section: ScoreSection?, chord: ScoreChord?) {
        guard let score = piece?.score, let beat = beat(at: seconds) else { return (nil, nil) }
        return (
            score.sections.last { $0.onset.value <= beat } ?? score.sections.first,
            score.chords.last { $0.onset.value <= beat } ?? score.chords.first
        )
    }

    /// The written beat at a time, by the tempo map.
    private func beat(at seconds: Double) -> Double? {
        let map = performance.tempoMap
        var (low, high) = (0, map.count)
        while low < high {
            let middle = (low + high) / 2
            if map[middle].seconds <= seconds { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return map.first?.beat }
        guard low < map.count else { return map[low - 1].beat }
        let (a, b) = (map[low - 1], map[low])
        return a.beat + (b.beat - a.beat) * (seconds - a.seconds) / max(1e-9, b.seconds - a.seconds)
    }

    /// Where the music may be left, seconds after the start: the first bar line from `earliest` on, or where that comes
    /// after `latest` the first beat, or in the slowest music half of one.
    func seam(from earliest: Double, until latest: Double) -> Double {
        let map = performance.tempoMap
        let bar = Double(performance.metre?.beats ?? 4)
        func first(_ unit: Double) -> Double? {
            map.first { $0.seconds >= earliest && $0.beat.truncatingRemainder(dividingBy: unit) == 0 }?.seconds
        }
        if let line = first(bar), line <= latest { return line }
        guard let beat = first(1) else { return length }
        if beat > latest, let now = self.beat(at: earliest) {
            let half = seconds(at: (2 * now).rounded(.up) / 2)
            if half < beat { return min(half, length) }
        }
        return min(beat, length)
    }

    /// Where so many written bars later (or earlier) a time lies, within the piece.
    func time(of bars: Int, barsFrom seconds: Double) -> Double {
        guard let now = beat(at: seconds) else { return seconds }
        return self.seconds(at: now + Double(bars * (performance.metre?.beats ?? 4)))
    }

    /// The time of a written beat, by the tempo map.
    private func seconds(at beat: Double) -> Double {
        let map = performance.tempoMap
        guard let next = map.firstIndex(where: { $0.beat >= beat }) else { return map.last?.seconds ?? 0 }
        guard next > 0 else { return map[0].seconds }
        let (a, b) = (map[next - 1], map[next])
        return a.seconds + (b.seconds - a.seconds) * (beat - a.beat) / max(1e-9, b.beat - a.beat)
    }
}
