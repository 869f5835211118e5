import Mixing
import Music
import Piano

/// One performance as it is heard live: piano, room, one predicted gain, a closing fade, and a limiter that should
/// never act.
struct LiveSound: ~Copyable, Sendable {
    private var voice: Voice
    private var room: Room
    private var sea: SeaUnderPiano?
    private var limiter: SafetyLimiter
    private let factor: Float
    private var closing: ClosingFade
    let frames: Int64

    /// A performance to be heard, `gain` in dB.
    init(
        performance: Performance, tables: InstrumentTables, room settings: RoomSettings, gain: Float,
        sea: SeaUnderPiano? = nil
    ) {
        self.sea = sea
        voice = Voice(performance: performance, tables: tables)
        room = Room(settings: settings, sampleRate: tables.sampleRate)
        limiter = SafetyLimiter(sampleRate: tables.sampleRate)
        factor = Exact.pow(10, gain / 20)
        frames = Int64((performance.duration * tables.sampleRate).rounded())
        closing = ClosingFade(frames: Int(frames), rate: tables.sampleRate)
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
        room.process(left: &left, right: &right)
        sea?.add(to: &left, &right)
        for i in left.indices {
            left[i] *= factor
            right[i] *= factor
        }
        closing.process(&left, &right)
        limiter.process(left: &left, right: &right)
    }
}
