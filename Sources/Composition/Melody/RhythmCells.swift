/// One-bar rhythms of melodies, onset and length in ticks: those of music.md 4.7 and their relatives with rests and
/// dotted values.
enum RhythmCells {
    typealias Cell = [(onset: Int, length: Int)]

    static func cells(beats: Int) -> [Cell] { beats == 3 ? three : beats == 4 ? four : other(beats) }

    private static let three: [Cell] = cells([
        [0, 1, 1, 1, 2, 1], [0, 2, 2, 1], [0, 1, 1, 2], [0, 3], [0, 1.5, 1.5, 0.5, 2, 1],
        [0, 0.5, 0.5, 0.5, 1, 1, 2, 1],
        [1, 1, 2, 1], [0, 1.5, 1.5, 0.5, 2, 0.5, 2.5, 0.5], [0, 1, 1, 0.5, 1.5, 0.5, 2, 1], [0.5, 0.5, 1, 1, 2, 1],
        [0, 2, 2, 0.5, 2.5, 0.5], [0, 1, 1, 1.5, 2.5, 0.5], [0, 2.5, 2.5, 0.5],
        [1, 0.5, 1.5, 0.5, 2, 0.5, 2.5, 0.5],
    ])

    private static let four: [Cell] = cells([
        [0, 2, 2, 2], [0, 1, 1, 1, 2, 2], [0, 3, 3, 1], [0, 1.5, 1.5, 0.5, 2, 2], [1, 1, 2, 1, 3, 1], [0, 4],
        [0, 0.5, 0.5, 0.5, 1, 1, 2, 2], [0, 1.5, 1.5, 1.5, 3, 1], [0.5, 0.5, 1, 0.5, 1.5, 0.5, 2, 2],
        [0, 2, 2, 0.5, 2.5, 0.5, 3, 1], [0, 1, 1, 0.5, 1.5, 0.5, 2, 1, 3, 1], [0, 3, 3, 0.5, 3.5, 0.5],
        [1, 0.5, 1.5, 0.5, 2, 1, 3, 1], [0, 0.5, 0.5, 1, 1.5, 0.5, 2, 2], [0, 1.5, 1.5, 0.5, 2, 0.5, 2.5, 0.5, 3, 1],
    ])

    /// Other metres: a bar of four cut short, or filled up with quarters.
    private static func other(_ beats: Int) -> [Cell] {
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

    private static func cells(_ tables: [[Float]]) -> [Cell] {
        tables.map { row in
            stride(from: 0, to: row.count, by: 2).map { (onset: Grid.ticks(row[$0]), length: Grid.ticks(row[$0 + 1])) }
        }
    }
}
