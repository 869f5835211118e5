/// Accompaniment figures of one bar (music.md 4.8): the place in ticks and the chord tones struck, counted from the
/// bass.
struct Figure: Sendable {
    let name: String
    let strokes: [(place: Int, tones: [Int])]

    /// From places in eighths.
    private init(_ name: String, _ strokes: [(Float, [Int])]) {
        self.name = name
        self.strokes = strokes.map { (Int(($0.0 * Float(Grid.half)).rounded()), $0.1) }
    }

    init(name: String, strokes: [(place: Int, tones: [Int])]) {
        self.name = name
        self.strokes = strokes
    }

    /// The figures for a metre and an energy: 0 calm, 1 moderate, 2 lively.
    static func choices(beats: Int, energy: Int) -> [Figure] {
        (beats == 3 ? three : four)[energy].compactMap { name in
            (beats == 3 ? figures3 : figures4).first { $0.name == name }
        }
    }

    static func named(_ name: String, beats: Int) -> Figure {
        (beats == 3 ? figures3 : figures4).first { $0.name == name } ?? figures4[0]
    }

    private static let three = [
        ["gymnopedie", "rocking", "open", "half", "roll", "high roll", "wave", "skipping", "rising", "chorale"],
        ["roll", "high roll", "rocking", "half", "wave", "skipping", "rising", "drone"],
        ["roll", "high roll", "wave", "skipping", "rocking", "pulse"],
    ]
    private static let four = [
        ["open", "half", "roll", "high roll", "gymnopedie", "wave", "drone", "wave", "chorale"],
        ["roll", "high roll", "half", "wave", "3+3+2", "gymnopedie", "stride", "drone"],
        ["roll", "high roll", "narrow", "3+3+2", "sixteenths", "stride", "pulse"],
    ]

    private static let figures3: [Figure] = [
        .init("gymnopedie", [(0, [0]), (2, [1, 2, 3])]), .init("rocking", [(0, [0]), (2, [1, 2]), (4, [1, 2])]),
        .init("open", [(0, [0]), (1, [1]), (2, [2])]),
        .init("roll", [(0, [0]), (1, [1]), (2, [2]), (3, [3]), (4, [2]), (5, [1])]),
        .init("high roll", [(0, [0]), (1, [1]), (2, [2]), (3, [3]), (4, [4]), (5, [3])]),
        .init("half", [(0, [0]), (1, [1]), (2, [2]), (4, [1])]), .init("hold", [(0, [0, 1, 2])]),
        .init("wave", [(0, [0]), (1, [1]), (2, [2]), (3, [3]), (4, [4])]),
        .init("rising", [(0, [0]), (2, [1]), (4, [2])]), .init("skipping", [(0, [0]), (2, [2]), (3, [1]), (5, [2])]),
        .init("drone", [(0, [0]), (3, [1, 2]), (5, [1, 2])]),
        .init("pulse", [(0, [0]), (1, [1, 2]), (3, [1, 2]), (5, [1, 2])]),
        .init("chorale", [(0, [0, 1, 2]), (4, [1, 2])]),
    ]
    private static let figures4: [Figure] = [
        .init("gymnopedie", [(0, [0]), (2, [1, 2]), (6, [1, 2])]), .init("open", [(0, [0]), (1, [1]), (2, [2])]),
        .init("roll", [(0, [0]), (1, [1]), (2, [2]), (3, [3]), (4, [2]), (5, [1]), (6, [2]), (7, [1])]),
        .init("high roll", [(0, [0]), (1, [1]), (2, [2]), (3, [1]), (4, [3]), (5, [1]), (6, [2]), (7, [1])]),
        .init("narrow", [(0, [0]), (1, [2]), (2, [1]), (3, [2]), (4, [0]), (5, [2]), (6, [1]), (7, [2])]),
        .init("half", [(0, [0]), (1, [1]), (2, [2]), (4, [1]), (6, [2])]), .init("hold", [(0, [0, 1, 2])]),
        .init("3+3+2", [(0, [0]), (3, [2]), (6, [1])]),
        .init("pulse", [(0, [0]), (2, [1, 2]), (4, [1, 2]), (6, [1, 2])]),
        .init("wave", [(0, [0]), (1, [1]), (2, [2]), (3, [3]), (4, [4]), (6, [2])]),
        .init("drone", [(0, [0]), (3, [1, 2]), (6, [1, 2])]),
        .init("stride", [(0, [0]), (2, [1, 2]), (4, [1]), (6, [1, 2])]),
        .init(
            "sixteenths",
            [0, 1, 2, 1, 3, 1, 2, 1, 0, 1, 2, 1, 3, 1, 2, 1].enumerated().map { (Float($0.offset) / 2, [$0.element]) }),
        .init("chorale", [(0, [0, 1, 2]), (4, [1, 2])]),
    ]
}
