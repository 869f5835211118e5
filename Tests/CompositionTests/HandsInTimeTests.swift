import Composition
import Music
import Testing

/// What hands can do in the time that they have.
@Suite struct HandsInTimeTests {
    private struct Stroke {
        let time: Double
        let keys: [Int]
    }

    /// What one hand strikes, in seconds by the written tempo.
    private static func strokes(_ score: Score, isLeft: Bool) -> [Stroke] {
        let own = score.notes.filter { $0.role.isLeftHand == isLeft }
        return Dictionary(grouping: own, by: \.onset).sorted { $0.key < $1.key }.map {
            Stroke(time: $0.key.value * 60 / Double(score.tempo), keys: $0.value.map(\.pitch.midi).sorted())
        }
    }

    @Test func `The left hand seldom leaps farther than a twelfth within a fifth of a second`() {
        var leaps = 0
        var all = 0
        for score in Pieces.many {
            let strokes = Self.strokes(score, isLeft: true)
            for (a, b) in zip(strokes, strokes.dropFirst()) where b.time - a.time < 0.2 {
                all += 1
                let keys = a.keys + b.keys
                if (keys.max() ?? 0) - (keys.min() ?? 0) > 19 { leaps += 1 }
            }
        }
        #expect(100 * leaps <= all, "\(leaps) of \(all)")
    }

    @Test func `No finger hammers: six strokes of a left-hand key in two seconds are rare`() {
        var hammered = 0
        for score in Pieces.many {
            var times: [Int: [Double]] = [:]
            for stroke in Self.strokes(score, isLeft: true) {
                for key in stroke.keys { times[key, default: []].append(stroke.time) }
            }
            hammered += times.values.count { own in
                own.indices.dropFirst(5).contains { own[$0] - own[$0 - 5] <= 2 }
            }
        }
        #expect(2 * hammered <= Pieces.many.count, "\(hammered) keys of \(Pieces.many.count) pieces")
    }
}
