import Music

/// The bar by which one key or mode is left for another: a chord all of whose tones belong to both (music.md 4.5, 4.13).
///
/// Near keys share triads, such as the sixth degree of a minor key, which is the subdominant of its relative major. Where
/// no triad is shared, as between major and minor on one tonic, the third is left out: a suspension or an open fifth.
struct Pivot {
    private enum Kind: CaseIterable {
        case major, minor, fourth, second, fifth

        /// Semitones above the root; the place of the third is the second of three.
        var tones: [Int] {
            switch self {
            case .major: [0, 4, 7]
            case .minor: [0, 3, 7]
            case .fourth: [0, 5, 7]
            case .second: [0, 2, 7]
            case .fifth: [0, 7, 7]
            }
        }

        var suffix: String {
            switch self {
            case .major, .minor: ""
            case .fourth: "sus4"
            case .second: "sus2"
            case .fifth: "5"
            }
        }

        /// A triad says most, a bare fifth least.
        var cost: Float {
            switch self {
            case .major, .minor: 0
            case .fourth: 0.3
            case .second: 0.4
            case .fifth: 0.8
            }
        }
    }

    /// How well a degree, in semitones above the new tonic, leads to it: fourth, second, fifth, flat sixth, then the
    /// others; the tonic itself would be there too early.
    private static let leading: [Float] = [2, 1.2, 0.2, 0.8, 0.8, 0, 2, 0.15, 0.3, 0.5, 0.4, 1.2]
    private static let names = [
        "I", "bII", "II", "bIII", "III", "IV", "#IV", "V", "bVI", "VI", "bVII", "VII",
    ]
    /// Of tones kept from the chord before, each, and of keeping all.
    private static let kept: (tone: Float, all: Float) = (0.15, 0.6)
    /// By how much one piece likes another chord than the next.
    private static let whim: Float = 0.4

    let from: Key
    let to: Key

    private static func scale(_ key: Key) -> Set<Int> {
        Set((key.isMinor ? minorScale : majorScale).map { pitchClass($0 + key.tonic) })
    }

    /// The tones that both keys have.
    var common: Set<Int> { Self.scale(from).intersection(Self.scale(to)) }

    /// A section's chords with the pivot in the last bar in place of what stood there; without a chord that both keys
    /// have, as they were.
    func prepared(_ chords: [Chord], lastBar: Range<Int>, _ random: inout RandomStream) -> [Chord] {
        var out = chords.filter { $0.onset < lastBar.lowerBound }
        for i in out.indices { out[i].length = min(out[i].length, lastBar.lowerBound - out[i].onset) }
        guard let before = out.last ?? chords.first, let pivot = chord(after: before, lastBar, &random) else {
            return chords
        }
        return out + [pivot]
    }

    private func chord(after before: Chord, _ bar: Range<Int>, _ random: inout RandomStream) -> Chord? {
        let common = common
        var best: (cost: Float, chord: Chord)?
        for kind in Kind.allCases {
            for root in 0..<12 {
                let tones = kind.tones.map { pitchClass(root + $0) }
                guard tones.allSatisfy({ common.contains($0) }) else { continue }
                let held = Set(tones).intersection(before.triad).count
                let cost =
                    kind.cost + Self.leading[pitchClass(root - to.tonic)] - Self.kept.tone * Float(held)
                    + (Set(tones).isSubset(of: before.triad) ? Self.kept.all : 0) + random.uniform(0, Self.whim)
                guard best.map({ cost < $0.cost }) ?? true else { continue }
                let name = Self.names[pitchClass(root - from.tonic)]
                best = (
                    cost,
                    Chord(
                        name: (kind == .minor ? Self.lower(name) : name) + kind.suffix, root: root, bass: root,
                        triad: tones, tones: Array(tones.prefix(kind == .fifth ? 2 : 3)), tonic: from.tonic,
                        onset: bar.lowerBound, length: bar.count, isMinor: from.isMinor, common: common)
                )
            }
        }
        return best?.chord
    }

    private static func lower(_ name: String) -> String {
        String(name.map { $0 == "I" ? "i" : $0 == "V" ? "v" : $0 })
    }
}
