import Moods
import Music

/// Gives melody notes their pitches by beam search (music.md 4.7).
///
/// Costs: interval and degree statistics, fit to the chord on strong or long notes, minor ninths over it, contour,
/// range, leaps that go on or leave a foreign note, the motif's wanted step, distance to the recalled pitch, parallel
/// octaves and fifths with the bass, degree at the end.
struct PitchSearch {
    enum Contour: CaseIterable {
        case arch, falling, rising, valley

        static let shares: [Float] = [0.38, 0.26, 0.23, 0.13]

        func callAsFunction(_ x: Float) -> Float {
            switch self {
            case .arch: 0.5 - 4 * (x - 0.6) * (x - 0.6) * (x > 0.6 ? 1.4 : 1)
            case .falling: 0.6 - 1.2 * x
            case .rising: -0.5 + 1.1 * x
            case .valley: 4 * (x - 0.5) * (x - 0.5) - 0.5
            }
        }
    }

    let parameters: MusicalParameters
    let dialect: Dialect

    private static let width = 40
    /// nat per note; more costs coherence (music-fit A.3).
    private static let noise: Float = 0.28

    /// What a right hand sings on.
    private static let keys = 55...98

    // Costs of degree transitions from the shares of 4.6, rows from, columns to; the floor lets none be forbidden.
    private static let major = costs([
        [0.29, 0.25, 0.08, 0.01, 0.08, 0.17, 0.11], [0.34, 0.21, 0.31, 0.01, 0.06, 0.03, 0.02],
        [0.08, 0.35, 0.22, 0.09, 0.19, 0.05, 0.02], [0.04, 0.04, 0.41, 0.22, 0.17, 0.05, 0.01],
        [0.09, 0.06, 0.22, 0.06, 0.29, 0.24, 0.02], [0.22, 0.05, 0.09, 0.01, 0.32, 0.21, 0.09],
        [0.37, 0.04, 0.03, 0.01, 0.11, 0.28, 0.14],
    ])
    private static let minor = costs([
        [0.31, 0.11, 0.15, 0.05, 0.12, 0.01, 0.24], [0.36, 0.19, 0.26, 0.03, 0.04, 0.01, 0.10],
        [0.20, 0.20, 0.21, 0.28, 0.08, 0.01, 0.03], [0.05, 0.03, 0.27, 0.27, 0.31, 0.01, 0.05],
        [0.13, 0.02, 0.08, 0.30, 0.25, 0.04, 0.17], [0.05, 0.01, 0.03, 0.06, 0.39, 0.26, 0.12],
        [0.36, 0.02, 0.04, 0.07, 0.28, 0.04, 0.18],
    ])

    private static func costs(_ shares: [[Float]]) -> [[Float]] {
        shares.map { $0.map { -Exact.log($0 + 0.04) } }
    }

    private struct Path {
        var cost: Float
        var pitch: Int
        var before: Int?
        /// Index of the path that this one continues.
        var parent: Int
    }

    /// What the search asks of a chord, once per chord.
    private struct Reading {
        let root: Int
        let bass: Int
        let tonic: Int
        let isMinor: Bool
        let triad: PitchClassMask
        let tones: PitchClassMask
        let scale: PitchClassMask

        init(_ chord: Chord) {
            root = chord.root
            bass = chord.bass
            tonic = chord.tonic
            isMinor = chord.isMinor
            triad = PitchClassMask(chord.triad)
            tones = PitchClassMask(chord.tones)
            scale = PitchClassMask(chord.scale)
        }
    }

    /// Where a line lies and where it goes.
    struct Line {
        /// MIDI number around which it moves.
        var centre: Float
        /// Semitones.
        var width: Float
        var contour: Contour
        /// Whether it ends on a degree that closes.
        var isClosed: Bool
    }

    /// Fills the pitches of `notes[range]` and returns the last one; `before` is the pitch that the line comes from.
    func choose(
        _ notes: inout [MelodyNote], _ range: Range<Int>, chords: [Chord], line: Line, before: Int?,
        _ random: inout RandomStream
    ) -> Int? {
        guard !range.isEmpty else { return before }
        let low = Int(line.centre - 0.62 * line.width)
        let high = Int(line.centre + 0.62 * line.width)
        var layers: [[Path]] = []
        layers.reserveCapacity(range.count)
        var grown: [Path] = []
        var lastChord: Reading?
        for (i, index) in range.enumerated() {
            let note = notes[index]
            let chord = Reading(chords.at(note.onset))
            let x = Float(i) / Float(max(1, range.count - 1))
            let target = line.centre + line.contour(x) * line.width * 0.5
            grown.removeAll(keepingCapacity: true)
            for pitch in candidates(note, low, high, chord.scale) {
                let own = noteCost(
                    note, pitch, chord, low, high, target, isLast: i == range.count - 1, isClosed: line.isClosed)
                if let previous = layers.last {
                    for (parent, path) in previous.enumerated() {
                        let cost =
                            path.cost + own - Self.noise * Exact.log(max(1e-4, random.uniform()))
                            + moveCost(note, pitch, from: path.pitch, before: path.before, chord, lastChord)
                        grown.append(Path(cost: cost, pitch: pitch, before: path.pitch, parent: parent))
                    }
                } else {
                    var cost = own - Self.noise * Exact.log(max(1e-4, random.uniform()))
                    if let before { cost += moveCost(note, pitch, from: before, before: nil, chord, nil) }
                    grown.append(Path(cost: cost, pitch: pitch, before: nil, parent: -1))
                }
            }
            grown.sort { $0.cost != $1.cost ? $0.cost < $1.cost : $0.pitch < $1.pitch }
            layers.append(Array(grown.prefix(Self.width)))
            lastChord = chord
        }
        var at = 0
        for (i, index) in range.enumerated().reversed() {
            notes[index].pitch = layers[i][at].pitch
            at = layers[i][at].parent
        }
        return notes[range.upperBound - 1].pitch
    }

    private func candidates(_ note: MelodyNote, _ low: Int, _ high: Int, _ scale: PitchClassMask) -> [Int] {
        let own = (max(Self.keys.lowerBound, low - 2)...max(Self.keys.lowerBound, min(Self.keys.upperBound, high + 2)))
            .filter { scale.contains($0) }
        guard let near = note.near, !note.isTheme else { return own }
        if note.isLiteral, scale.contains(near) { return [near] }
        let close = (near - 2...near + 2).filter {
            scale.contains($0) && ($0 == near || (low - 2...high + 2).contains($0))
        }
        return close.isEmpty ? own : close
    }

    private func noteCost(
        _ note: MelodyNote, _ pitch: Int, _ chord: Reading, _ low: Int, _ high: Int, _ target: Float, isLast: Bool,
        isClosed: Bool
    ) -> Float {
        let isStrong = note.isStrong || note.length >= Grid.beat + Grid.half
        var cost = 1.5 * Float(max(0, low - pitch, pitch - high)) + abs(Float(pitch) - target) / 12
        if isStrong, !chord.triad.contains(pitch) {
            cost += chord.tones.contains(pitch) ? 0.5 : (pitch - chord.root + 120) % 12 == 2 ? 0.9 : 2.6
        } else if !chord.tones.contains(pitch) {
            cost += 0.25
        }
        if note.length >= Grid.half {
            if (pitch - chord.bass + 120) % 12 == 1 {
                cost += 3
            } else if chord.tones.contains(pitch - 1) {
                cost += isStrong || note.length >= Grid.beat ? 1.5 : 0.5
            }
        }
        if let near = note.near { cost += 1.6 * Float(min(2, abs(pitch - near))) }
        if isLast {
            let degree = degree(pitch, chord)
            let isOpen = parameters.mood.nostalgia >= 0.5 || parameters.mood.openness >= 0.6
            let closed = isOpen ? [0, 1, 2, 4] : [0, 2]
            if isClosed {
                if !closed.contains(degree) { cost += 2 }
            } else if ![1, 2, 4, 6].contains(degree) {
                cost += 1
            }
        }
        return cost
    }

    private func moveCost(
        _ note: MelodyNote, _ pitch: Int, from previous: Int, before: Int?, _ chord: Reading, _ lastChord: Reading?
    ) -> Float {
        let interval = pitch - previous
        let size = abs(interval)
        let isStrong = note.isStrong || note.length >= Grid.beat + Grid.half
        let table = chord.isMinor ? Self.minor : Self.major
        let degreeCost = table[degree(previous, chord)][degree(pitch, chord)]
        var cost = size <= 12 ? dialect.intervalCost[size] : 6 + 0.5 * Float(max(0, size - 15))
        cost += dialect.degreeWeight * degreeCost
        if size > 2, !chord.tones.contains(pitch) { cost += 1.2 }
        if let step = note.step {
            let heard = note.isTheme ? MotifSimilarity.steps(interval) : Self.steps(previous, pitch, chord.scale)
            cost += note.insistence * min(3, Float(abs(heard - step)))
        } else if note.near == nil {
            cost += 0.12 * Float(max(0, size - 4))
        }
        guard let lastChord else { return cost }
        if isStrong, interval != 0, lastChord.bass != chord.bass {
            let now = (pitch - chord.bass + 120) % 12
            if now == (previous - lastChord.bass + 120) % 12, now == 0 || now == 7 { cost += 4 }
        }
        if let before {
            let last = previous - before
            if abs(last) >= 5, last * interval > 0 { cost += 1.2 }
            if interval == 0, last == 0 { cost += 1.2 }
            if interval * last < 0, abs(last) <= 2 { cost += 0.12 }
            if size > 2, !lastChord.tones.contains(previous) { cost += 1.6 }
        }
        return cost
    }

    /// 0...6: the nearest degree of the scale.
    private func degree(_ pitch: Int, _ chord: Reading) -> Int {
        (chord.isMinor ? Self.minorDegrees : Self.majorDegrees)[(pitch - chord.tonic + 120) % 12]
    }

    private static let majorDegrees = nearestDegrees(majorScale)
    private static let minorDegrees = nearestDegrees(minorScale)

    private static func nearestDegrees(_ scale: [Int]) -> [Int] {
        (0..<12).map { x in
            var best = (distance: 99, degree: 0)
            for (i, s) in scale.enumerated() {
                let d = min(abs(s - x), 12 - abs(s - x))
                if d < best.distance { best = (d, i) }
            }
            return best.degree
        }
    }

    /// Signed number of scale steps between two pitches.
    private static func steps(_ a: Int, _ b: Int, _ scale: PitchClassMask) -> Int {
        var n = 0
        var p = min(a, b) + 1
        while p <= max(a, b) {
            if scale.contains(p) { n += 1 }
            p += 1
        }
        return b >= a ? n : -n
    }
}

/// A set of pitch classes as twelve bits.
struct PitchClassMask {
    private var bits: UInt16 = 0

    init(_ pitchClasses: some Sequence<Int>) {
        for p in pitchClasses { bits |= 1 << UInt16((p % 12 + 12) % 12) }
    }

    /// Whether a pitch, not negative, is of one of the classes.
    func contains(_ pitch: Int) -> Bool { bits >> UInt16(pitch % 12) & 1 == 1 }
}
