import AudioIO
import Glibc
import Testing

/// A ramp that tells each frame by its value, and may call something at a block.
private struct CountingSource: AudioSource, ~Copyable {
    var frame = 0
    let frames: Int
    var blocks = 0
    var atBlock: (Int) -> Void = { _ in }

    static func value(_ frame: Int) -> Float { 0.5 + Float(frame) * 0x1p-22 }

    mutating func read(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>) -> Int {
        atBlock(blocks)
        blocks += 1
        let count = min(left.count, frames - frame)
        for i in 0..<count {
            left[i] = Self.value(frame + i)
            right[i] = -left[i]
        }
        frame += count
        return count
    }
}

@Suite("Live player")
struct LivePlayerTests {
    private static func play(
        _ device: ScriptedDevice, frames: Int = 48_000, control: PlaybackControl = PlaybackControl(),
        atBlock: @escaping (Int) -> Void = { _ in }
    ) throws -> LivePlayer.End {
        let configuration = try device.open(PCMRequest())
        var player = LivePlayer(
            device: device, configuration: configuration, control: control, clock: device.clock)
        var source = CountingSource(frames: frames, atBlock: atBlock)
        return try player.play(&source)
    }

    /// Frames that are neither the source's nor a faded version of it.
    private static func isComplete(_ device: ScriptedDevice, frames: Int) -> Bool {
        device.left.count == frames
            && device.left.indices.allSatisfy { i in
                device.left[i] <= CountingSource.value(i) && device.left[i] >= 0 && device.right[i] == -device.left[i]
            }
    }

    @Test("everything is played once, in order, at the device's pace, and drained")
    func plain() throws {
        let device = ScriptedDevice([.partial(10), .accept(3), .partial(1)])
        let control = PlaybackControl()
        #expect(try Self.play(device, control: control) == .finished)
        #expect(Self.isComplete(device, frames: 48_000))
        // After the first 10 ms nothing is touched.
        #expect((480..<48_000).allSatisfy { device.left[$0] == CountingSource.value($0) })
        #expect(device.left[0] < 0.01)
        #expect(control.glitches == 0 && control.frames == 48_000 && device.drainCalls == 1 && device.closeCalls == 1)
        // One second, less what is still in the buffer.
        #expect((0.75...1.0).contains(Double(device.clock.nanoseconds) * 1e-9))
        #expect(control.state == .ended)
    }

    @Test("an xrun or a suspend is counted, recovered, faded in, and loses no music", arguments: [EPIPE, ESTRPIPE])
    func xrun(code: Int32) throws {
        for step in [ScriptedDevice.Step.fail(code), .failWrite(code)] {
            let device = ScriptedDevice([.accept(100), step])
            let control = PlaybackControl()
            #expect(try Self.play(device, control: control) == .finished)
            #expect(control.xruns == 1 && control.reopens == 0 && device.recoverCalls == 1)
            #expect(Self.isComplete(device, frames: 48_000))
            #expect(device.left[6400] < 0.01 && device.left[6400 + 480] == CountingSource.value(6880))
        }
    }

    @Test("a sleeping card is asked again until it is back")
    func suspended() throws {
        let device = ScriptedDevice([.accept(9), .fail(ESTRPIPE)], recovers: [-EAGAIN, -EAGAIN, -EAGAIN, 0])
        let control = PlaybackControl()
        #expect(try Self.play(device, control: control) == .finished)
        #expect(device.recoverCalls == 4 && control.xruns == 1 && Self.isComplete(device, frames: 48_000))
    }

    @Test("an unplugged device is opened again, and the music goes on where it stopped")
    func unplugged() throws {
        let device = ScriptedDevice([.accept(100), .fail(ENODEV)], opens: [ENOENT, ENOENT, EHOSTDOWN])
        let control = PlaybackControl()
        #expect(try Self.play(device, control: control) == .finished)
        #expect(control.reopens == 1 && device.openCalls == 5 && Self.isComplete(device, frames: 48_000))
        #expect(control.reason == ENODEV)
    }

    @Test("a device that is away for a quarter of an hour is waited for, and the music goes on where it stopped")
    func away() throws {
        let device = ScriptedDevice([.accept(100), .fail(ENODEV)], opens: Array(repeating: ENODEV, count: 1300))
        let control = PlaybackControl()
        #expect(try Self.play(device, control: control) == .finished)
        #expect(device.openCalls == 1302 && control.reopens == 1 && Self.isComplete(device, frames: 48_000))
        #expect(Double(device.clock.nanoseconds) * 1e-9 > 900)
    }

    @Test(
        "no error and no silence ends the playing, and each is tried again about once a second, until the user ends it",
        arguments: [
            [.failForEver(EIO)], [.accept(100), .failForEver(EPIPE)], [.accept(100), .failForEver(ENODEV)],
            Array(repeating: .timeOut, count: 13_000),
        ] as [[ScriptedDevice.Step]])
    func neverGivesUp(steps: [ScriptedDevice.Step]) throws {
        let device = ScriptedDevice(steps)
        let control = PlaybackControl()
        let configuration = try device.open(PCMRequest())
        let clock = StoppingClock(device.clock, control, after: 600)
        var player = LivePlayer(device: device, configuration: configuration, control: control, clock: clock)
        var source = CountingSource(frames: 1_000_000)
        #expect(try player.play(&source) == .stopped)
        #expect((150...1000).contains(device.openCalls) && device.recoverCalls <= 110 * device.openCalls)
        #expect((600...601).contains(Double(device.clock.nanoseconds) * 1e-9))
    }

    @Test("a burst of errors within a moment does not lose the device")
    func burst() throws {
        let device = ScriptedDevice([.accept(100)] + Array(repeating: .fail(EPIPE), count: 16))
        let control = PlaybackControl()
        #expect(try Self.play(device, control: control) == .finished)
        #expect(control.reopens == 0 && control.xruns == 1 && Self.isComplete(device, frames: 48_000))
    }

    @Test("a storm of EAGAIN loses neither device nor music")
    func storm() throws {
        let storm = ScriptedDevice([.accept(10)] + Array(repeating: .failWrite(EAGAIN), count: 50))
        #expect(try Self.play(storm) == .finished)
        #expect(storm.openCalls == 1 && Self.isComplete(storm, frames: 48_000))
    }

    @Test("silence that no error reports is found by the clock, and told apart: nothing left to play, or not played")
    func silence() throws {
        let cases: [(ScriptedDevice.Step, xruns: Int, stalls: Int)] = [(.hang(0.6), 1, 0), (.freeze(0.6), 0, 1)]
        for (step, xruns, stalls) in cases {
            let device = ScriptedDevice([.accept(300), step, .accept(50), .hang(0.1)])
            let control = PlaybackControl()
            #expect(try Self.play(device, control: control) == .finished)
            #expect(control.stalls == stalls && control.xruns == xruns, "\(step): \(control.xruns), \(control.stalls)")
            #expect(abs(control.longestGapSeconds - 0.6) < 0.06)
        }
    }

    @Test(
        "a device that begins late, first or again, has interrupted nothing",
        arguments: [[], [.fail(EPIPE)], [.fail(ENODEV)]] as [[ScriptedDevice.Step]])
    func lateStart(before: [ScriptedDevice.Step]) throws {
        // A hundred blocks are two thirds of the buffer, and nothing of it has been played.
        let start: [ScriptedDevice.Step] = before.isEmpty ? [] : [.accept(400)] + before
        let device = ScriptedDevice(start + [.accept(100), .freeze(0.7)])
        let control = PlaybackControl()
        #expect(try Self.play(device, frames: 96_000, control: control) == .finished)
        #expect(control.stalls == 0 && control.xruns == (before == [.fail(EPIPE)] ? 1 : 0))
        #expect(control.longestGapSeconds < 0.2)
    }

    @Test("a wrong state is recovered once and then opened again")
    func wrongState() throws {
        let device = ScriptedDevice([.accept(5), .fail(EBADFD), .fail(EBADFD)])
        let control = PlaybackControl()
        #expect(try Self.play(device, control: control) == .finished)
        #expect(device.recoverCalls == 1 && control.reopens == 1 && Self.isComplete(device, frames: 48_000))
    }

    @Test("stopping fades out within a tenth of a second without a step")
    func stop() throws {
        let device = ScriptedDevice(rewinds: 0)
        let control = PlaybackControl()
        #expect(
            try Self.play(device, frames: 10_000_000, control: control, atBlock: { if $0 == 100 { control.stop() } })
                == .stopped)
        #expect(device.left.count <= 6400 + 4800 && abs(device.left.last ?? 1) < 0.001)
        #expect(zip(device.left, device.left.dropFirst()).allSatisfy { abs($0 - $1) < 0.003 })
        #expect(device.drainCalls == 1)
    }

    /// What is heard of a stop after 2.7 s of music on a device with a buffer of two seconds, and the seconds until its end.
    private static func stopLongBuffer(rewinds: Int) throws -> (ScriptedDevice, PlaybackControl, seconds: Double) {
        let device = ScriptedDevice(bufferFrames: 96_000, rewinds: rewinds)
        let control = PlaybackControl()
        var asked: Int64 = 0
        let end = try play(
            device, frames: 10_000_000, control: control,
            atBlock: {
                guard $0 == 2000 else { return }
                asked = device.clock.nanoseconds
                control.stop()
            })
        #expect(end == .stopped)
        return (device, control, Double(device.clock.nanoseconds - asked) * 1e-9)
    }

    @Test("with two seconds queued a stop takes them back and fades what is nearly heard", arguments: [.max, 90_000])
    func stopTakesBack(rewinds: Int) throws {
        let (device, control, seconds) = try Self.stopLongBuffer(rewinds: rewinds)
        #expect(device.rewindCalls == 1 && device.dropCalls == 0 && device.drainCalls == 1)
        #expect(seconds < 0.35, "\(seconds)")
        #expect(control.frames == Int64(device.left.count) && control.glitches == 0)
        #expect(abs(device.left.last ?? 1) < 0.001)
        #expect(zip(device.left, device.left.dropFirst()).allSatisfy { abs($0 - $1) < 0.003 })
        let faded = device.left.count - 3840 - 64
        #expect((480..<faded).allSatisfy { device.left[$0] == CountingSource.value($0) })
        #expect((faded..<device.left.count).allSatisfy { device.left[$0] <= CountingSource.value($0) })
    }

    @Test("a device that gives back nothing or too little is silenced at once", arguments: [0, 40_000])
    func stopDrops(rewinds: Int) throws {
        let (device, control, seconds) = try Self.stopLongBuffer(rewinds: rewinds)
        #expect(device.dropCalls == 1 && device.drainCalls == 0 && seconds < 0.1)
        #expect(control.frames == Int64(device.left.count))
    }

    @Test("the source is read on for the length of its own fade where it was ahead of what is heard")
    func stopReadsOn() throws {
        let device = ScriptedDevice(bufferFrames: 96_000)
        let control = PlaybackControl()
        var last = 0
        _ = try Self.play(
            device, frames: 10_000_000, control: control,
            atBlock: { block in
                if block == 2000 { control.stop() }
                last = block
            })
        #expect((60...63).contains(last - 2000))
    }

    @Test("a stop while the last two seconds play out ends as quickly, with a fade")
    func stopPlayingOut() throws {
        let device = ScriptedDevice(bufferFrames: 96_000)
        let control = PlaybackControl()
        let configuration = try device.open(PCMRequest())
        let clock = StoppingClock(device.clock, control, after: 1)
        var player = LivePlayer(device: device, configuration: configuration, control: control, clock: clock)
        var source = CountingSource(frames: 100_000)
        #expect(try player.play(&source) == .stopped)
        #expect((1.0...1.35).contains(Double(device.clock.nanoseconds) * 1e-9))
        #expect(device.dropCalls == 0 && abs(device.left.last ?? 1) < 0.001)
        #expect(zip(device.left, device.left.dropFirst()).allSatisfy { abs($0 - $1) < 0.003 })
    }

    @Test("a pause takes back what is queued too, and it comes again when the music goes on")
    func pauseTakesBack() throws {
        let control = PlaybackControl()
        let device = ScriptedDevice(bufferFrames: 96_000)
        var asked: Int64 = 0
        let clock = EndingClock(device.clock, control)
        let configuration = try device.open(PCMRequest())
        var player = LivePlayer(device: device, configuration: configuration, control: control, clock: clock)
        var source = CountingSource(
            frames: 300_000,
            atBlock: {
                guard $0 == 2000 else { return }
                asked = device.clock.nanoseconds
                control.isPaused = true
            })
        #expect(try player.play(&source) == .finished)
        #expect(Double((clock.firstPaused ?? .max) - asked) * 1e-9 < 0.35)
        #expect(Self.isComplete(device, frames: 300_000) && control.frames == 300_000)
        #expect(device.openCalls == 2 && device.dropCalls == 0 && control.glitches == 0 && control.reopens == 0)
        // But for the fades, all of it is as it was: the pause costs 80 and 10 ms.
        let touched = device.left.indices.dropFirst(480).count { device.left[$0] != CountingSource.value($0) }
        #expect((4200...4400).contains(touched))
    }

    @Test("a second stop ends at once")
    func stopNow() throws {
        let device = ScriptedDevice()
        let control = PlaybackControl()
        let end = try Self.play(
            device, frames: 10_000_000, control: control,
            atBlock: {
                if $0 == 100 {
                    control.stop()
                    control.stop()
                }
            })
        #expect(end == .stopped && device.left.count <= 6464 && device.dropCalls == 1)
    }

    @Test("stopping while the device is away ends without waiting for it")
    func stopWhileAway() throws {
        let control = PlaybackControl()
        let device = ScriptedDevice([.accept(100), .fail(ENODEV)], opens: Array(repeating: ENODEV, count: 1000))
        let end = try Self.play(
            device, frames: 10_000_000, control: control, atBlock: { if $0 == 100 { control.stop() } })
        #expect(end == .stopped && Double(device.clock.nanoseconds) * 1e-9 < 1)
    }

    @Test("stopping at a device that takes nothing any more ends within a third of a second")
    func stopWhileStuck() throws {
        let device = ScriptedDevice([.accept(120)] + Array(repeating: .timeOut, count: 10_000))
        let control = PlaybackControl()
        var asked: Int64 = 0
        let end = try Self.play(
            device, frames: 10_000_000, control: control,
            atBlock: {
                if $0 == 119 {
                    control.stop()
                    asked = device.clock.nanoseconds
                }
            })
        #expect(end == .stopped && device.dropCalls == 1 && device.openCalls == 1)
        #expect(Double(device.clock.nanoseconds - asked) * 1e-9 < 0.33)
    }

    @Test("a device that is opened again plays only once more than its buffer has gone through")
    func hollowBuffer() throws {
        // After the loss the new buffer is filled (150 blocks), nothing more is taken, and the next opening plays.
        let device = ScriptedDevice(
            [.accept(100), .fail(ENODEV), .accept(149)] + Array(repeating: .timeOut, count: 60))
        let control = PlaybackControl()
        var states: [(block: Int, state: PlaybackControl.State)] = []
        let end = try Self.play(device, control: control, atBlock: { states.append(($0, control.state)) })
        #expect(end == .finished && control.reopens == 2 && Self.isComplete(device, frames: 48_000))
        #expect(states.filter { (105..<240).contains($0.block) }.allSatisfy { $0.state == .reconnecting })
        #expect(states.last?.state == .playing)
    }

    @Test("a pause releases the device and goes on where it stopped")
    func pause() throws {
        let control = PlaybackControl()
        let device = ScriptedDevice()
        let clock = EndingClock(device.clock, control)
        let configuration = try device.open(PCMRequest())
        var player = LivePlayer(device: device, configuration: configuration, control: control, clock: clock)
        var source = CountingSource(frames: 30_000, atBlock: { if $0 == 100 { control.isPaused = true } })
        #expect(try player.play(&source) == .finished)
        #expect(clock.statesAsleep.contains(.paused) && device.openCalls == 2 && device.closeCalls == 2)
        #expect(Self.isComplete(device, frames: 30_000))
        #expect(control.glitches == 0 && control.reopens == 0)
    }

    @Test("a pause taken back during its fade goes on without a step or a release", arguments: [0, 1000])
    func pauseTakenBack(rewinds: Int) throws {
        let device = ScriptedDevice(rewinds: rewinds)
        let control = PlaybackControl()
        let end = try Self.play(
            device, frames: 30_000, control: control,
            atBlock: { block in
                if block == 100 { control.isPaused = true }
                if block == 130 { control.isPaused = false }
            })
        #expect(end == .finished && Self.isComplete(device, frames: 30_000) && device.openCalls == 1)
        #expect(device.left.last == CountingSource.value(29_999))
        #expect(zip(device.left, device.left.dropFirst()).allSatisfy { abs($0 - $1) < 0.003 })
    }
}

/// Ends a pause after some sleeps of the player.
private final class EndingClock: MonotonicClock, @unchecked Sendable {
    private let base: ScriptedClock
    private let control: PlaybackControl
    private var sleeps = 0
    private(set) var statesAsleep: Set<PlaybackControl.State> = []
    /// When it slept in a pause first.
    private(set) var firstPaused: Int64?

    init(_ base: ScriptedClock, _ control: PlaybackControl) {
        self.base = base
        self.control = control
    }

    var nanoseconds: Int64 { base.nanoseconds }

    func sleep(nanoseconds: Int64) {
        if control.state == .paused, firstPaused == nil { firstPaused = base.nanoseconds }
        base.sleep(nanoseconds: nanoseconds)
        if control.state == .paused { sleeps += 1 }
        statesAsleep.insert(control.state)
        if sleeps == 50 { control.isPaused = false }
    }
}

/// Ends the playing at a time.
private final class StoppingClock: MonotonicClock {
    private let base: ScriptedClock
    private let control: PlaybackControl
    private let end: Int64

    init(_ base: ScriptedClock, _ control: PlaybackControl, after seconds: Int64) {
        self.base = base
        self.control = control
        end = seconds * 1_000_000_000
    }

    var nanoseconds: Int64 {
        if base.nanoseconds >= end, !control.isStopping { control.stop() }
        return base.nanoseconds
    }

    func sleep(nanoseconds: Int64) {
        base.sleep(nanoseconds: nanoseconds)
        _ = self.nanoseconds
    }
}

@Suite("Playback policy")
struct PlaybackPolicyTests {
    private static let second: Int64 = 1_000_000_000

    @Test("each answer in each state has its action")
    func table() {
        func policy(_ answers: [PlaybackPolicy.Answer] = []) -> PlaybackPolicy {
            var policy = PlaybackPolicy(periodFrames: 100, bufferFrames: 400, now: 0)
            for answer in answers { _ = policy.next(answer, now: 0) }
            return policy
        }
        let playing = policy([.accepted(64)])
        let recovering = policy([.accepted(64), .failed(EPIPE)])
        let back: Int64 = 250_000_000
        let table: [(PlaybackPolicy, PlaybackPolicy.Answer, Int64, PlaybackPolicy.Action)] = [
            (playing, .accepted(64), 0, .write),
            (playing, .accepted(0), 0, .rest(1_000_000)),
            (playing, .timedOut, 0, .write),
            (playing, .timedOut, 3 * Self.second, .reopen(EAGAIN, after: back)),
            (playing, .failed(EAGAIN), 0, .rest(1_000_000)),
            (playing, .failed(EAGAIN), 3 * Self.second, .reopen(EAGAIN, after: back)),
            (playing, .failed(EINTR), 0, .write),
            (playing, .failed(EPIPE), 0, .recover(EPIPE, after: 0)),
            (playing, .failed(ESTRPIPE), 0, .recover(ESTRPIPE, after: 0)),
            (playing, .failed(EBADFD), 0, .recover(EBADFD, after: 0)),
            (playing, .failed(ENODEV), 0, .reopen(ENODEV, after: back)),
            (playing, .failed(EIO), 0, .reopen(EIO, after: back)),
            (playing, .failed(ENOTTY), 0, .reopen(ENOTTY, after: back)),
            (playing, .failed(ENODEV), 3600 * Self.second, .reopen(ENODEV, after: back)),
            (playing, .failed(EIO), 3600 * Self.second, .reopen(EIO, after: back)),
            (recovering, .recovered(0), 0, .write),
            (recovering, .recovered(EAGAIN), 0, .recover(EPIPE, after: 100_000_000)),
            (recovering, .recovered(EAGAIN), 3 * Self.second, .reopen(EPIPE, after: back)),
            (recovering, .recovered(EPIPE), 0, .reopen(EPIPE, after: back)),
            (recovering, .failed(EPIPE), 0, .recover(EPIPE, after: 5_000_000)),
            (recovering, .failed(EPIPE), Self.second, .reopen(EPIPE, after: back)),
            (recovering, .failed(EBADFD), 0, .reopen(EBADFD, after: back)),
            (policy([.failed(ENODEV)]), .openFailed(ENOENT), 0, .reopen(ENODEV, after: 2 * back)),
            (policy([.failed(ENODEV)]), .openFailed(ENOENT), 3600 * Self.second, .reopen(ENODEV, after: 2 * back)),
            (policy([.failed(ENODEV)]), .opened, 0, .write),
            (policy([.failed(EIO), .opened, .opened, .opened, .opened, .opened]), .opened, 0, .write),
        ]
        for (state, answer, now, action) in table {
            var state = state
            #expect(state.next(answer, now: now) == action, "\(answer) at \(now)")
        }
    }

    @Test("a device that is back is found within a second, whatever the time it was away")
    func backOff() {
        var policy = PlaybackPolicy(periodFrames: 100, bufferFrames: 400, now: 0)
        var action = policy.next(.failed(ENODEV), now: 0)
        var now: Int64 = 0
        while now < 3600 * Self.second {
            guard case .reopen(ENODEV, let delay) = action, (250_000_000...700_000_000).contains(delay) else {
                Issue.record("\(action) at \(now)")
                return
            }
            now += delay
            action = policy.next(.openFailed(ENOENT), now: now)
        }
    }

    @Test("filling a new buffer is no proof of life, playing more than it is")
    func proof() {
        func delays(framesEach: Int) -> [Int64] {
            var policy = PlaybackPolicy(periodFrames: 100, bufferFrames: 400, now: 0)
            return (1...5).map { _ in
                let action = policy.next(.failed(EIO), now: 0)
                _ = policy.next(.opened, now: 0)
                _ = policy.next(.accepted(framesEach), now: 0)
                guard case .reopen(_, let delay) = action else { return 0 }
                return delay / 1_000_000
            }
        }
        #expect(delays(framesEach: 400) == [250, 500, 700, 700, 700])
        #expect(delays(framesEach: 500) == [250, 250, 250, 250, 250])
    }
}
