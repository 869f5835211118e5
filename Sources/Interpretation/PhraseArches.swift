import Music

/// One arch over each phrase of each level: slow and soft at the ends, with the runner's shape (music-fit B.2).
enum PhraseArches {
    /// What a phrase of one level does at its ends: shares of duration and dB.
    struct Shape {
        var slowStart: Float
        var slowEnd: Float
        var softStart: Float
        var softEnd: Float
    }

    /// The proportions that pianists' consensus supports: gestures start slowly, phrases of 6-15 s do not.
    static func shape(of level: PhraseLevel) -> Shape {
        switch level {
        case .period: Shape(slowStart: 0.16, slowEnd: 0.26, softStart: 1.3, softEnd: 1.8)
        case .phrase: Shape(slowStart: 0.03, slowEnd: 0.21, softStart: 1.05, softEnd: 1.5)
        case .gesture: Shape(slowStart: 0.20, slowEnd: 0.13, softStart: 0.65, softEnd: 0.9)
        }
    }

    /// Where in the phrase slowing begins.
    static let turn: Float = 0.3
    /// Factor of the slowing where a phrase of the next higher level ends too.
    static let higherEnd: Float = 1.15
}

extension Curves {
    /// Adds the arches of all levels; each level's weight is this pianist's own, within a fifth.
    mutating func addPhraseArches(_ reading: Reading, _ hands: Individuality) {
        var random = hands.stream("arches")
        for level in PhraseLevel.allCases {
            let weight =
                (level == .gesture ? reading.weights.gestureArch : reading.weights.phraseArch)
                * (1 + hands.freedom * 0.2 * random.uniform(-1, 1))
            let places = reading.boundaries[level] ?? []
            let higher = PhraseLevel(rawValue: level.rawValue - 1)
            for (start, end) in zip(places, places.dropFirst()) {
                let closesMore = higher.map { reading.isBoundary($0, at: end) } ?? false
                addArch(PhraseArches.shape(of: level), weight, from: start, to: end, closesMore: closesMore)
            }
        }
    }

    private mutating func addArch(
        _ shape: PhraseArches.Shape, _ weight: Float, from start: Beat, to end: Beat, closesMore: Bool
    ) {
        let origin = Float(start.value)
        let width = max(0.5, Float((end - start).value))
        let endFactor = closesMore ? PhraseArches.higherEnd : 1
        for i in cells(from: Grid.cell(start), to: Grid.cell(end)) {
            let z = (Float(i) / Float(Grid.cells) - origin) / width
            let turn = PhraseArches.turn
            let rise = z < turn ? Runner.lengthening(1 - z / turn) : 0
            let fall = z >= turn ? Runner.lengthening((z - turn) / (1 - turn)) * endFactor : 0
            logDuration[i] += Exact.log(1 + weight * (shape.slowStart * rise + shape.slowEnd * fall))
            level[i] -= weight * (shape.softStart * rise + shape.softEnd * fall)
        }
    }
}
