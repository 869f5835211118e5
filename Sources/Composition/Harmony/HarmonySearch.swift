import Moods
import Music

/// Chord progressions by beam search over the blended family tables (music.md 4.4, music-fit A.2).
struct HarmonySearch {
    enum Ending: Equatable {
        case open, closed
        /// The last two chords make this cadence.
        case cadence(ScoreCadence.Kind)
        /// This chord and the tonic follow: the last chord is neither.
        case before(String)
    }

    let parameters: MusicalParameters
    /// How the roots of the piece like to move.
    let gait: RootGait
    private let families: [(table: [String: ChordFamilies.Row], share: Float)]

    private static let beamWidth = 64
    private static let noise: Float = 0.85
    /// Of squared distance from the planned tension (4.4).
    private static let tensionWeight: Float = 4
    /// Of going to and fro between two chords, which every piece would do.
    private static let toAndFro: Float = 2.5
    private static let bassCost: [Float] = [0.15, 0, 0, 0.3, 0.3, 0.5, 0.8]
    private static let open: [Set<String>] = [
        ["V", "II/1", "iii", "ii", "vi", "I/3", "IV", "bVII"], ["v", "V", "bVI", "bVII", "iv", "bIII"],
    ]
    private static let closed: [Set<String>] = [["I", "I/3", "V/1"], ["i", "i/b7"]]
    private static let afterApplied: [String: ChordFamilies.Row] = [
        "VI": [("ii", 0.6), ("IV", 0.2), ("V", 0.2)], "II": [("V", 0.6), ("IV", 0.3), ("I", 0.1)],
        "III": [("vi", 0.75), ("IV", 0.25)],
    ]
    private static let borrowed: Set<String> = ["iv", "bVI", "bVII", "bIII", "III"]
    private static let minorChords: Set<String> = ["ii", "iii", "vi"]
    // Factors of these chords at the mode lightnesses .48, .54, .64, .80.
    private static let borrowedFactor: [Float] = [6, 3.5, 1, 0.25]
    private static let minorFactor: [Float] = [2, 2, 1, 0.6]
    private static let tonicFactor: [Float] = [0.9, 0.85, 1.1, 1.9]
    private static let lightnessPoints: [Float] = [0.48, 0.54, 0.64, 0.80]

    init(_ parameters: MusicalParameters, gait: RootGait = .plain) {
        self.parameters = parameters
        self.gait = gait
        families = ChordFamilies.shares(parameters.families)
    }

    var home: String { parameters.isMinor ? "i" : "I" }

    func isClosed(_ chord: String) -> Bool { Self.closed[parameters.isMinor ? 1 : 0].contains(chord) }

    /// What follows a chord, most of it in the order of the tables: falling fifths favoured, rising ones not; in major
    /// the mode lightness weighs borrowed, minor and tonic chords.
    func next(after chord: String) -> ChordFamilies.Row {
        var row: ChordFamilies.Row = []
        let isApplied =
            Self.afterApplied[chord] != nil && (chord != "III" || !families.contains { $0.table["III"] != nil })
        if isApplied {
            row = Self.afterApplied[chord] ?? []
        } else {
            for family in families {
                for entry in family.table[chord == "I7" ? "I" : chord] ?? [] {
                    if let i = row.firstIndex(where: { $0.chord == entry.chord }) {
                        row[i].share += family.share * entry.share
                    } else {
                        row.append((entry.chord, family.share * entry.share))
                    }
                }
            }
        }
        if row.isEmpty { return [(home, 1)] }
        let root = ChordVocabulary.symbol(chord).root
        var total: Float = 0
        for i in row.indices {
            let move = (ChordVocabulary.symbol(row[i].chord).root - root + 12) % 12
            if move == 5 { row[i].share *= 1.5 } else if move == 7 { row[i].share *= 0.75 }
            row[i].share *= gait.liking(move) * lightnessFactor(row[i].chord)
            total += row[i].share
        }
        return row.map { ($0.chord, $0.share / total) }
    }

    private func lightnessFactor(_ chord: String) -> Float {
        if parameters.isMinor { return minorLightnessFactor(chord) }
        let points: [Float]
        if Self.borrowed.contains(chord) {
            points = Self.borrowedFactor
        } else if Self.minorChords.contains(chord) {
            points = Self.minorFactor
        } else if chord == "I" || chord == "I/3" {
            points = Self.tonicFactor
        } else {
            return 1
        }
        let x = parameters.lightness
        if x <= Self.lightnessPoints[0] { return points[0] }
        for i in 1..<points.count where x <= Self.lightnessPoints[i] {
            let t = (x - Self.lightnessPoints[i - 1]) / (Self.lightnessPoints[i] - Self.lightnessPoints[i - 1])
            return points[i - 1] + t * (points[i] - points[i - 1])
        }
        return points[points.count - 1]
    }

    /// In minor: the darkest moods keep to the tonic and its minor neighbours, the lighter ones lean on the major chords
    /// of the scale, which the probe of music.md 6.4 and listeners hear as brighter.
    private func minorLightnessFactor(_ chord: String) -> Float {
        let darkness = min(1, max(0, (0.48 - parameters.lightness) / 0.28))
        switch chord {
        case "bIII", "bVI", "bVII", "IV": return Exact.exp2(0.25 - 0.7 * darkness)
        case "i", "iv", "v": return Exact.exp2(-0.1 + 0.4 * darkness)
        default: return 1
        }
    }

    /// A progression of `count` chords.
    ///
    /// Costs: transition, bass motion with a bonus for four steps in a row, repetition of chords and of four-chord
    /// windows, planned tension, surprise budget, cadence at the end. `tension` is the plan's at each chord; a shorter
    /// list is continued by its last value, an empty one leaves tension out. `past` are the chords before the first,
    /// three of which are looked back to.
    func progression(
        _ count: Int, first: String? = nil, ending: Ending = .open, past: [String] = [], tension: [Float] = [],
        heard: [[String]: Int] = [:], _ random: inout RandomStream
    ) -> [String] {
        guard count > 0 else { return [] }
        let past = Array(past.suffix(3))
        var beam: [Path]
        if let first {
            beam = [Path(cost: 0, chords: past + [first], surprises: 0)]
        } else {
            var row = next(after: past.last ?? home)
            let extra: Float = past.isEmpty ? 0.6 : 0.01
            if let i = row.firstIndex(where: { $0.chord == home }) {
                row[i].share += extra
            } else {
                row.append((home, extra))
            }
            beam = row.map {
                Path(
                    cost: -Exact.log($0.share) + 0.5 * random.normal(), chords: past + [$0.chord], surprises: 0)
            }
        }
        var rows: [String: ChordFamilies.Row] = [:]
        for i in 1..<max(1, count) {
            let wanted = tension.isEmpty ? nil : tension[min(i, tension.count - 1)]
            var grown: [Path] = []
            for path in beam {
                let last = path.chords[path.chords.count - 1]
                let row = rows[last] ?? next(after: last)
                rows[last] = row
                for (chord, share) in row {
                    var cost = path.cost - Exact.log(share) + lineCost(path.chords, chord)
                    cost -= Self.noise * Exact.log(max(1e-3, random.uniform()))
                    if let wanted {
                        let misfit = ChordVocabulary.tension(chord, isMinor: parameters.isMinor) - wanted
                        cost += Self.tensionWeight * misfit * misfit
                    }
                    if path.chords.count >= 3 {
                        let times = heard[path.chords.suffix(3) + [chord]] ?? 0
                        cost += times >= 3 ? 0.3 : times == 1 ? -0.1 : 0
                    }
                    if i == count - 1 { cost += endCost(ending, before: last, chord) }
                    if i == count - 2, ending == .closed, chord == home { cost += 1 }
                    let surprises = path.surprises + (share < 0.08 ? 1 : 0)
                    if i == count - 1 { cost += 0.5 * abs(Float(surprises) / Float(count) - budget) }
                    grown.append(Path(cost: cost, chords: path.chords + [chord], surprises: surprises))
                }
            }
            grown.sort { $0.cost < $1.cost }
            beam = Array(grown.prefix(Self.beamWidth))
        }
        return Array(beam[0].chords.dropFirst(past.count))
    }

    private struct Path {
        var cost: Float
        var chords: [String]
        var surprises: Int
    }

    /// Share of chords that may be unlikely (4.4).
    private var budget: Float { 0.06 + 0.1 * parameters.mood.nostalgia + 0.1 * parameters.mood.openness }

    private func bass(_ chord: String) -> Int { ChordVocabulary.symbol(chord).bass }

    /// Semitones from bass to bass, -6...5.
    private func bassMove(_ a: String, _ b: String) -> Int { (bass(b) - bass(a) + 18) % 12 - 6 }

    private func lineCost(_ chords: [String], _ chord: String) -> Float {
        let move = bassMove(chords[chords.count - 1], chord)
        var cost = 0.8 * Self.bassCost[abs(move)]
        let tail = chords.suffix(3)
        if tail.contains(chord) { cost += 0.35 }
        if tail.count == 3 {
            let line = Array(tail) + [chord]
            let roots = line.map { ChordVocabulary.symbol($0).root }
            if roots[0] == roots[2], roots[1] == roots[3] { cost += Self.toAndFro }
            let moves = zip(line, line.dropFirst()).map { bassMove($0, $1) }
            if moves.allSatisfy({ (1...2).contains($0) }) || moves.allSatisfy({ (1...2).contains(-$0) }) {
                cost -= 0.4
            }
        }
        return cost
    }

    private func endCost(_ ending: Ending, before: String, _ chord: String) -> Float {
        switch ending {
        case .open: Self.open[parameters.isMinor ? 1 : 0].contains(chord) ? 0 : 3
        case .closed: Self.closed[parameters.isMinor ? 1 : 0].contains(chord) ? 0 : 3
        case .cadence(let kind): Cadence.kind(before: before, last: chord) == kind ? 0 : 3
        case .before(let approach):
            [approach, home].contains { ChordVocabulary.symbol($0).root == ChordVocabulary.symbol(chord).root } ? 3 : 0
        }
    }

    /// A chord that leads from one chord to another in the tables and is not the one there; nil where there is none.
    func substitute(for chord: String, between before: String, and after: String, _ random: inout RandomStream)
        -> String?
    {
        let candidates = next(after: before).map(\.chord).filter { candidate in
            candidate != chord && candidate != after && candidate != before
                && next(after: candidate).contains { $0.chord == after }
        }
        return candidates.isEmpty ? nil : random.pick(candidates)
    }
}
