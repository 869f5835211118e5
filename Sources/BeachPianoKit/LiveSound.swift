import Mixing
import Music
import Piano

/// One performance as it is heard live: piano, room, one predicted gain, a closing fade, and a limiter that should
/// never act.
struct LiveSound: ~Copyable, Sendable {
    private var voice: Voice
    private var around: Surroundings
    private var limiter: SafetyLimiter
    private let factor: Float
    private var closing: ClosingFade
    let frames: Int64

    /// A performance to be heard, `gain` in dB.
    init(
        performance: Performance, tables: InstrumentTables, room: RoomSettings, gain: Float, sea: Seas? = nil,
        scenery: [SteeringScript.Step] = [], walk: MicrophoneWalk? = nil, fade: Double? = nil
    ) {
        around = Surroundings(
            room: room, nearness: tables.settings.nearness, sea: sea, scenery: scenery, walk: walk,
            rate: tables.sampleRate)
        voice = Voice(performance: performance, tables: tables)
        limiter = SafetyLimiter(sampleRate: tables.sampleRate)
        factor = Exact.pow(10, gain / 20)
        frames = Int64((performance.duration * tables.sampleRate).rounded())
        closing = ClosingFade(frames: Int(frames), rate: tables.sampleRate, seconds: fade)
        // The limiter looks ahead: what it delays is rendered here.
        var ahead = [Float](repeating: 0, count: limiter.latency)
        var aheadRight = ahead
        var l = ahead.mutableSpan
        var r = aheadRight.mutableSpan
        render(&l, &r)
    }

    /// Frames that the limiter held back.
    var limitedFrames: Int64 { limiter.limitedFrames }

    /// Fills both spans with the next frames; allocates nothing.
    mutating func render(_ left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>) {
        voice.render(&left, &right)
        var start = 0
        while start < left.count {
            let part = start..<start + around.advance(left.count - start)
            around.rooms.process(left: &left, right: &right, part)
            around.sea?.add(to: &left, &right, part)
            start = part.upperBound
        }
        for i in left.indices {
            left[i] *= factor
            right[i] *= factor
        }
        closing.process(&left, &right)
        limiter.process(left: &left, right: &right)
    }
}
