import Foundation
import Piano
import Testing

/// The fixture is cut from the reference model's random_draws.json: first twelve and last six of each list.
@Suite("Seed 7 draws the fitted piano")
struct InstrumentDrawsTests {
    static let fixture: Vectors = Vectors.fixture("random_draws")

    /// Whether all numbers of a list stand in ours, from the front or the back, to the seven digits of the fixture.
    static func agree(_ ours: some Collection<Double>, _ theirs: some Collection<Double>) -> Bool {
        !theirs.isEmpty && ours.count == theirs.count
            && zip(ours, theirs).allSatisfy { abs($0 - $1) <= 6e-7 * max(abs($1), 1e-3) }
    }

    static func agreeAtBothEnds(_ ours: [Double], _ theirs: [Double]) -> Bool {
        agree(ours.prefix(12), theirs.prefix(12)) && agree(ours.suffix(6), theirs.suffix(6))
    }

    @Test("the generator is the Mersenne twister")
    func generator() {
        // numpy.random.RandomState(5489): the first outputs of Matsumoto and Nishimura's own default seed, 32 bits each.
        var random = MersenneTwister(seed: 5489)
        let first = (3_499_211_612, 581_869_302)
        let expected = (Double(first.0 >> 5) * 67_108_864 + Double(first.1 >> 6)) / 9_007_199_254_740_992
        #expect(random.uniform() == expected)
    }

    @Test("seeds that differ in any bit draw other strings")
    func bits() {
        func strings(_ seed: UInt32) -> [Double] {
            KeyDraws(seed: seed, key: 60, partials: 12, strings: 3).admittance
                + GrainDraws(seed: seed, key: 60, partials: 12).loss + [DriftDraws(seed: seed, key: 60).tuning]
        }
        let ours = strings(7)
        for bit in 0..<32 {
            let others = strings(7 ^ 1 << UInt32(bit))
            #expect(zip(ours, others).allSatisfy { $0 != $1 }, "bit \(bit)")
        }
    }

    @Test("board modes")
    func board() {
        let draws = BoardDraws(seed: 7)
        let board = Self.fixture["board"]
        #expect(draws.frequency.count == Int(board["count"].number))
        #expect(Self.agreeAtBothEnds(draws.frequency, board["frequency_hz"].numbers))
        #expect(Self.agreeAtBothEnds(draws.lossFactor, board["loss_factor_N"].numbers))
        #expect(Self.agreeAtBothEnds(draws.sign, board["sign"].numbers))
        #expect(Self.agreeAtBothEnds(draws.common, board["common_N"].numbers))
        #expect(Self.agreeAtBothEnds(draws.side, board["side_N"].numbers))
    }

    @Test("high bank")
    func bank() {
        let draws = HighBankDraws(seed: 7, count: 96)
        let bank = Self.fixture["high_bank"]
        #expect(Self.agreeAtBothEnds(draws.jitter, bank["jitter_U"].numbers))
        #expect(Self.agreeAtBothEnds(draws.sign, bank["sign"].numbers))
        #expect(Self.agreeAtBothEnds(draws.phase, bank["phase_U"].numbers))
        #expect(Self.agreeAtBothEnds(draws.rate, bank["rate_U"].numbers))
        #expect(Self.agreeAtBothEnds(draws.side, bank["side_N"].numbers))
    }

    @Test("keys of one, two and three strings", arguments: [(21, 1), (36, 2), (60, 3), (108, 3)])
    func keys(_ key: Int, _ strings: Int) {
        let expected = Self.fixture["keys"]["\(key)"]
        let partials = Int(expected["counts"]["admittance_N"].number)
        let draws = KeyDraws(seed: 7, key: key, partials: partials, strings: strings)
        // Lists of these two keep their ends only.
        let admittance = expected["admittance_N"].numbers
        #expect(Self.agree(draws.admittance.suffix(admittance.count), admittance))
        let jitter = expected["jitter_N"]
        for row in 0..<jitter.count {
            #expect(Self.agree(draws.jitter[partials - jitter.count + row], jitter[row].numbers))
        }
        #expect(
            Self.agree(
                [draws.spread, draws.centre],
                ["spread_U(0.6,1.4)", "centre_U(-0.15,0.15)"].map {
                    expected[$0].number
                }))
        #expect(Self.agree(draws.strike, expected["strike_N"].numbers))
        #expect(Self.agree(draws.horizontalProduct, expected["h_product_N"].numbers))
        #expect(Self.agree(draws.horizontalBridge, expected["h_bridge_N"].numbers))
        #expect(Self.agree(draws.horizontalOffset, expected["h_offset_N"].numbers))
        #expect(Self.agree(draws.horizontalSign, expected["h_sign"].numbers))
    }
}
