import Music
import Piano
import Testing

@Suite("The design agrees with the reference model")
struct DesignVectorTests {
    /// The piano as it is played.
    static let tables = InstrumentTables.make(settings: InstrumentSettings(), sampleRate: 48000)
    /// The piano of the fit, without what the acoustic table corrected of it.
    static let reference = InstrumentTables.make(
        settings: InstrumentSettings(), sampleRate: 48000, corrections: .none)

    static func close(_ a: Double, _ b: Double, _ relative: Double) -> Bool { abs(a - b) <= relative * abs(b) }

    @Test("hammer, compliance and counts", arguments: Vectors.keys)
    func hammer(_ key: Int) {
        let tables = Self.reference.keys[key - 21]
        let vectors = Vectors.key(key)
        #expect(Self.close(tables.hammer.mass, vectors["hammer"]["mass"].number, 1e-6))
        #expect(Self.close(tables.hammer.stiffness, vectors["hammer"]["Q0"].number, 1e-6))
        #expect(Self.close(tables.hammer.exponent, vectors["hammer"]["p"].number, 1e-6))
        #expect(Self.close(tables.hammer.rate, vectors["hammer"]["a"].number, 1e-6))
        let residual = vectors["hammer"]["residual_compliance"].number
        #expect(abs(tables.residualCompliance - residual) <= 1e-5 * max(residual, 1e-9))
        #expect(tables.modes.count == Int(vectors["string"]["modes"].number))
        #expect(tables.strings == Int(vectors["string"]["strings"].number))
    }

    @Test("modes of the first twelve partials: decay, frequency, weights", arguments: Vectors.keys)
    func modes(_ key: Int) {
        let tables = Self.reference.keys[key - 21]
        let partials = Vectors.key(key)["partials"]
        for p in 0..<partials.count {
            let expected = partials[p]
            let n = Int(expected["n"].number)
            for isHorizontal in [false, true] {
                let ours = tables.modes.filter { $0.partial == n && $0.isHorizontal == isHorizontal }
                let theirs = expected[isHorizontal ? "horizontal" : "unison"]
                #expect(ours.count == theirs.count)
                var largest = 0.0
                for i in 0..<theirs.count {
                    let drive = theirs[i]["drive_feedback"].complex
                    largest = max(largest, (drive.re * drive.re + drive.im * drive.im).squareRoot())
                }
                // The order of the modes of a partial is free: the nearest pole is the same mode.
                for mode in ours {
                    var best = -1
                    var distance = Double.infinity
                    for i in 0..<theirs.count {
                        let d =
                            abs(-mode.pole.re - theirs[i]["decay"].number)
                            + 6.28 * abs(mode.pole.im / (2 * .pi) - theirs[i]["hz"].number)
                        if d < distance { (best, distance) = (i, d) }
                    }
                    guard best >= 0 else { continue }
                    let match = theirs[best]
                    // The vectors have eight digits.
                    let hz = match["hz"].number
                    #expect(abs(mode.pole.im / (2 * .pi) - hz) < max(1e-4, 1e-7 * hz), "partial \(n)")
                    #expect(abs(-mode.pole.re - match["decay"].number) < 1e-4 * max(1, match["decay"].number))
                    let product = (
                        re: mode.drive.re * mode.feedback.re - mode.drive.im * mode.feedback.im,
                        im: mode.drive.re * mode.feedback.im + mode.drive.im * mode.feedback.re
                    )
                    let reference = match["drive_feedback"].complex
                    #expect(abs(product.re - reference.re) <= 2e-5 * largest + 1e-12, "partial \(n)")
                    #expect(abs(product.im - reference.im) <= 2e-5 * largest + 1e-12, "partial \(n)")
                    let read = match["drive_read"].complex
                    let gain = theirs.count == 1 || isHorizontal ? nil : expected["read_gain"].numbers
                    if let gain, gain.count == theirs.count {
                        let ourRead = mode.drive.re * mode.read.re - mode.drive.im * mode.read.im
                        let scale = (read.re * read.re + read.im * read.im).squareRoot() * gain[best]
                        // Level compression to 0.1 dB.
                        #expect(abs(ourRead - read.re * gain[best]) <= 0.012 * scale + 1e-6, "partial \(n)")
                    }
                }
            }
        }
    }

    @Test("the tables of a whole piano are worked out in the blink of an eye")
    func speed() {
        let clock = ContinuousClock()
        let time = clock.measure { _ = InstrumentTables.make(settings: InstrumentSettings(seed: 8), sampleRate: 48000) }
        print("tables: \(time)")
        #expect(time < .milliseconds(600))
    }
}
