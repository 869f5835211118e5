package import Music

/// The seas that can lie under a piano while it plays, one of them or none at a time.
///
/// One comes in as the other goes out, over some seconds. A function of its input and of the frames at which it is
/// changed; `add` and `change` allocate nothing and count no reference.
package struct Seas: Sendable {
    private var calm: SeaUnderPiano?
    private var swell: SeaUnderPiano?
    private var stormy: SeaUnderPiano?
    private var gains = SIMD4<Float>.zero
    private var goal = SIMD4<Float>.zero
    private let step: Float

    /// Seconds in which a sea comes or goes.
    private static let changing: Float = 3

    /// The sea of `settings` sounds; the others wait.
    ///
    /// - Parameters:
    ///   - settings: of the sea; where it is off there is silence until it is changed.
    ///   - crests: when the piece has its crests, seconds; empty where it has none.
    ///   - heights: of the waves on these crests, about 0.8 in the mean.
    ///   - seed: of the piece.
    ///   - sampleRate: in Hz.
    package init(
        _ settings: SeaSettings, crests: [Double] = [], heights: [Float] = [], seed: Seed, sampleRate: Double
    ) {
        func sea(_ state: SeaSettings.State) -> SeaUnderPiano? {
            let isItsOwn = state == settings.state
            return SeaUnderPiano(
                settings.changed(to: state), crests: isItsOwn ? crests : [], heights: isItsOwn ? heights : [],
                seed: seed, sampleRate: sampleRate)
        }
        calm = sea(.calm)
        swell = sea(.swell)
        stormy = sea(.stormy)
        step = 1 / (Self.changing * Float(sampleRate))
        gains = Self.only(settings.state)
        goal = gains
    }

    /// Lets another sea come in, or the one that sounds go.
    package mutating func change(to state: SeaSettings.State) { goal = Self.only(state) }

    /// Adds what sounds to a block of the piano, in place.
    package mutating func add(to left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>) {
        add(to: &left, &right, 0..<left.count)
    }

    /// Adds what sounds to some frames of a block of the piano, in place.
    package mutating func add(
        to left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>, _ frames: Range<Int>
    ) {
        guard isHeard else { return }
        for i in frames {
            let piano = SIMD2(left[i], right[i])
            let sum = piano + next(under: piano)
            left[i] = sum.x
            right[i] = sum.y
        }
    }

    /// What sounds by itself under some frames of a block of the piano.
    package mutating func render(
        under left: Span<Float>, _ right: Span<Float>, to seaLeft: inout MutableSpan<Float>,
        _ seaRight: inout MutableSpan<Float>, _ frames: Range<Int>
    ) {
        for i in frames {
            let water = next(under: SIMD2(left[i], right[i]))
            seaLeft[i] = water.x
            seaRight[i] = water.y
        }
    }

    /// Whether one of them sounds or is to come.
    private var isHeard: Bool { gains != .zero || goal != .zero }

    @inline(__always)
    private mutating func next(under piano: SIMD2<Float>) -> SIMD2<Float> {
        if gains != goal {
            gains += (goal - gains).clamped(
                lowerBound: SIMD4(repeating: -step), upperBound: SIMD4(repeating: step))
        }
        var sum = SIMD2<Float>.zero
        if gains[0] > 0, let water = calm?.next(under: piano) { sum += water * gains[0] }
        if gains[1] > 0, let water = swell?.next(under: piano) { sum += water * gains[1] }
        if gains[2] > 0, let water = stormy?.next(under: piano) { sum += water * gains[2] }
        return sum
    }

    /// Becomes what `other` is, made from the same settings.
    package mutating func copy(_ other: borrowing Seas) {
        if let theirs = other.calm { calm?.copy(theirs) }
        if let theirs = other.swell { swell?.copy(theirs) }
        if let theirs = other.stormy { stormy?.copy(theirs) }
        (gains, goal) = (other.gains, other.goal)
    }

    private static func only(_ state: SeaSettings.State) -> SIMD4<Float> {
        switch state {
        case .off: .zero
        case .calm: SIMD4(1, 0, 0, 0)
        case .swell: SIMD4(0, 1, 0, 0)
        case .stormy: SIMD4(0, 0, 1, 0)
        }
    }
}

extension SeaSettings {
    /// Another sea with the same wish for its level; its waves come as they do by themselves.
    package func changed(to state: State) -> SeaSettings {
        state == self.state ? self : SeaSettings(state: state, level: level)
    }
}
