import BeachPianoTestSupport
import Glibc
import Mixing
import Music

/// A room's response to an impulse, and what is measured on it.
struct ImpulseResponse {
    var left: [Float]
    var right: [Float]
    let sampleRate: Double

    /// The response of a new room to `impulse` in left and right at frame 0.
    init(
        _ settings: RoomSettings, nearness: Float = 1, sampleRate: Double = 48_000, seconds: Double,
        impulse: (Float, Float) = (1, 1)
    ) {
        var room = Room(settings: settings, nearness: nearness, sampleRate: sampleRate)
        var first = [Float](repeating: 0, count: Int(seconds * sampleRate))
        var second = first
        first[0] = impulse.0
        second[0] = impulse.1
        var l = first.mutableSpan
        var r = second.mutableSpan
        room.process(left: &l, right: &r)
        left = first
        right = second
        self.sampleRate = sampleRate
    }

    /// Energy of the reverberation, dB re the impulse in that channel.
    static func level(_ channel: [Float]) -> Double {
        10 * log10(channel.dropFirst().reduce(0.0) { $0 + Double($1) * Double($1) })
    }

    /// Level at a frequency, dB.
    func decibels(_ hz: Double) -> Double {
        var (re, im) = (0.0, 0.0)
        for (n, x) in left.enumerated() {
            let phase = 2 * Double.pi * hz * Double(n) / sampleRate
            re += Double(x) * cos(phase)
            im += Double(x) * sin(phase)
        }
        return 10 * log10(re * re + im * im)
    }

    /// T60 of a band, seconds.
    func t60(around center: Double, from start: Double = 0.1) -> Double {
        ReverberationTime.t60(of: left, around: center, from: start, sampleRate: sampleRate)
    }
}
