import AudioIO
import Glibc
import Testing

/// ALSA with a configuration of its own: no card, no server, files in place of loudspeakers (ecosystem 2.2).
private final class ALSAFixture: Sendable {
    static let shared = ALSAFixture()
    let folder = TemporaryFolderPath()

    private init() {
        let text = """
            pcm.null { type null }
            pcm.bpfile { type file slave.pcm "null" file "\(folder.path)/float.raw" format "raw" perm 0644 }
            pcm.bp16file { type file slave.pcm "null" file "\(folder.path)/int16.raw" format "raw" perm 0644 }
            pcm.bpint { type linear slave { pcm "bp16file" format S16_LE } }
            pcm.bpbroken { type file slave.pcm "null" file "/nonexistent/folder/x.raw" format "raw" perm 0644 }
            pcm.bpstuck { type file slave.pcm "null" file "\(folder.path)/fifo" format "raw" perm 0644 }
            pcm.!default { type plug slave.pcm "null" hint { show on description "Nothing at all" } }
            ctl.!default { type null }
            """
        unsafe mkfifo(folder.path + "/fifo", 0o600)
        let path = folder.path + "/asound.conf"
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
        unsafe setenv("ALSA_CONFIG_PATH", path, 1)
    }
}

/// A folder that lives as long as the test process.
private struct TemporaryFolderPath: Sendable {
    let path: String
    init() {
        path = "/tmp/bp-alsa-\(getpid())"
        unsafe mkdir(path, 0o700)
        atexit { TemporaryFolder.remove("/tmp/bp-alsa-\(getpid())") }
    }
}

private struct SignalSource: AudioSource, ~Copyable {
    let signal: TestSignal
    var frame = 0
    mutating func read(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>) -> Int {
        let count = min(left.count, signal.left.count - frame)
        for i in 0..<count {
            left[i] = signal.left[frame + i]
            right[i] = signal.right[frame + i]
        }
        frame += count
        return count
    }
}

/// Silence that ends the playing once the device has been opened again twenty times.
private struct StoppingSource: AudioSource, ~Copyable {
    let control: PlaybackControl
    mutating func read(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>) -> Int {
        if control.reopens >= 20 { control.stop() }
        return left.count
    }
}

@Suite("ALSA", .serialized)
struct ALSADeviceTests {
    private func play(_ name: String, latency: Double = 0.2) throws -> (PCMConfiguration, PlaybackControl, TestSignal) {
        let device = ALSADevice(name: name)
        let configuration = try device.open(PCMRequest(latency: latency))
        let control = PlaybackControl()
        var player = LivePlayer(device: device, configuration: configuration, latency: latency, control: control)
        let signal = TestSignal()
        var source = SignalSource(signal: signal)
        #expect(try player.play(&source) == .finished)
        return (configuration, control, signal)
    }

    @Test("what ALSA's file plugin captures is the sound to the bit, but for the fade of the first 10 ms")
    func bitExact() throws {
        let folder = ALSAFixture.shared.folder.path
        let (configuration, control, signal) = try play("bpfile")
        #expect(configuration.format == .float32 && configuration.channels == 2)
        let bytes = TemporaryFolder.bytes(of: folder + "/float.raw")
        #expect(bytes.count == signal.left.count * 8 && control.frames == Int64(signal.left.count))
        let samples = stride(from: 0, to: bytes.count - 3, by: 4).map { i in
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[i + $1]) << (8 * UInt32($1)) })
        }
        #expect((480..<signal.left.count).allSatisfy { samples[2 * $0] == signal.left[$0] })
        #expect((480..<signal.left.count).allSatisfy { samples[2 * $0 + 1] == signal.right[$0] })
        #expect(control.xruns == 0)
    }

    @Test("a device without float gets whole numbers that carry the same sound")
    func integers() throws {
        let folder = ALSAFixture.shared.folder.path
        let (configuration, _, signal) = try play("bpint")
        #expect(configuration.format == .int32)
        let bytes = TemporaryFolder.bytes(of: folder + "/int16.raw")
        #expect(bytes.count == signal.left.count * 4)
        let samples = stride(from: 0, to: bytes.count - 1, by: 2).map { i in
            Float(Int16(truncatingIfNeeded: Int(bytes[i]) | Int(bytes[i + 1]) << 8)) / 32768
        }
        #expect((480..<signal.left.count).allSatisfy { samples[2 * $0] == signal.left[$0] })
    }

    @Test("one line says what was opened")
    func describe() throws {
        _ = ALSAFixture.shared
        let device = ALSADevice()
        let configuration = try device.open(PCMRequest())
        #expect(configuration.description == "playing to: default, 48000 Hz, float32, 2 channels, buffer 200 ms")
        device.close()
        device.close()
    }

    @Test("a device that is not there is one clear error with 69, and ALSA's own words are kept aside")
    func missing() {
        _ = ALSAFixture.shared
        let error = failure { _ = try ALSADevice(name: "nosuch").open(PCMRequest()) }
        #expect(error?.exitCode == 69 && error?.errno == ENOENT)
        #expect(error?.description.contains("nosuch") == true && error?.description.contains("doctor") == true)
        #expect(error?.detail.contains("Unknown PCM nosuch") == true, "\(error?.detail ?? "")")
    }

    @Test("a device that fails for ever is opened again and again, not in an endless loop, until the user ends it")
    func broken() throws {
        _ = ALSAFixture.shared
        let device = ALSADevice(name: "bpbroken")
        let configuration = try device.open(PCMRequest())
        let control = PlaybackControl()
        // Back-off on a clock that does not let us wait.
        let clock = ScriptedClock()
        var player = LivePlayer(device: device, configuration: configuration, control: control, clock: clock)
        var source = StoppingSource(control: control)
        #expect(try player.play(&source) == .stopped)
        #expect(control.reason == EIO && control.reopens >= 20)
        #expect(Double(clock.nanoseconds) * 1e-9 > 0.5 * Double(control.reopens))
    }

    @Test("a device that blocks in opening is given up after 3 seconds, or at once when the user says so")
    func stuck() {
        let folder = ALSAFixture.shared.folder.path
        let clock = SystemClock()
        var start = clock.nanoseconds
        let cancelled = failure { _ = try ALSADevice(name: "bpstuck", isCancelled: { true }).open(PCMRequest()) }
        #expect(cancelled?.exitCode == 69 && Double(clock.nanoseconds - start) * 1e-9 < 0.3)
        start = clock.nanoseconds
        let error = failure { _ = try ALSADevice(name: "bpstuck").open(PCMRequest()) }
        #expect(error?.kind == .noDevice && error?.description.contains("does not answer") == true)
        #expect((2.9...4).contains(Double(clock.nanoseconds - start) * 1e-9))
        // A reader of the pipe lets the waiting threads go, which then close what they opened.
        close(unsafe open(folder + "/fifo", O_RDONLY | O_NONBLOCK))
    }

    @Test("the list of devices marks the default and opens none")
    func list() {
        _ = ALSAFixture.shared
        let devices = DeviceDescription.all()
        #expect(devices.filter(\.isDefault).count <= 1)
        #expect(devices.allSatisfy { !$0.name.isEmpty && !$0.text.contains("\n") })
        #expect(DeviceDescription.libraryVersion.hasPrefix("1."))
    }

    @Test("samples are turned into every format, with mono as the mean and spare channels silent")
    func encoder() {
        func encode(_ format: PCMSampleFormat, _ channels: Int, _ l: Float, _ r: Float) -> [UInt8] {
            var encoder = PCMEncoder(format: format, channels: channels, capacity: 1)
            encoder.encode(left: [l].span, right: [r].span)
            return encoder.bytes
        }
        #expect(encode(.int16, 2, 0.5, -1) == [0, 0x40, 0, 0x80])
        #expect(encode(.int16, 2, 2, .nan) == [0xFF, 0x7F, 0, 0])
        #expect(encode(.int24packed, 2, 0.5, -0.5) == [0, 0, 0x40, 0, 0, 0xC0])
        #expect(encode(.int24, 2, 0.5, -0.5) == [0, 0, 0x40, 0, 0, 0, 0xC0, 0xFF])
        #expect(encode(.int32, 2, 1, -1) == [0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0x80])
        #expect(encode(.float32, 1, 1, 0) == [0, 0, 0, 0x3F])
        #expect(encode(.int16, 4, 0.5, -1) == [0, 0x40, 0, 0x80, 0, 0, 0, 0])
    }

    @Test("real-time rights are asked for and the answer told, granted or not")
    func rights() {
        var outcome: RealTimeScheduling?
        var thread = pthread_t()
        // On a thread of its own, so that the test runner keeps its priority.
        unsafe withUnsafeMutablePointer(to: &outcome) { pointer in
            _ = unsafe pthread_create(
                &thread, nil,
                { context in
                    unsafe context?.assumingMemoryBound(to: RealTimeScheduling?.self).pointee = .request()
                    return nil
                }, pointer)
            _ = pthread_join(thread, nil)
        }
        munlockall()
        #expect(outcome?.description.contains("priority") == true)
        #expect(outcome.map { $0.scheduling == 0 || $0.scheduling == EPERM } == true)
    }
}
