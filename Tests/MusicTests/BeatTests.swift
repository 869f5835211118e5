import Music
import Testing

@Suite struct BeatTests {
    @Test func `three triplet eighths make a quarter exactly`() {
        let third = Beat(1, 3)
        #expect(third + third + third == 1)
        #expect(Beat(1, 3) + Beat(1, 6) == Beat(1, 2))
    }

    @Test func `a beat is kept reduced with the sign on top`() {
        let beat = Beat(6, -8)
        #expect(beat.numerator == -3 && beat.denominator == 4)
        #expect(Beat(0, 7) == .zero)
        #expect(Set([Beat(2, 4), Beat(1, 2), Beat(3, 6)]).count == 1)
    }

    @Test func `order is that of the numbers`() {
        #expect(Beat(1, 3) < Beat(1, 2))
        #expect(Beat(-1, 2) < Beat(-1, 3))
        #expect([Beat(3, 4), Beat(1, 12), 2, Beat(2, 3)].sorted() == [Beat(1, 12), Beat(2, 3), Beat(3, 4), 2])
    }

    @Test func `floor goes down on both sides of zero`() {
        #expect(Beat(7, 2).floor == 3)
        #expect(Beat(-1, 3).floor == -1)
        #expect(Beat(-4, 2).floor == -2)
        #expect(Beat(4).floor == 4)
    }

    @Test func `products, shares and the nearest place on a grid are exact`() {
        #expect(Beat(3, 4) * Beat(2, 3) == Beat(1, 2))
        #expect(Beat(3, 4) * 4 == 3)
        #expect(Beat(1, 2) / 3 == Beat(1, 6))
        #expect(Beat(nearest: 0.34, per: 12) == Beat(1, 3))
        #expect(Beat(5, 4) - Beat(1, 4) == 1)
        #expect(Beat(5, 4).value == 1.25)
        #expect("\(Beat(5, 4)) \(Beat(2))" == "5/4 2")
    }
}
