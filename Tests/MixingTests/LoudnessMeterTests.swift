import Glibc
import Mixing
import Testing

@Suite("Loudness")
struct LoudnessMeterTests {
    private static func measure(amplitude: Float, frequency: Double = 997, rate: Int = 48_000) -> LoudnessMeasurement {
        var meter = LoudnessMeter(sampleRate: rate)
        let samples = (0..<rate * 5).map { amplitude * Float(sin(2 * .pi * frequency * Double($0) / Double(rate))) }
        var start = 0
        while start < samples.count {
            let end = min(samples.count, start + 4999)
            let block = Array(samples[start..<end])
            meter.add(left: block.span, right: block.span)
            start = end
        }
        return meter.measurement()
    }

    @Test(
        "a stereo sine of 997 Hz at -20 dBFS measures -20.0 LUFS and -20.0 dBTP", arguments: [44_100, 48_000, 96_000])
    func reference(rate: Int) throws {
        let found = Self.measure(amplitude: 0.1, rate: rate)
        #expect(abs(try #require(found.integrated) + 20) < 0.1)
        #expect(abs(try #require(found.truePeak) + 20) < 0.1)
        #expect(found.range < 0.1)
    }

    @Test("silence has no loudness and no peak, and gets no gain")
    func silence() {
        let found = Self.measure(amplitude: 0)
        #expect(found.integrated == nil && found.truePeak == nil)
        #expect(GainDecision(measured: found, target: -23).factor == 1)
    }

    @Test("the asked loudness is reached where the true peak allows it")
    func target() throws {
        let decision = GainDecision(
            measured: LoudnessMeasurement(integrated: -30, range: 5, truePeak: -12), target: -23)
        #expect(decision.gain == 7 && !decision.isLimitedByPeak && decision.truePeak == -5)
        #expect(abs(decision.factor - 2.2387) < 1e-3)
    }

    @Test("the true peak wins over the asked loudness")
    func ceiling() throws {
        let decision = GainDecision(
            measured: LoudnessMeasurement(integrated: -30, range: 5, truePeak: -12), target: -14)
        #expect(decision.isLimitedByPeak)
        #expect(try #require(decision.truePeak) <= -1 && (decision.truePeak ?? 0) > -1.01)
        #expect(abs(try #require(decision.loudness) + 19) < 0.01)
    }

    @Test("without a target the calibrated level stays exactly as it is")
    func off() {
        let loud = LoudnessMeasurement(integrated: -3, range: 5, truePeak: 4)
        #expect(GainDecision(measured: loud, target: nil).factor == 1)
    }

    @Test("the mean of a mix is told from its swing")
    func direct() {
        var check = SignalCheck()
        let left = (0..<4800).map { 0.25 + 0.5 * sinf(2 * .pi * Float($0) / 48) }
        let right = left.map { $0 - 0.25 }
        check.add(left: left.span, right: right.span)
        #expect(abs(check.mean - 0.25) < 1e-4)
        #expect(!check.isSilent && check.firstInvalid == nil)
        check.add(left: [0, .nan].span, right: [0, 0].span)
        #expect(check.firstInvalid == 4801)
    }
}
