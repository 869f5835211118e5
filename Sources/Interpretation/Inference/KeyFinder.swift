package import Music

/// The key of a set of notes by correlation with how often composers use each tone in a key (Budge 1943, as listed by
/// Bellman 2005).
package enum KeyFinder {
    private static let major: [Float] = [
        16.80, 0.86, 12.95, 1.41, 13.49, 11.93, 1.25, 20.28, 1.80, 8.04, 0.62, 10.57,
    ]
    private static let minor: [Float] = [
        18.16, 0.69, 12.99, 13.34, 1.07, 11.15, 1.38, 21.07, 7.49, 1.53, 0.92, 10.21,
    ]
    /// What the last bass note, mostly the tonic, counts, share of all.
    private static let last: Float = 0.1

    /// The key that fits best; C major for no notes.
    package static func key(of notes: [ScoreNote]) -> Key {
        var weight = [Float](repeating: 0, count: 12)
        for note in notes { weight[note.pitch.pitchClass] += min(4, Float(note.length.value)) }
        let end = notes.map(\.onset).max()
        if let bass = notes.filter({ $0.onset == end }).min(by: { $0.pitch < $1.pitch }) {
            weight[bass.pitch.pitchClass] += Self.last * weight.reduce(0, +)
        }
        var best = (key: Key(tonic: 0, isMinor: false), value: -Float.infinity)
        for tonic in 0..<12 {
            for isMinor in [false, true] {
                let value = correlation(weight, isMinor ? minor : major, shift: tonic)
                if value > best.value { best = (Key(tonic: tonic, isMinor: isMinor), value) }
            }
        }
        return best.key
    }

    private static func correlation(_ weight: [Float], _ profile: [Float], shift: Int) -> Float {
        let (mw, mp) = (weight.reduce(0, +) / 12, profile.reduce(0, +) / 12)
        var (wp, ww, pp): (Float, Float, Float) = (0, 0, 0)
        for i in 0..<12 {
            let (w, p) = (weight[(i + shift) % 12] - mw, profile[i] - mp)
            wp += w * p
            ww += w * w
            pp += p * p
        }
        return ww > 0 ? wp / (ww * pp).squareRoot() : 0
    }
}
