import Glibc

/// Everything about a room that does not change while it sounds: delays in frames, filter coefficients, gains.
///
/// Set up in Double, once; `Room` renders with it in Float.
struct RoomDesign: Sendable {
    /// Lines of the feedback-delay network, and first-order reflections of each channel.
    static let lines = 16
    static let reflections = 6
    /// No line and no reflection is shorter than this, in frames, so that as many frames are rendered at a time.
    static let shortestDelay = 64

    /// Delays of the lines, frames: prime, hence without a common period.
    var lineDelays = InlineArray<16, Int>(repeating: 0)
    /// Start of each line in the memory.
    var lineStarts = InlineArray<16, Int>(repeating: 0)
    /// Per line: low-pass y = b x + (1 - b) y', with the line's gain in `lineGain`.
    var damping = SIMD16<Float>.zero
    var lineGain = SIMD16<Float>.zero
    /// Per line: low shelf as x - shelf * lowPass(x).
    var shelf = SIMD16<Float>.zero
    var shelfPole: Float = 0

    var diffuserDelays = InlineArray<8, Int>(repeating: 0)
    var diffuserStarts = InlineArray<8, Int>(repeating: 0)

    /// The pre-delay and the reflections read from one ring per channel.
    var ringLength = 0
    var ringStarts = InlineArray<2, Int>(repeating: 0)
    var tailDelay = 0
    var earlyDelays = InlineArray<12, Int>(repeating: 0)
    var earlyGains = InlineArray<12, Float>(repeating: 0)
    var earlyPole: Float = 0

    /// Floats of memory in all.
    var memory = 0
    var longestDelay = 0

    var highPass: SecondOrder
    var lowPass: SecondOrder

    /// Signs with which left and right enter and leave the lines: rows that are orthogonal to each other, so that both
    /// channels' tails are independent.
    let inputSigns = (
        left: Self.signs(0b0110_1001_1100_0011), right: Self.signs(0b1010_0101_0000_1111)
    )
    let outputSigns = (
        left: Self.signs(0b0101_1010_0110_1001), right: Self.signs(0b0011_1100_0101_0101)
    )

    private static func signs(_ bits: UInt16) -> SIMD16<Float> {
        var result = SIMD16<Float>(repeating: 0.25)
        for i in 0..<16 where bits >> UInt16(i) & 1 == 1 { result[i] = -0.25 }
        return result
    }

    /// Where the first-order images arrive, seconds after the direct sound at size 1, and how strong they are; the
    /// right ear hears each a little later or earlier (piano-physics 3.7: 9 to 33 ms).
    private static let images: [(left: Double, right: Double, leftGain: Double, rightGain: Double)] = [
        (0.0091, 0.0108, 1.00, -0.86), (0.0127, 0.0119, -0.80, 0.88), (0.0163, 0.0184, 0.74, 0.66),
        (0.0212, 0.0201, 0.62, -0.68), (0.0267, 0.0291, -0.55, -0.50), (0.0329, 0.0318, 0.46, 0.49),
    ]

    init(_ acoustics: RoomAcoustics, sampleRate: Double) {
        precondition(sampleRate >= 8000 && sampleRate <= 384_000, "a sample rate out of any use")
        highPass = SecondOrder(highPass: 60, sampleRate: sampleRate)
        lowPass = SecondOrder(lowPass: min(acoustics.edge, 0.45 * sampleRate), sampleRate: sampleRate)

        var next = 0
        // Lines from 23 to 97 ms in equal ratios, as primes.
        var used: Set<Int> = []
        for i in 0..<Self.lines {
            let seconds = 0.023 * pow(97.0 / 23, Double(i) / 15) * acoustics.size
            var frames = max(Self.shortestDelay, Int(seconds * sampleRate))
            while used.contains(frames) || !Self.isPrime(frames) { frames += 1 }
            used.insert(frames)
            lineDelays[i] = frames
            lineStarts[i] = next
            next += frames
            longestDelay = max(longestDelay, frames)
        }
        designLosses(acoustics, sampleRate: sampleRate)

        // Short all-passes that turn one reflection into a small cloud; left and right differ.
        let clouds = [0.00171, 0.00313, 0.00491, 0.00793, 0.00187, 0.00289, 0.00533, 0.00751]
        for i in 0..<8 {
            diffuserDelays[i] = max(2, Int(clouds[i] * min(1, acoustics.size * 1.2) * sampleRate))
            diffuserStarts[i] = next
            next += diffuserDelays[i]
        }

        // The first image carries the room's own pre-delay; the lines' shortest delay is part of the tail's.
        let shift = acoustics.preDelay - 0.007
        tailDelay = max(1, Int(max(0, acoustics.preDelay - 0.006) * sampleRate))
        for (i, image) in Self.images.enumerated() {
            earlyDelays[i] = max(1, Int((max(0.002, image.left * acoustics.size + shift - 0.002)) * sampleRate))
            earlyDelays[6 + i] = max(1, Int((max(0.002, image.right * acoustics.size + shift - 0.002)) * sampleRate))
            earlyGains[i] = Float(image.leftGain)
            earlyGains[6 + i] = Float(image.rightGain)
        }
        ringLength = Self.shortestDelay + 1 + max(tailDelay, (0..<12).map { earlyDelays[$0] }.max() ?? 1)
        for channel in 0..<2 {
            ringStarts[channel] = next
            next += ringLength
        }
        longestDelay = max(longestDelay, ringLength)
        earlyPole = Float(exp(-2 * .pi * 7000 / sampleRate))
        memory = next
    }

    /// Losses for one turn of each line, so that all lines lose alike per second in each band.
    ///
    /// The loss of a one-pole low-pass grows about as sin²(w/2) while it is small, which is nearly the shape of air
    /// and walls above 1.4 kHz; a shallow first-order shelf at 250 Hz gives the longer bass (piano-fit 2.7's five
    /// bands within some per cent, as the tests measure).
    private mutating func designLosses(_ acoustics: RoomAcoustics, sampleRate: Double) {
        let lossMiddle = 60 / acoustics.middle
        let lossLow = 60 / acoustics.low
        let lossHigh = 60 / acoustics.high
        let corner = 250.0
        // A first-order low-pass's power at 110 Hz and 1.4 kHz: how much of the shelf acts there.
        let actsLow = 1 / (1 + pow(110 / corner, 2))
        let shelfLoss = (lossMiddle - lossLow) / actsLow
        shelfPole = Float(exp(-2 * .pi * corner / sampleRate))
        let wHigh = 2 * Double.pi * 9200 / sampleRate
        for i in 0..<Self.lines {
            let turn = Double(lineDelays[i]) / sampleRate
            // |H|² = b² / (1 + p² - 2 p cos w), b = 1 - p; solved for p at the high band by bisection.
            let wanted = pow(10, -(lossHigh - lossMiddle) * turn / 10)
            var bounds = (0.0, 0.98)
            for _ in 0..<60 {
                let p = (bounds.0 + bounds.1) / 2
                let power = (1 - p) * (1 - p) / (1 + p * p - 2 * p * cos(wHigh))
                if power > wanted { bounds.0 = p } else { bounds.1 = p }
            }
            damping[i] = Float(1 - bounds.0)
            // The shelf raises the bass from the gain of the middle to that of the low band.
            shelf[i] = Float(pow(10, shelfLoss * turn / 20) - 1)
            lineGain[i] = Float(pow(10, -lossMiddle * turn / 20))
        }
    }

    private static func isPrime(_ n: Int) -> Bool {
        guard n > 3 else { return n > 1 }
        var divisor = 2
        while divisor * divisor <= n {
            if n % divisor == 0 { return false }
            divisor += 1
        }
        return true
    }
}

/// A second-order Butterworth section, transposed direct form II, both channels at once.
struct SecondOrder: Sendable {
    private let b0, b1, b2, a1, a2: Float

    /// What it remembers.
    struct State: Sendable {
        var first = SIMD2<Float>.zero
        var second = SIMD2<Float>.zero
    }

    init(highPass corner: Double, sampleRate: Double) { self.init(corner, sampleRate, isHighPass: true) }

    init(lowPass corner: Double, sampleRate: Double) { self.init(corner, sampleRate, isHighPass: false) }

    private init(_ corner: Double, _ sampleRate: Double, isHighPass: Bool) {
        let k = tan(.pi * corner / sampleRate)
        let norm = 1 / (1 + k * 2.0.squareRoot() + k * k)
        let gain = isHighPass ? norm : k * k * norm
        b0 = Float(gain)
        b1 = Float(isHighPass ? -2 * gain : 2 * gain)
        b2 = Float(gain)
        a1 = Float(2 * (k * k - 1) * norm)
        a2 = Float((1 - k * 2.0.squareRoot() + k * k) * norm)
    }

    @inline(always)
    func process(_ x: SIMD2<Float>, _ state: inout State) -> SIMD2<Float> {
        let y = b0 * x + state.first
        state.first = b1 * x - a1 * y + state.second
        state.second = b2 * x - a2 * y
        return y
    }
}
