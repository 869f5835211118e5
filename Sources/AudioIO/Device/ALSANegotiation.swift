import CALSA
import CAudioSupport
import Glibc

/// Opening a device and agreeing on rate, format, channels and buffer.
enum ALSANegotiation {
    /// Which way the sound goes.
    enum Direction: Sendable {
        case playback, capture

        var stream: snd_pcm_stream_t { self == .playback ? SND_PCM_STREAM_PLAYBACK : SND_PCM_STREAM_CAPTURE }
    }

    /// What came of it: a handle with its configuration, or a code.
    @safe
    struct Answer: @unchecked Sendable {
        var handle: OpaquePointer?
        var configuration: PCMConfiguration?
        var code: Int32 = 0
        /// ALSA's own words.
        var detail = ""
    }

    private static let formats: [(PCMSampleFormat, snd_pcm_format_t)] = [
        (.float32, SND_PCM_FORMAT_FLOAT_LE), (.int32, SND_PCM_FORMAT_S32_LE), (.int24, SND_PCM_FORMAT_S24_LE),
        (.int24packed, SND_PCM_FORMAT_S24_3LE), (.int16, SND_PCM_FORMAT_S16_LE),
    ]

    /// Opens `device`; may block for ever, so it runs under a time limit.
    static func open(_ device: String, _ request: PCMRequest, _ direction: Direction = .playback) -> Answer {
        bp_alsa_capture_errors()
        var answer = Answer()
        answer.code = unsafe snd_pcm_open(&answer.handle, device, direction.stream, Int32(SND_PCM_NONBLOCK))
        if answer.code == 0, let pcm = unsafe answer.handle {
            var configuration = PCMConfiguration(
                device: device, sampleRate: request.sampleRate, format: .float32, channels: 2, periodFrames: 0,
                bufferFrames: 0)
            answer.code = unsafe negotiate(pcm, request, &configuration)
            unsafe configuration.server = server(behind: pcm)
            if answer.code == 0 { answer.configuration = configuration }
        }
        if answer.code != 0 {
            answer.detail = unsafe bp_alsa_last_error().map { unsafe String(cString: $0) } ?? ""
            if let pcm = unsafe answer.handle { unsafe snd_pcm_close(pcm) }
            unsafe answer.handle = nil
        }
        return answer
    }

    private static func negotiate(
        _ pcm: OpaquePointer, _ request: PCMRequest, _ configuration: inout PCMConfiguration
    ) -> Int32 {
        var hardware: OpaquePointer?
        guard unsafe snd_pcm_hw_params_malloc(&hardware) == 0 else { return -ENOMEM }
        defer { unsafe snd_pcm_hw_params_free(hardware) }
        var code = unsafe snd_pcm_hw_params_any(pcm, hardware)
        if code < 0 { return code }
        code = unsafe snd_pcm_hw_params_set_access(pcm, hardware, SND_PCM_ACCESS_RW_INTERLEAVED)
        if code < 0 { return code }

        let found = formats.first { unsafe snd_pcm_hw_params_test_format(pcm, hardware, $0.1) == 0 }
        guard let (format, number) = found else { return -EINVAL }
        code = unsafe snd_pcm_hw_params_set_format(pcm, hardware, number)
        if code < 0 { return code }

        var channels: UInt32 = 2
        code = unsafe snd_pcm_hw_params_set_channels_near(pcm, hardware, &channels)
        if code < 0 { return code }
        var rate = UInt32(request.sampleRate)
        code = unsafe snd_pcm_hw_params_set_rate_near(pcm, hardware, &rate, nil)
        if code < 0 { return code }
        if request.isExact, Int(rate) != request.sampleRate { return -EINVAL }

        var bufferTime = UInt32(max(0.002, min(2, request.latency)) * 1e6)
        var periodTime = bufferTime / 4
        // The period first: JACK's plugin has only whole periods of the server, and a buffer of no whole number of them leaves
        // none to choose.
        code = unsafe snd_pcm_hw_params_set_period_time_near(pcm, hardware, &periodTime, nil)
        if code < 0 { return code }
        code = unsafe snd_pcm_hw_params_set_buffer_time_near(pcm, hardware, &bufferTime, nil)
        if code < 0 { return code }
        code = unsafe snd_pcm_hw_params(pcm, hardware)
        if code < 0 { return code }

        var buffer: snd_pcm_uframes_t = 0
        var period: snd_pcm_uframes_t = 0
        unsafe snd_pcm_hw_params_get_buffer_size(hardware, &buffer)
        unsafe snd_pcm_hw_params_get_period_size(hardware, &period, nil)
        guard buffer > 0, period > 0, channels > 0, rate > 0 else { return -EINVAL }
        configuration.sampleRate = Int(rate)
        configuration.format = format
        configuration.channels = Int(channels)
        configuration.bufferFrames = Int(buffer)
        configuration.periodFrames = Int(period)

        var software: OpaquePointer?
        guard unsafe snd_pcm_sw_params_malloc(&software) == 0 else { return -ENOMEM }
        defer { unsafe snd_pcm_sw_params_free(software) }
        code = unsafe snd_pcm_sw_params_current(pcm, software)
        if code < 0 { return code }
        // Starts when all but a period is filled, wakes us for each period.
        unsafe snd_pcm_sw_params_set_start_threshold(pcm, software, max(1, buffer - min(buffer - 1, period)))
        unsafe snd_pcm_sw_params_set_avail_min(pcm, software, period)
        code = unsafe snd_pcm_sw_params(pcm, software)
        return code < 0 ? code : unsafe snd_pcm_prepare(pcm)
    }

    /// Whose plugin is the last in the chain of a device's plugins, by the text that ALSA has on it.
    private static func server(behind pcm: OpaquePointer) -> SoundServer? {
        var output: OpaquePointer?
        guard unsafe snd_output_buffer_open(&output) == 0 else { return .another }
        defer { unsafe snd_output_close(output) }
        unsafe snd_pcm_dump(pcm, output)
        var start: UnsafeMutablePointer<CChar>?
        let count = unsafe snd_output_buffer_string(output, &start)
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
        let text = unsafe String(decoding: bytes, as: UTF8.self)
        guard text.contains(" I/O Plugin") else { return nil }
        if text.contains("PipeWire") { return .pipeWire }
        if text.contains("PulseAudio") { return .pulseAudio }
        return text.contains("JACK") ? .jack : .another
    }

    /// One clear line for a code of ALSA, with what to try.
    /// - Parameters:
    ///   - device: its name.
    ///   - code: a negative errno.
    ///   - detail: ALSA's own words.
    ///   - direction: playing or recording.
    /// - Returns: the error to throw.
    static func error(_ device: String, _ code: Int32, detail: String, _ direction: Direction = .playback)
        -> AudioIOError
    {
        let option = direction == .capture ? "--microphone" : "--device"
        let reason = unsafe snd_strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        let (kind, text): (AudioIOError.Kind, String) =
            switch -code {
            case ENOENT where direction == .capture:
                (
                    .noDevice,
                    "there is no microphone here (\(device)): plug one in, name one with --microphone ('arecord -L' lists "
                        + "them), or record a file and say --sound"
                )
            case EINVAL where direction == .capture:
                (.noDevice, "\(device) gives no sound that we can take: try another --microphone")
            case ENOENT where device == "default":
                (
                    .noDevice,
                    "there is no sound device here (default): start a sound server or name one with --device; "
                        + "'beachpiano doctor' lists them"
                )
            case ENOENT: (.noDevice, "there is no sound device \(device): 'beachpiano doctor' lists those there are")
            case EHOSTDOWN:
                (
                    .noDevice,
                    "the sound server behind \(device) is not running: try 'systemctl --user start pipewire wireplumber', "
                        + "or another \(option)"
                )
            case ECONNREFUSED:
                (
                    .noDevice,
                    "the sound server behind \(device) refuses the connection: is PulseAudio or pipewire-pulse running? "
                        + "Try another \(option)"
                )
            case EBUSY:
                (
                    .busy,
                    "\(device) is held by another program ('fuser -v /dev/snd/*' names it): end that, or use \(option) "
                        + "default"
                )
            case EACCES, EPERM:
                (.noDevice, "\(device) may not be used by this user: the group 'audio' usually gives the right")
            case ENODEV, ENXIO: (.noDevice, "the sound device \(device) is not plugged in")
            case ETIMEDOUT:
                (.noDevice, "\(device) does not answer within 3 seconds: the sound server is stuck, restart it")
            case EINVAL:
                (.noDevice, "\(device) offers no stereo sound that we can play: try another --device or --rate")
            default: (.noDevice, "cannot open the sound device \(device): \(reason)")
            }
        return AudioIOError(kind, device, errno: -code, detail: detail, text)
    }
}
