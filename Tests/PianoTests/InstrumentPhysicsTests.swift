import Foundation
import Music
import Piano
import Testing

@Suite("The tables obey the physics they come from")
struct InstrumentPhysicsTests {
    static let grand = DesignVectorTests.tables
    private static let reference = DesignVectorTests.reference

    static func tables(
        _ kind: InstrumentSettings.Kind = .grand, felt: Float? = nil, age: Float = 0.2, a4: Double = 440,
        seed: UInt32 = 7, sampleRate: Double = 48000
    ) -> InstrumentTables {
        .make(
            settings: InstrumentSettings(
                kind: kind, felt: felt.map { UnitInterval($0) }, age: UnitInterval(age), a4: a4, seed: seed),
            sampleRate: sampleRate)
    }

    @Test(
        "strings lose what the bridge takes: the decays of a unison sum to N (alpha + Re kappa)",
        arguments: Vectors.keys)
    func decays(_ key: Int) {
        let strings = Double(Self.reference.keys[key - 21].strings)
        let partials = Vectors.key(key)["partials"]
        #expect(partials.count >= 3)
        for k in 0..<partials.count {
            let modes = Self.reference.keys[key - 21].modes.filter { $0.partial == k + 1 && !$0.isHorizontal }
            let decay = modes.reduce(0) { $0 - $1.pole.re }
            let expected = strings * (partials[k]["loss"].number + partials[k]["kappa"].complex.re)
            #expect(abs(decay - expected) < 1e-6 * expected, "partial \(k + 1)")
        }
    }

    /// Eigenvectors are complete, so driving every mode and summing what the bridge does to it leaves phi w Y / (i
    /// omega), whatever the solver (README of the reference model; piano-physics 3.4).
    @Test(
        "hammer and bridge meet every mode: drive times sympathetic drive sums to phi w Y/(i omega)",
        arguments: Vectors.keys)
    func completeness(_ key: Int) {
        let vectors = Vectors.key(key)
        let string = vectors["string"]
        let length = string["L"].number
        let width = 1e-3 * (12 - 4 * Double(key - 21) / 87)
        for k in 0..<vectors["partials"].count {
            let partial = vectors["partials"][k]
            let n = Double(k + 1)
            let modes = Self.reference.keys[key - 21].modes.filter { $0.partial == k + 1 && !$0.isHorizontal }
            let sum = modes.reduce(Complex()) { $0 + Complex($1.drive) * Complex($1.sympatheticDrive) }
            let f = partial["hz"].number
            // Dampers free what lies below 2.5 kHz; strings without one ring along with their fundamentals too.
            if f >= (key > 90 ? 4400 : 2500) {
                #expect(sum.magnitude == 0)
                continue
            }
            let phi = sin(n * .pi * string["x0"].number) * exp(-pow(n * .pi * width / length, 2) / 24)
            let w = (k % 2 == 0 ? 1 : -1) * n * .pi * string["T"].number / length
            let kappa = partial["kappa"].complex
            let admittance = (1 / (2 * string["f0"].number * string["Z"].number)) * Complex(re: kappa.re, im: kappa.im)
            let expected = (phi * w) * admittance / Complex(im: 2 * .pi * f)
            #expect((sum - expected).magnitude < 1e-5 * expected.magnitude, "partial \(k + 1)")
        }
    }

    @Test("drive and read of a mode keep their phase to 1e-5", arguments: Vectors.keys)
    func phases(_ key: Int) {
        let partials = Vectors.key(key)["partials"]
        for k in 0..<partials.count {
            let modes = Self.reference.keys[key - 21].modes.filter { $0.partial == k + 1 && !$0.isHorizontal }
            let theirs = partials[k]["unison"]
            #expect(modes.count == theirs.count)
            let products = (0..<theirs.count).map { i -> Complex in
                let (re, im) = theirs[i]["drive_read"].complex
                return Complex(re: re, im: im)
            }
            let largest = products.map(\.magnitude).max() ?? 0
            // Both are ordered by decay. Level compression is real: it leaves the phase alone.
            for (mode, expected) in zip(modes, products) {
                let ours = Complex(mode.drive) * Complex(mode.read)
                let turned = (expected.magnitude / ours.magnitude) * ours
                #expect((turned - expected).magnitude < 2e-5 * largest, "partial \(k + 1)")
            }
        }
    }

    @Test("the board radiates as the reference's does, within 0.02 dB where above -30 dB", arguments: Vectors.keys)
    func soundboard(_ key: Int) {
        // Its responses are cut after half a second, its high-pass included: that is what the 0.02 dB are.
        let expected = Vectors.key(key)["soundboard"]
        var compared = 0
        for (k, hz) in expected["hz"].numbers.enumerated() {
            let (left, right) = Self.response(Self.reference, key, hz, cut: (24000, 6000))
            for (ours, name) in [(left, "left_db"), (right, "right_db")] where expected[name].numbers[k] > -30 {
                compared += 1
                #expect(
                    abs(20 * log10(ours.magnitude) - expected[name].numbers[k]) < 0.02,
                    "\(hz) Hz \(name): \(20 * log10(ours.magnitude) - expected[name].numbers[k])")
            }
        }
        #expect(compared > 30)
    }

    @Test(
        "at every sample rate the strings are the same, and the board within 0.25 dB to 3 kHz",
        arguments: [44100.0, 88200, 96000])
    func sampleRates(_ rate: Double) {
        let other = Self.tables(sampleRate: rate)
        for (a, b) in zip(Self.grand.keys, other.keys) {
            #expect(a.modes.count == b.modes.count)
            for (x, y) in zip(a.modes, b.modes) {
                #expect(x.pole == y.pole && x.drive == y.drive && abs(y.pole.im) < 0.9 * .pi * rate)
            }
        }
        for key in [21, 60, 96] {
            for hz in [60.0, 200, 500, 1100, 3000] {
                let ours = Self.response(other, key, hz).left.magnitude
                let theirs = Self.response(Self.grand, key, hz).left.magnitude
                #expect(abs(20 * log10(ours / theirs)) < 0.25, "key \(key) at \(hz) Hz")
            }
        }
    }

    @Test("tuning a piano makes no other piano of it", arguments: [415.0, 432, 442, 466])
    func concertPitch(_ a4: Double) {
        let other = Self.tables(a4: a4)
        for (a, b) in zip(Self.grand.keys, other.keys) {
            // The second polarization stands off its partial by a frozen number of cents that no bridge pulls at.
            let pairs = zip(a.modes.filter(\.isHorizontal), b.modes.filter(\.isHorizontal))
            #expect(
                pairs.allSatisfy { x, y in
                    x.partial == y.partial && abs(1200 * log2(y.pole.im / x.pole.im) - 1200 * log2(a4 / 440)) < 1e-6
                }, "key \(a.pitch.midi)")
            #expect(a.modes.count == b.modes.count)
        }
    }

    @Test("age spreads the unisons, and a fresh tuning narrows them")
    func age() {
        func spread(_ age: Float) -> Double {
            Self.tables(age: age).keys.dropFirst(84 - 21).reduce(0) { sum, key in
                let hz = key.modes.filter { $0.partial == 3 && !$0.isHorizontal }.map(\.pole.im)
                return sum + 1200 * log2((hz.max() ?? 0) / (hz.min() ?? 1))
            }
        }
        #expect(spread(0) < spread(0.2))
        #expect(spread(1) > 2 * spread(0.2))
    }

    @Test("every piano decays: no mode of any kind, seed or age grows", arguments: InstrumentSettings.Kind.allCases)
    func stability(_ kind: InstrumentSettings.Kind) {
        for seed: UInt32 in [0, 1, 8, 1000, 4_000_000_000, .max] {
            let tables = Self.tables(kind, age: seed % 2 == 0 ? 0 : 1, seed: seed)
            for key in tables.keys {
                #expect(key.modes.allSatisfy { $0.pole.re < 0 && $0.read.re.isFinite && $0.read.im.isFinite })
                #expect(key.residualCompliance >= 0 && key.lowLeft.allSatisfy(\.isFinite))
                // Pushed with the hammer, a string gives way at once: the contact is passive.
                let push = ReferenceNote(tables, key: key.pitch.midi, speed: 1, frames: 1).stepCompliance
                #expect(push > 0, "key \(key.pitch.midi)")
            }
            #expect(tables.board.lowPoles.allSatisfy { $0.re < 0 })
        }
    }

    @Test("felt between hammer and string darkens the blow and lengthens the contact")
    func felt() {
        func note(_ felt: Float) -> ReferenceNote {
            ReferenceNote(Self.tables(.felt, felt: felt), key: 60, speed: 1, frames: 4800)
        }
        let notes = [Float(0), 0.35, 0.7, 1].map(note)
        for (a, b) in zip(notes, notes.dropFirst()) {
            #expect(b.contactSeconds >= a.contactSeconds)
            #expect(Self.brightness(b.bridgeForce) < Self.brightness(a.bridgeForce) - 0.5)
            #expect((b.hammerForce.max() ?? 0) < (a.hammerForce.max() ?? 0))
        }
    }

    /// Kawai's stands 8 to 10 dB under three grands there (piano-fit 7).
    @Test("an upright is 6 to 12 dB darker than a grand above 1.5 kHz, and no key of it is brighter")
    func upright() {
        let upright = Self.tables(.upright)
        let darker = stride(from: 36, through: 81, by: 5).map { key in
            let treble = [Self.grand, upright].map { tables -> Double in
                let sound = ReferenceNote(tables, key: key, speed: 2, frames: 9600).radiated()
                func power(_ hz: ClosedRange<Double>) -> Double {
                    [sound.left, sound.right].reduce(0) { $0 + pow(10, Self.band($1, hz) / 10) }
                }
                return 10 * log10(power(1500...5000) / power(100...700))
            }
            return treble[0] - treble[1]
        }
        print("upright darker by, dB: \(darker)")
        #expect((6...12).contains(darker.sorted()[darker.count / 2]), "\(darker)")
        #expect(darker.allSatisfy { $0 > 0 }, "\(darker)")
    }

    @Test("the una corda pedal spares one string of two or three and keeps the force")
    func unaCorda() {
        for key in Self.grand.keys {
            let first = key.modes.filter { $0.partial == 1 && !$0.isHorizontal }
            if key.strings == 1 {
                #expect(first.allSatisfy { $0.unaCordaDrive == $0.drive })
            } else {
                // The unstruck string lags behind, so the shares of the modes differ; their completeness does not.
                #expect(first.contains { abs($0.unaCordaDrive.re - $0.drive.re) > 0.05 * abs($0.drive.re) })
                func total(_ drive: (StringMode) -> ComplexDouble) -> Complex {
                    first.reduce(Complex()) { $0 + Complex(drive($1)) * Complex($1.sympatheticDrive) }
                }
                let (normal, soft) = (total(\.drive), total(\.unaCordaDrive))
                #expect((normal - soft).magnitude <= 1e-6 * normal.magnitude)
            }
        }
    }

    @Test("dampers hold every key up to F#6 and grip higher partials harder")
    func dampers() {
        for key in Self.grand.keys {
            #expect(key.hasDamper == (key.pitch.midi <= 90))
            #expect(key.modes.allSatisfy { ($0.damping > 0) == key.hasDamper })
        }
        let c4 = Self.grand.keys[60 - 21].modes.filter { !$0.isHorizontal }
        let ratio = (c4.first { $0.partial == 6 }?.damping ?? 0) / c4[0].damping
        #expect(abs(ratio - pow(6, 0.6)) < 1e-9)
    }

    @Test("bass and long bridge share no region, and regions follow the keys")
    func regions() {
        let regions = Self.grand.keys.map(\.bridgeRegion)
        #expect(zip(regions, regions.dropFirst()).allSatisfy { $1 == $0 || $1 == $0 + 1 })
        #expect(regions.first == 0 && regions.last == InstrumentTables.bridgeRegions - 1)
        #expect(regions[40 - 21] < regions[41 - 21])
    }

    @Test("another seed is another piano, the same seed the same")
    func individuality() {
        let again = InstrumentTables.make(settings: InstrumentSettings(), sampleRate: 48000)
        let other = Self.tables(seed: 8)
        #expect(again.keys[40].modes == Self.grand.keys[40].modes)
        #expect(other.keys[40].modes != Self.grand.keys[40].modes)
        #expect(other.board.lowPoles != Self.grand.board.lowPoles)
    }

    /// Mean square of the steps from frame to frame over that of the frames, dB: grows with high partials.
    static func brightness(_ x: [Double]) -> Double {
        let steps = zip(x, x.dropFirst()).map { $1 - $0 }
        return 10 * log10(steps.reduce(0) { $0 + $1 * $1 } / x.reduce(0) { $0 + $1 * $1 })
    }

    /// Power between two frequencies in Hz, dB, at 48 kHz.
    static func band(_ x: [Double], _ hz: ClosedRange<Double>) -> Double {
        let power = stride(from: hz.lowerBound, through: hz.upperBound, by: 5).reduce(0.0) { sum, f in
            let turn = Complex.exp(Complex(im: 2 * .pi * f / 48000))
            var phase = Complex(re: 1)
            var total = Complex()
            for value in x {
                total = total + value * phase
                phase = phase * turn
            }
            return sum + total.magnitude * total.magnitude
        }
        return 10 * log10(power)
    }

    /// Transfer from a key's bridge point to left and right: each mode's `gain Re p^n` summed as a geometric series.
    ///
    /// `cut`: frames after which low modes and high bank end, as the reference's responses do; never if nil.
    static func response(
        _ tables: InstrumentTables, _ key: Int, _ hz: Double, cut: (low: Int, high: Int)? = nil
    ) -> (left: Complex, right: Complex) {
        let rate = tables.sampleRate
        let delay = Complex.exp(Complex(im: -2 * .pi * hz / rate))
        let one = Complex(re: 1)
        func modes(_ poles: [ComplexDouble], _ gains: [Float], _ frames: Int?) -> Complex {
            zip(poles, gains).reduce(Complex()) { sum, mode in
                [1.0, -1].reduce(sum) { sum, side in
                    let step = Complex(re: mode.0.re / rate, im: side * mode.0.im / rate)
                    let ratio = Complex.exp(step) * delay
                    let turns = Double(frames ?? 0)
                    let rest = Complex(re: turns * step.re, im: turns * (step.im - 2 * .pi * hz / rate))
                    let whole = frames == nil ? one : one - Complex.exp(rest)
                    return sum + (Double(mode.1) / 2) * (whole / (one - ratio))
                }
            }
        }
        func cascade(_ sections: [SecondOrderSection]) -> Complex {
            sections.reduce(one) { h, s in
                let top = Complex(re: s.b0) + s.b1 * delay + s.b2 * (delay * delay)
                return h * top / (one + s.a1 * delay + s.a2 * (delay * delay))
            }
        }
        let board = tables.board
        let k = tables.keys[key - 21]
        let last = cascade(board.highPass)
        let left =
            modes(board.lowPoles, k.lowLeft, cut?.low) + modes(board.highLeftPoles, k.highLeft, cut?.high)
            + board.directGain * cascade(board.directLeft)
        let right =
            modes(board.lowPoles, k.lowRight, cut?.low) + modes(board.highRightPoles, k.highRight, cut?.high)
            + board.directGain * cascade(board.directRight)
        return (left * last, right * last)
    }
}
