import Music

/// The one-bar rhythms that the melodies of a piece are made of: about five cells, drawn once (music-plans 4; wider
/// vocabularies do not help, music-fit A.3).
struct RhythmVocabulary {
    /// Onset and length in ticks.
    typealias Cell = [(onset: Int, length: Int)]

    let name: String
    let cells: [Cell]

    private static let size = 5

    /// Draws the vocabulary of a piece: a dance or march mostly for energetic moods, else cells of the common stock.
    init(energy: Float, beats: Int, _ random: inout RandomStream) {
        let named = (beats == 3 ? Self.threeBeats : Self.fourBeats).filter { entry in
            switch entry.suits {
            case .any: true
            case .calm: energy < 0.3
            case .lively: energy >= 0
            }
        }
        if beats == 3 || beats == 4, random.chance(energy >= 0.3 ? 0.9 : 0.15) {
            let entry = random.pick(named)
            name = entry.name
            cells = Self.cells(entry.rows)
        } else {
            name = "common"
            var stock = Self.stock(beats: beats)
            var drawn: [Cell] = []
            while drawn.count < Self.size + 1, !stock.isEmpty {
                drawn.append(stock.remove(at: random.index(stock.count)))
            }
            cells = drawn
        }
    }

    /// The cells of music.md 4.7 and their relatives with rests and dotted values; other metres have a bar of four cut
    /// short, or filled up with quarters.
    private static func stock(beats: Int) -> [Cell] {
        if beats == 3 { return cells(commonThree) }
        let four = cells(commonFour)
        guard beats != 4 else { return four }
        let bar = beats * Grid.beat
        return four.map { cell in
            var out = cell.filter { $0.onset < bar }.map { (onset: $0.onset, length: min($0.length, bar - $0.onset)) }
            var end = out.last.map { $0.onset + $0.length } ?? 0
            while end < bar {
                out.append((onset: end, length: Grid.beat))
                end += Grid.beat
            }
            return out
        }
    }

    private static func cells(_ rows: [[Float]]) -> [Cell] {
        rows.map { row in
            stride(from: 0, to: row.count, by: 2).map { (onset: Grid.ticks(row[$0]), length: Grid.ticks(row[$0 + 1])) }
        }
    }

    // MARK: - Tables: onset and length in beats

    private static let commonThree: [[Float]] = [
        [0, 1, 1, 1, 2, 1], [0, 2, 2, 1], [0, 1, 1, 2], [0, 3], [0, 1.5, 1.5, 0.5, 2, 1],
        [0, 0.5, 0.5, 0.5, 1, 1, 2, 1], [1, 1, 2, 1], [0, 1.5, 1.5, 0.5, 2, 0.5, 2.5, 0.5],
        [0, 1, 1, 0.5, 1.5, 0.5, 2, 1], [0.5, 0.5, 1, 1, 2, 1], [0, 2, 2, 0.5, 2.5, 0.5], [0, 1, 1, 1.5, 2.5, 0.5],
        [0, 2.5, 2.5, 0.5], [1, 0.5, 1.5, 0.5, 2, 0.5, 2.5, 0.5],
    ]

    private static let commonFour: [[Float]] = [
        [0, 2, 2, 2], [0, 1, 1, 1, 2, 2], [0, 3, 3, 1], [0, 1.5, 1.5, 0.5, 2, 2], [1, 1, 2, 1, 3, 1], [0, 4],
        [0, 0.5, 0.5, 0.5, 1, 1, 2, 2], [0, 1.5, 1.5, 1.5, 3, 1], [0.5, 0.5, 1, 0.5, 1.5, 0.5, 2, 2],
        [0, 2, 2, 0.5, 2.5, 0.5, 3, 1], [0, 1, 1, 0.5, 1.5, 0.5, 2, 1, 3, 1], [0, 3, 3, 0.5, 3.5, 0.5],
        [1, 0.5, 1.5, 0.5, 2, 1, 3, 1], [0, 0.5, 0.5, 1, 1.5, 0.5, 2, 2], [0, 1.5, 1.5, 0.5, 2, 0.5, 2.5, 0.5, 3, 1],
    ]

    private enum Suits { case any, calm, lively }

    private struct Named {
        let name: String
        let suits: Suits
        let rows: [[Float]]
    }

    private static let fourBeats: [Named] = [
        Named(
            name: "march", suits: .lively,
            rows: [
                [0, 1.5, 1.5, 0.5, 2, 1, 3, 1], [0, 0.75, 0.75, 0.25, 1, 0.75, 1.75, 0.25, 2, 2],
                [0, 1, 1, 0.75, 1.75, 0.25, 2, 1, 3, 1], [0, 2, 2, 1.5, 3.5, 0.5], [0, 1.5, 1.5, 0.5, 2, 2],
            ]),
        Named(
            name: "syncopated", suits: .any,
            rows: [
                [0, 0.5, 0.5, 1, 1.5, 0.5, 2, 2], [0, 1.5, 1.5, 1.5, 3, 1], [0.5, 1, 1.5, 1, 2.5, 1.5],
                [0, 1, 1, 0.5, 1.5, 1, 2.5, 1.5], [0, 0.5, 0.5, 1, 1.5, 1, 2.5, 0.5, 3, 1],
            ]),
        Named(
            name: "habanera", suits: .any,
            rows: [
                [0, 0.75, 0.75, 0.25, 1, 0.5, 1.5, 0.5, 2, 2], [0, 1.5, 1.5, 0.5, 2, 1, 3, 1],
                [0, 1.5, 1.5, 1.5, 3, 1],
                [0, 1, 1, 0.5, 1.5, 0.5, 2, 2], [0, 2, 2, 0.75, 2.75, 0.25, 3, 1],
            ]),
        Named(
            name: "ragtime", suits: .lively,
            rows: [
                [0, 0.25, 0.25, 0.5, 0.75, 0.25, 1, 0.5, 1.5, 0.5, 2, 2],
                [0, 0.5, 0.5, 1, 1.5, 0.5, 2, 0.5, 2.5, 0.5, 3, 1], [0, 1, 1, 0.5, 1.5, 1, 2.5, 0.5, 3, 1],
                [0, 0.25, 0.25, 0.5, 0.75, 0.25, 1, 1, 2, 1, 3, 1], [0, 0.5, 0.5, 1, 1.5, 0.5, 2, 2],
            ]),
        Named(
            name: "polka", suits: .lively,
            rows: [
                [0, 0.5, 0.5, 0.25, 0.75, 0.25, 1, 0.5, 1.5, 0.5, 2, 1, 3, 1],
                [0, 0.5, 0.5, 0.5, 1, 1, 2, 0.5, 2.5, 0.5, 3, 1], [0, 1, 1, 1, 2, 0.5, 2.5, 0.5, 3, 1],
                [0, 0.5, 0.5, 0.5, 1, 0.5, 1.5, 0.5, 2, 2], [0, 1, 1, 0.5, 1.5, 0.5, 2, 1, 3, 1],
            ]),
        Named(
            name: "lilt", suits: .any,
            rows: [
                [0, 0.6667, 0.6667, 0.3333, 1, 0.6667, 1.6667, 0.3333, 2, 2],
                [0, 1, 1, 0.6667, 1.6667, 0.3333, 2, 1, 3, 1], [0, 0.6667, 0.6667, 0.3333, 1, 1, 2, 2],
                [0, 2, 2, 0.6667, 2.6667, 0.3333, 3, 1], [0, 0.3333, 0.3333, 0.3333, 0.6667, 0.3333, 1, 1, 2, 2],
            ]),
        Named(
            name: "off-beat", suits: .lively,
            rows: [
                [0.5, 0.5, 1, 0.5, 1.5, 0.5, 2, 2], [0.5, 1, 1.5, 0.5, 2, 1, 3, 1], [1, 0.5, 1.5, 0.5, 2, 1, 3, 1],
                [0.5, 1.5, 2, 1, 3, 1], [0, 1.5, 1.5, 1, 2.5, 1.5],
            ]),
        Named(
            name: "runs", suits: .lively,
            rows: [
                [0, 0.5, 0.5, 0.5, 1, 0.5, 1.5, 0.5, 2, 0.5, 2.5, 0.5, 3, 1],
                [0, 1, 1, 0.5, 1.5, 0.5, 2, 0.5, 2.5, 0.5, 3, 1],
                [0, 0.25, 0.25, 0.25, 0.5, 0.25, 0.75, 0.25, 1, 1, 2, 2],
                [0, 0.5, 0.5, 0.5, 1, 0.5, 1.5, 0.5, 2, 2], [0, 2, 2, 0.5, 2.5, 0.5, 3, 0.5, 3.5, 0.5],
            ]),
        Named(
            name: "hymn", suits: .calm,
            rows: [
                [0, 1, 1, 1, 2, 1, 3, 1], [0, 2, 2, 1, 3, 1], [0, 1, 1, 1, 2, 2], [0, 2, 2, 2], [0, 3, 3, 1],
            ]),
        Named(
            name: "long", suits: .lively, rows: [[0, 4], [0, 3, 3, 1], [0, 2, 2, 2], [1, 3], [0, 3.5, 3.5, 0.5]]),
        Named(
            name: "sway", suits: .lively,
            rows: [
                [0, 1.5, 1.5, 0.5, 2, 1.5, 3.5, 0.5], [0, 1.5, 1.5, 0.5, 2, 2], [0, 3, 3, 0.5, 3.5, 0.5],
                [0, 1.5, 1.5, 1.5, 3, 1], [0, 2, 2, 1.5, 3.5, 0.5],
            ]),
    ]

    private static let threeBeats: [Named] = [
        Named(
            name: "waltz", suits: .any,
            rows: [[0, 2, 2, 1], [0, 1, 1, 1, 2, 1], [0, 3], [0, 1.5, 1.5, 0.5, 2, 1], [0, 1, 1, 2]]),
        Named(
            name: "mazurka", suits: .any,
            rows: [
                [0, 0.75, 0.75, 0.25, 1, 1, 2, 1], [0, 0.5, 0.5, 0.5, 1, 2], [0, 0.75, 0.75, 0.25, 1, 2], [0, 1, 1, 2],
                [0, 0.5, 0.5, 0.5, 1, 1, 2, 1],
            ]),
        Named(
            name: "jig", suits: .lively,
            rows: [
                [0, 1, 1, 0.5, 1.5, 1, 2.5, 0.5], [0, 0.5, 0.5, 0.5, 1, 0.5, 1.5, 0.5, 2, 0.5, 2.5, 0.5],
                [0, 1.5, 1.5, 1, 2.5, 0.5], [0, 1, 1, 0.5, 1.5, 1.5], [0, 1.5, 1.5, 1.5],
            ]),
        Named(
            name: "siciliano", suits: .any,
            rows: [
                [0, 0.75, 0.75, 0.25, 1, 0.5, 1.5, 1, 2.5, 0.5], [0, 0.75, 0.75, 0.25, 1, 0.5, 1.5, 1.5],
                [0, 1.5, 1.5, 0.75, 2.25, 0.25, 2.5, 0.5], [0, 1, 1, 0.5, 1.5, 1.5], [0, 1.5, 1.5, 1, 2.5, 0.5],
            ]),
        Named(
            name: "sarabande", suits: .calm,
            rows: [[0, 1, 1, 2], [0, 1, 1, 1.5, 2.5, 0.5], [0, 2, 2, 1], [0, 1.5, 1.5, 1.5], [0, 3]]),
        Named(
            name: "minuet", suits: .any,
            rows: [
                [0, 1, 1, 0.5, 1.5, 0.5, 2, 0.5, 2.5, 0.5], [0, 1, 1, 1, 2, 1],
                [0, 0.5, 0.5, 0.5, 1, 0.5, 1.5, 0.5, 2, 1], [0, 2, 2, 1], [0, 1, 1, 0.5, 1.5, 0.5, 2, 1],
            ]),
        Named(
            name: "off-beat", suits: .lively,
            rows: [
                [0.5, 0.5, 1, 1, 2, 1], [1, 1, 2, 1], [1, 0.5, 1.5, 0.5, 2, 1], [0.5, 1, 1.5, 0.5, 2, 1],
                [0, 0.5, 0.5, 1, 1.5, 0.5, 2, 1],
            ]),
        Named(
            name: "long", suits: .lively,
            rows: [[0, 3], [0, 2.5, 2.5, 0.5], [0, 2, 2, 1], [1, 2], [0, 1.5, 1.5, 1.5]]),
    ]
}
