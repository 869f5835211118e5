import Moods

/// An accompaniment figure of one or two bars (music.md 4.8): the place in ticks and the chord tones struck, counted
/// from the bass.
struct Figure: Sendable {
    let name: String
    /// Bars until it begins anew.
    let bars: Int
    let strokes: [(place: Int, tones: [Int])]

    init(name: String, bars: Int = 1, strokes: [(place: Int, tones: [Int])]) {
        self.name = name
        self.bars = bars
        self.strokes = strokes
    }

    /// From places in eighths.
    private init(_ name: String, bars: Int = 1, _ strokes: [(Float, [Int])]) {
        self.init(
            name: name, bars: bars,
            strokes: strokes.map { (place: Int(($0.0 * Float(Grid.half)).rounded()), tones: $0.1) })
    }

    /// A tone on each of equal places of a bar of `beats`.
    private init(_ name: String, beats: Int, _ tones: [Int]) {
        let unit = beats * Grid.beat / tones.count
        self.init(name: name, strokes: tones.enumerated().map { (place: $0.offset * unit, tones: [$0.element]) })
    }

    /// Blocks of the whole chord, voice-led, with a right hand that joins in.
    var isChorale: Bool { name == "chorale" }
    /// Whether chord tones are struck together with the bass, so that one hand must reach them all.
    var isStruckWithBass: Bool { strokes.contains { $0.tones.contains(0) && $0.tones.count > 1 } }
    /// The tones above the bass that are struck, those that a full hand adds among them; of a bare figure the first three,
    /// which a chord that lasts a beat strikes.
    func tonesAboveBass(isFull: Bool, isRich: Bool) -> [Int] {
        var tones: Set<Int> = []
        for stroke in strokes {
            let own = stroke.tones.filter { $0 > 0 }
            tones.formUnion(own)
            guard let last = own.last else { continue }
            let isFilled = isFull && stroke.tones.count == 1 || isRich && stroke.tones.count == 2 && last > 1
            if isFilled { tones.insert(last + 1) }
        }
        return tones.isEmpty ? [1, 2, 3] : tones.sorted()
    }
    /// The right hand alone over a held bass.
    var isSilence: Bool { name == "alone" }

    static func hold(beats: Int) -> Figure { Figure("hold", [(0, [0, 1, 2])]) }
    static func open(beats: Int) -> Figure { Figure("open", [(0, [0]), (1, [1]), (2, [2])]) }
    static let alone = Figure("alone", [(0, [0])])

    // MARK: - Choice

    /// The figures that suit a metre, an energy (of mood and section together) and a mood.
    static func choices(beats: Int, energy: Float, mood: Mood) -> [Figure] {
        let step = energy < -0.25 ? 0 : energy < 0.45 ? 1 : 2
        var names = (beats == 3 ? namesOfThree : namesOfFour)[step]
        if mood.energy < 0, mood.valence < 0.1 || mood.intimacy < 0 { names.append("chorale") }
        if mood.energy < -0.2, mood.intimacy < 0.3 || mood.valence < -0.3 { names.append("alone") }
        if mood.openness > 0.5 || mood.tension > 0.3 { names.append("drone") }
        if mood.tension > 0.2 || energy > 0.45 { names.append("pulse") }
        if mood.openness > 0.4 || mood.tension < -0.4 { names.append("swell") }
        return names.compactMap { named($0, beats: beats) }
    }

    /// The idioms of energetic accompaniments (music-plans 4).
    static func idioms(beats: Int) -> [Figure] { beats == 3 ? idiomsOfThree : idiomsOfFour }

    static func named(_ name: String, beats: Int) -> Figure? {
        (beats == 3 ? ofThree : ofFour).first { $0.name == name }
    }

    private static let namesOfThree = [
        [
            "gymnopedie", "rocking", "open", "half", "roll", "high roll", "wave", "skipping", "rising", "hold",
            "broken chord",
        ],
        ["roll", "high roll", "rocking", "half", "wave", "skipping", "rising"],
        ["roll", "high roll", "wave", "skipping", "rocking"],
    ]
    private static let namesOfFour = [
        ["open", "half", "roll", "high roll", "gymnopedie", "wave", "wave", "hold", "two-beat", "broken chord"],
        ["roll", "high roll", "half", "wave", "3+3+2", "gymnopedie", "stride"],
        ["roll", "high roll", "narrow", "3+3+2", "sixteenths", "stride"],
    ]

    // MARK: - Tables

    private static let ofThree: [Figure] = [
        Figure("gymnopedie", [(0, [0]), (2, [1, 2, 3])]), Figure("rocking", [(0, [0]), (2, [1, 2]), (4, [1, 2])]),
        Figure("open", [(0, [0]), (1, [1]), (2, [2])]), Figure("roll", beats: 3, [0, 1, 2, 3, 2, 1]),
        Figure("high roll", beats: 3, [0, 1, 2, 3, 4, 3]), Figure("half", [(0, [0]), (1, [1]), (2, [2]), (4, [1])]),
        Figure("wave", [(0, [0]), (1, [1]), (2, [2]), (3, [3]), (4, [4])]),
        Figure("rising", [(0, [0]), (2, [1]), (4, [2])]), Figure("skipping", [(0, [0]), (2, [2]), (3, [1]), (5, [2])]),
        Figure("drone", [(0, [0]), (3, [1, 2]), (5, [1, 2])]),
        Figure("pulse", [(0, [0]), (1, [1, 2]), (2, [1, 2]), (3, [1, 2]), (4, [1, 2]), (5, [1, 2])]),
        hold(beats: 3), Figure("broken chord", [(0, [0]), (1, [1, 2])]),
        Figure("chorale", [(0, [0, 1, 2]), (4, [1, 2])]), alone,
        Figure(
            "swell", bars: 2,
            [
                (0, [0]), (1, [1]), (2, [2]), (3, [3]), (4, [4]), (5, [5]), (6, [5]), (7, [4]), (8, [3]), (9, [2]),
                (10, [1]),
            ]),
    ]

    private static let ofFour: [Figure] = [
        Figure("gymnopedie", [(0, [0]), (2, [1, 2]), (6, [1, 2])]), Figure("open", [(0, [0]), (1, [1]), (2, [2])]),
        Figure("roll", beats: 4, [0, 1, 2, 3, 2, 1, 2, 1]), Figure("high roll", beats: 4, [0, 1, 2, 1, 3, 1, 2, 1]),
        Figure("narrow", beats: 4, [0, 2, 1, 2, 0, 2, 1, 2]),
        Figure("half", [(0, [0]), (1, [1]), (2, [2]), (4, [1]), (6, [2])]),
        Figure("3+3+2", [(0, [0]), (3, [2]), (6, [1])]),
        Figure("pulse", [(0, [0]), (2, [1, 2]), (4, [1, 2]), (6, [1, 2])]),
        Figure("wave", [(0, [0]), (1, [1]), (2, [2]), (3, [3]), (4, [4]), (6, [2])]),
        Figure("drone", [(0, [0]), (3, [1, 2]), (6, [1, 2])]),
        Figure("stride", [(0, [0]), (2, [1, 2]), (4, [1]), (6, [1, 2])]),
        Figure("sixteenths", beats: 4, [0, 1, 2, 1, 3, 1, 2, 1, 0, 1, 2, 1, 3, 1, 2, 1]),
        hold(beats: 4), Figure("two-beat", [(0, [0]), (4, [1, 2])]), Figure("broken chord", [(0, [0]), (1, [1, 2])]),
        Figure("chorale", [(0, [0, 1, 2]), (4, [1, 2])]), alone,
        Figure(
            "swell", bars: 2,
            [
                (0, [0]), (1, [1]), (2, [2]), (3, [3]), (4, [4]), (6, [5]), (8, [5]), (9, [4]), (10, [3]), (11, [2]),
                (12, [1]),
            ]),
    ]

    private static let idiomsOfThree: [Figure] = [
        Figure("waltz", [(0, [0]), (2, [1, 2]), (4, [1, 2])]), Figure("jig", [(0, [0]), (2, [1]), (3, [2]), (5, [1])]),
        Figure("six running", beats: 3, [0, 1, 2, 3, 2, 1]),
        Figure("hemiola", bars: 2, [(0, [0]), (4, [1, 2]), (8, [1, 2])]),
        Figure("off-beat waltz", [(0, [0]), (1, [1, 2]), (3, [1, 2]), (5, [1, 2])]),
        Figure("broken", [(0, [0]), (2, [2]), (4, [1])]), Figure("bar", [(0, [0, 1, 2])]),
    ]

    private static let idiomsOfFour: [Figure] = [
        Figure("oom-pah", [(0, [0]), (2, [1, 2]), (4, [0]), (6, [1, 2])]),
        Figure("off-beat chords", [(0, [0]), (1, [1, 2]), (3, [1, 2]), (5, [1, 2]), (7, [1, 2])]),
        Figure("habanera", [(0, [0]), (3, [1]), (4, [2]), (6, [1])]),
        Figure("tresillo", [(0, [0]), (3, [1, 2]), (6, [1, 2])]),
        Figure("alberti", beats: 4, [0, 2, 1, 2, 0, 2, 1, 2]),
        Figure("syncopated", [(0, [0]), (1, [1, 2]), (3, [1, 2]), (4, [0]), (5, [1, 2]), (7, [1, 2])]),
        Figure("broken tenth", beats: 4, [0, 2, 1, 2, 3, 2, 1, 2]),
        Figure("octaves", beats: 4, [0, 1, 0, 1, 0, 1, 0, 1]),
        Figure(
            "gallop",
            [
                (0, [0]), (1, [1]), (1.5, [2]), (2, [1]), (3, [1]), (3.5, [2]), (4, [0]), (5, [1]), (5.5, [2]),
                (6, [1]),
                (7, [1]), (7.5, [2]),
            ]),
        Figure("two-beat", [(0, [0]), (4, [1, 2])]),
        Figure("triplets", beats: 4, [0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1]),
        Figure(
            "repeated chords",
            [
                (0, [0]), (1, [1, 2]), (2, [1, 2]), (3, [1, 2]), (4, [1, 2]), (5, [1, 2]), (6, [1, 2]), (7, [1, 2]),
            ]),
        Figure("sixteenth figure", beats: 4, [0, 2, 1, 2, 0, 2, 1, 2, 0, 2, 1, 2, 0, 2, 1, 2]),
    ]
}
