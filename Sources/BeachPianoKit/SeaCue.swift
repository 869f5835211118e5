import Composition
import Mixing
import Moods
import Music

/// The sea that goes under a sound.
package struct SeaCue: Sendable {
    var settings: SeaSettings
    /// When the piece has its crests, seconds; empty where the sea keeps its own time.
    package var crests: [Double] = []
    /// How high the waves of these crests are.
    package var heights: [Float] = []
    var seed: Seed
    /// Whether piano and sea are written apart as well.
    var hasStems = false

    /// The sea of a moment, or where it has none, the seas that may come.
    init(live source: ResolvedSource) {
        settings = source.moment.sea
        seed = source.seed
    }

    /// nil where the moment has no sea.
    init?(_ source: ResolvedSource) {
        guard source.moment.sea.state != .off else { return nil }
        self.init(live: source)
    }

    func sea(rate: Double) -> Seas {
        Seas(settings, crests: crests, heights: heights, seed: seed, sampleRate: rate)
    }

    /// Where the stems of a file go: `out-piano.wav` and `out-sea.wav` beside `out.wav`.
    static func stemPaths(_ path: String) -> (piano: String, sea: String) {
        let name = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let dot = path[name...].lastIndex(of: ".") ?? path.endIndex
        return ("\(path[..<dot])-piano\(path[dot...])", "\(path[..<dot])-sea\(path[dot...])")
    }
}

extension Piece {
    /// The sea of this piece, its crests on the beats that the piece breathes with.
    ///
    /// Where nobody said how long a wave lasts, it lasts as many bars as come near to what this sea has of its own.
    package var sea: SeaCue? {
        guard var cue = SeaCue(source) else { return nil }
        let bar = Double(plan.metre.beats)
        var wave = plan.waveBars
        if wave == nil, cue.settings.swell == nil {
            wave = max(1, Int((cue.settings.period * Double(plan.tempo) / 60 / bar).rounded()))
        }
        guard let wave else { return cue }
        cue.crests = stride(from: plan.firstCrest(wave) / plan.metre.beats, to: plan.bars, by: wave).compactMap {
            second(ofBeat: Double($0) * bar)
        }
        if cue.settings.swell == nil {
            cue.settings.swell = min(20, max(3, Double(wave) * bar * 60 / Double(plan.tempo)))
        }
        cue.heights = waveHeights(cue.crests, last: cue.settings.period)
        return cue
    }

    /// The height of a wave by how loud the music is that it carries: from the mean, a wave that is 3 dB louder is half
    /// as high again.
    private func waveHeights(_ crests: [Double], last: Double) -> [Float] {
        let levels = crests.indices.map { i -> Float? in
            let gap = i + 1 < crests.count ? crests[i + 1] - crests[i] : last
            let span = (crests[i] - 0.4 * gap)..<(crests[i] + 0.6 * gap)
            let inside = performance.notes.filter { span.contains($0.onset) }
            guard !inside.isEmpty else { return nil }
            // As the performer counts it: 40 log10 of the velocity.
            return 17.372 * Exact.log(inside.reduce(0) { $0 + $1.velocity } / Float(inside.count))
        }
        let known = levels.compactMap { $0 }
        let mean = known.reduce(0, +) / Float(max(1, known.count))
        return levels.map { min(1.6, max(0.35, 0.8 * Exact.exp(0.135 * (($0 ?? mean - 3) - mean)))) }
    }

    /// When a beat sounds; nil outside the tempo map.
    func second(ofBeat beat: Double) -> Double? {
        let map = performance.tempoMap
        guard let after = map.firstIndex(where: { $0.beat >= beat }) else { return nil }
        guard after > 0 else { return map[0].beat == beat ? map[0].seconds : nil }
        let (a, b) = (map[after - 1], map[after])
        return a.seconds + (b.seconds - a.seconds) * (beat - a.beat) / (b.beat - a.beat)
    }
}
