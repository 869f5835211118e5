import AudioIO
import Mixing
import Music
import Synchronization

/// The second half of the first pass: the room, the fade at the end, the meter and the store.
struct FirstPass: ~Copyable, Sendable {
    private var around: Surroundings
    private var seaClosing: ClosingFade
    private let hasStems: Bool
    private var meter: LoudnessMeter
    private var check = SignalCheck()
    /// The sound; where stems are wanted, the piano alone.
    var store: FrameStore
    /// The sea, where stems are wanted.
    var seaStore: FrameStore
    private var closing: ClosingFade
    private let rate: Int

    /// Frames up to which a sound stays in memory: 20 s at 48 kHz.
    static let memoryFrames = 960_000

    /// A sound of `frames` frames.
    ///
    /// - Parameters:
    ///   - rate: in Hz.
    ///   - room: where the piano stands at first.
    ///   - nearness: of the piano: how far its microphones stand, as a share of the scene's distance.
    ///   - cue: the sea.
    ///   - scenery: when it is carried to another room, or another sea comes in.
    ///   - walk: of the microphones.
    ///   - frames: of all of it.
    ///   - fade: seconds of the fade at its end; nil for the usual one.
    ///   - folder: for what does not fit into memory.
    init(
        rate: Int, room: RoomSettings, nearness: Float, sea cue: SeaCue?,
        scenery: [SteeringScript.Step] = [], walk: MicrophoneWalk? = nil, frames: Int, fade: Double? = nil,
        folder: String
    ) {
        around = Surroundings(
            room: room, nearness: nearness, sea: cue?.sea(rate: Double(rate)), scenery: scenery, walk: walk,
            rate: Double(rate))
        hasStems = cue?.hasStems ?? false
        seaClosing = ClosingFade(frames: frames, rate: Double(rate), seconds: fade)
        seaStore = FrameStore(memoryFrames: Self.memoryFrames, folder: folder)
        meter = LoudnessMeter(sampleRate: rate)
        store = FrameStore(memoryFrames: Self.memoryFrames, folder: folder)
        closing = ClosingFade(frames: frames, rate: Double(rate), seconds: fade)
        self.rate = rate
    }

    private var hasSea: Bool { around.sea != nil }

    /// Puts frames into the room and over the sea, fades the end, measures and keeps them.
    ///
    /// A sample that is no number ends the work.
    mutating func take(_ left: inout [Float], _ right: inout [Float]) throws(StudioError) {
        var seaLeft = [Float](repeating: 0, count: left.count)
        var seaRight = seaLeft
        var start = 0
        while start < left.count {
            let part = start..<start + around.advance(left.count - start)
            do {
                var l = left.mutableSpan
                var r = right.mutableSpan
                around.rooms.process(left: &l, right: &r, part)
            }
            if hasSea {
                var l = seaLeft.mutableSpan
                var r = seaRight.mutableSpan
                around.sea?.render(under: left.span, right.span, to: &l, &r, part)
            }
            start = part.upperBound
        }
        if hasSea {
            var l = seaLeft.mutableSpan
            var r = seaRight.mutableSpan
            seaClosing.process(&l, &r)
        }
        do {
            var l = left.mutableSpan
            var r = right.mutableSpan
            closing.process(&l, &r)
        }
        if hasStems {
            do throws(AudioIOError) {
                try store.write(left: left.span, right: right.span)
                try seaStore.write(left: seaLeft.span, right: seaRight.span)
            } catch { throw StudioError(error) }
        }
        if hasSea {
            for i in left.indices {
                left[i] += seaLeft[i]
                right[i] += seaRight[i]
            }
        }
        check.add(left: left.span, right: right.span)
        if let frame = check.firstInvalid {
            let at = decimal(Double(frame) / Double(rate), 3)
            throw StudioError(.ioError, "the sample at \(at) s is not a number: please report this piece")
        }
        meter.add(left: left.span, right: right.span)
        if hasStems { return }
        do throws(AudioIOError) { try store.write(left: left.span, right: right.span) } catch {
            throw StudioError(error)
        }
    }

    /// Ends the pass: loudness and peaks, the store at its start.
    mutating func finish() throws(StudioError) -> (loudness: LoudnessMeasurement, samplePeak: Float) {
        do throws(AudioIOError) {
            try store.finish()
            try seaStore.finish()
        } catch { throw StudioError(error) }
        return (meter.measurement(), check.peak)
    }
}

/// Carries a first pass to another thread and back.
final class FirstPassBox: Sendable {
    let pass: Mutex<FirstPass>
    let failure = Mutex<StudioError?>(nil)

    init(_ pass: consuming sending FirstPass) { self.pass = Mutex(pass) }
}
