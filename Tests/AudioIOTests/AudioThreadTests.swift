import AudioIO
import CAllocationCounter
import Glibc
import Testing

/// A device that keeps nothing, on a clock that does not wait.
private final class Sink: PCMDevice {
    let name = "sink"
    private var encoder: PCMEncoder
    private(set) var frames = 0
    /// Writes after which one fails.
    var failsAfter = Int.max
    private var writes = 0

    init(format: PCMSampleFormat) { encoder = PCMEncoder(format: format, channels: 2, capacity: 9600) }

    func open(_ request: PCMRequest) -> PCMConfiguration {
        PCMConfiguration(
            device: name, sampleRate: 48_000, format: .float32, channels: 2, periodFrames: 2400, bufferFrames: 9600)
    }
    func prepare() -> Int32 { 0 }
    func wait(milliseconds: Int32) -> Int32 { 1 }
    func room() -> Int { 9600 }
    func write(left: Span<Float>, right: Span<Float>) -> Int {
        writes += 1
        if writes == failsAfter { return -Int(EPIPE) }
        encoder.encode(left: left, right: right)
        frames += left.count
        return left.count
    }
    func rewind(_ frames: Int) -> Int { 0 }
    func recover(from code: Int32) -> Int32 { 0 }
    func drain(seconds: Double) {}
    func drop() {}
    func close() {}
}

/// Counts what the thread allocates between two of its blocks.
private struct CountedSource: AudioSource, ~Copyable {
    var blocks = 0
    var allocations = -1
    static let (first, last) = (100, 5000)

    mutating func read(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>) -> Int {
        if blocks == Self.first { allocation_counter_start() }
        if blocks == Self.last { allocations = allocation_counter_stop() }
        blocks += 1
        for i in left.indices {
            left[i] = 0.25
            right[i] = -0.25
        }
        return blocks > Self.last ? 0 : left.count
    }
}

@Suite("Audio thread")
struct AudioThreadTests {
    @Test("playing and recovering from an xrun allocate and free nothing", arguments: PCMSampleFormat.allCases)
    func allocations(format: PCMSampleFormat) throws {
        let device = Sink(format: format)
        device.failsAfter = 1000
        let control = PlaybackControl()
        var player = LivePlayer(
            device: device, configuration: device.open(PCMRequest()), control: control, clock: ScriptedClock())
        var source = CountedSource()
        #expect(try player.play(&source) == .finished)
        #expect(source.allocations == 0)
        #expect(control.xruns == 1 && device.frames == CountedSource.last * LivePlayer.block)
    }
}
