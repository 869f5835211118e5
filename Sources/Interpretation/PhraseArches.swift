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

    /// Where in the phrase slowing begins, if its highest note stands in the middle; within these bounds it follows it.
    static let turn: Float = 0.3
    static let turns: ClosedRange<Float> = 0.2...0.5
    /// Factor of the slowing where a phrase of the next higher level ends too.
    static let higherEnd: Float = 1.15
    /// A pianist's own view of each single phrase: spread of its weight, and of its loudness in dB.
    static let view: Float = 0.3
    static let viewOfLevel: Float = 1.2
}

extension Curves {
    /// Adds the arches of all levels; how deep each single one is, is the pianist's own view.
    mutating func addPhraseArches(_ reading: Reading, _ hands: Individuality) {
        for level in PhraseLevel.allCases {
            var random = hands.habit("arches/\(level.rawValue)")
            let weight = level == .gesture ? reading.weights.gestureArch : reading.weights.phraseArch
            let places = reading.boundaries[level] ?? []
            let higher = PhraseLevel(rawValue: level.rawValue - 1)
            for (start, end) in zip(places, places.dropFirst()) {
                let view = 1 + hands.freedom * PhraseArches.view * random.normal()
                let louder = hands.freedom * PhraseArches.viewOfLevel * random.normal()
                let closesMore = higher.map { reading.isBoundary($0, at: end) } ?? false
                let turn = level == .gesture ? PhraseArches.turn : turn(reading, from: start, to: end)
                addArch(
                    PhraseArches.shape(of: level), weight * ExpressiveWeights.clamp(view, 0.3, 1.7), turn: turn,
                    from: start, to: end, closesMore: closesMore)
                guard level == .phrase else { continue }
                for i in cells(from: Grid.cell(start), to: Grid.cell(end)) {
                    self.level[i] += ExpressiveWeights.clamp(louder, -2, 2)
                }
            }
        }
    }

    /// Music goes forward to the highest note of a phrase and back from there.
    private func turn(_ reading: Reading, from start: Beat, to end: Beat) -> Float {
        let notes = reading.melody.filter { reading.notes[$0].onset >= start && reading.notes[$0].onset < end }
        guard let peak = notes.max(by: { reading.pitch[$0] < reading.pitch[$1] }) else { return PhraseArches.turn }
        let place = (reading.onset[peak] - Float(start.value)) / max(0.5, Float((end - start).value))
        return ExpressiveWeights.clamp(
            PhraseArches.turn + 0.5 * (place - 0.5), PhraseArches.turns.lowerBound, PhraseArches.turns.upperBound)
    }

    private mutating func addArch(
        _ shape: PhraseArches.Shape, _ weight: Float, turn: Float, from start: Beat, to end: Beat, closesMore: Bool
    ) {
        let origin = Float(start.value)
        let width = max(0.5, Float((end - start).value))
        let endFactor = closesMore ? PhraseArches.higherEnd : 1
        for i in cells(from: Grid.cell(start), to: Grid.cell(end)) {
            let z = (Float(i) / Float(Grid.cells) - origin) / width
            let rise = z < turn ? Runner.lengthening(1 - z / turn) : 0
            let fall = z >= turn ? Runner.lengthening((z - turn) / (1 - turn)) * endFactor : 0
            logDuration[i] += Exact.log(1 + weight * (shape.slowStart * rise + shape.slowEnd * fall))
            level[i] -= weight * (shape.softStart * rise + shape.softEnd * fall)
        }
    }
}
