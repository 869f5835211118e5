import CSndfile

/// How a sound file is written: container and encoding.
package struct SoundFileFormat: Hashable, Sendable, CustomStringConvertible {
    package enum Container: String, Hashable, Sendable, CaseIterable { case wav, flac, ogg, opus, mp3, aiff, caf }
    package enum Encoding: Hashable, Sendable { case int16, int24, float32, lossy }

    package let container: Container
    package let encoding: Encoding

    /// Trusts that the two fit; `init(path:format:bits:)` checks.
    init(_ container: Container, _ encoding: Encoding) {
        self.container = container
        self.encoding = encoding
    }

    /// 24-bit WAV.
    package static let wav24 = SoundFileFormat(.wav, .int24)
    /// 32-bit float WAV.
    package static let wav32f = SoundFileFormat(.wav, .float32)

    /// The format from a path's extension, overridden by a name and a bit depth.
    /// - Parameters:
    ///   - path: the output; `-` is WAV.
    ///   - format: such as `wav`, `wav16`, `wav24`, `wav32f` or `flac`; nil looks at the extension.
    ///   - bits: `16`, `24` or `32f`; nil is 24 where the format has a choice.
    /// - Throws: `.unsupportedFormat` with what is possible.
    package init(path: String, format: String? = nil, bits: String? = nil) throws(AudioIOError) {
        let known = Container.allCases.map(\.rawValue).joined(separator: ", ")
        var depth = bits
        var name: String
        if let format {
            name = format.lowercased()
            if Self.container(named: name) == nil,
                let suffix = ["16", "24", "32f"].first(where: { name.hasSuffix($0) }),
                Self.container(named: String(name.dropLast(suffix.count))) != nil
            {
                name.removeLast(suffix.count)
                depth = bits ?? suffix
            }
            guard Self.container(named: name) != nil else {
                throw AudioIOError(
                    .unsupportedFormat, format, "the format \(format) is not known: use one of \(known)")
            }
        } else if path == "-" {
            name = Container.wav.rawValue
        } else {
            let base = Destination.split(path).base
            let dot = base.lastIndex(of: ".") ?? base.endIndex
            name = base[dot...].dropFirst().lowercased()
            guard Self.container(named: name) != nil else {
                let what = name.isEmpty ? "\(path) has no extension" : "the extension .\(name) of \(path) is not known"
                throw AudioIOError(
                    .unsupportedFormat, path, "\(what): use one of \(known), or say --format")
            }
        }
        let container = Self.container(named: name) ?? .wav
        self.init(container, try Self.encoding(depth, for: container))
    }

    private static func container(named name: String) -> Container? {
        switch name {
        case "aif", "aifc": .aiff
        case "oga": .ogg
        case "wave": .wav
        default: Container(rawValue: name)
        }
    }

    private static func encoding(_ bits: String?, for container: Container) throws(AudioIOError) -> Encoding {
        let choices: [(name: String, encoding: Encoding)] =
            switch container {
            case .wav, .aiff, .caf: [("24", .int24), ("16", .int16), ("32f", .float32)]
            case .flac: [("24", .int24), ("16", .int16)]
            case .ogg, .opus, .mp3: []
            }
        guard let bits else { return choices.first?.encoding ?? .lossy }
        if let choice = choices.first(where: { $0.name == bits.lowercased() }) { return choice.encoding }
        let what =
            choices.isEmpty
            ? "\(container.rawValue) has no bit depth to choose: leave out --bits"
            : "\(container.rawValue) cannot hold \(bits) bits: use \(choices.map(\.name).joined(separator: ", "))"
        throw AudioIOError(.unsupportedFormat, bits, what)
    }

    package var description: String {
        switch encoding {
        case .int16: container.rawValue + "16"
        case .int24: container.rawValue + "24"
        case .float32: container.rawValue + "32f"
        case .lossy: container.rawValue
        }
    }

    /// The integer depth that wants dither, nil for float and lossy formats.
    package var ditherBits: Int? {
        switch encoding {
        case .int16: 16
        case .int24: 24
        case .float32, .lossy: nil
        }
    }

    /// Whether samples over full scale survive.
    package var keepsOverFullScale: Bool { encoding == .float32 }

    /// Whether the file makes sense without going back to its start: what may go into a pipe.
    package var isStreamable: Bool {
        switch container {
        case .wav, .flac, .ogg, .opus, .mp3: true
        case .aiff, .caf: false
        }
    }

    /// Bytes of one stereo frame before any compression.
    var bytesPerFrame: Int {
        switch encoding {
        case .int16, .lossy: 4
        case .int24: 6
        case .float32: 8
        }
    }

    /// The size to expect, on the safe side but not far from it.
    package func estimatedBytes(frames: Int64, sampleRate: Int) -> Int64 {
        let pcm = frames.multipliedReportingOverflow(by: Int64(bytesPerFrame))
        guard !pcm.overflow else { return .max }
        let seconds = frames / Int64(sampleRate) + 1
        return switch container {
        case .wav, .aiff, .caf: 8192 + pcm.partialValue
        // Pieces take 20 to 37 % of their samples at the usual level.
        case .flac: 8192 + pcm.partialValue / 2
        // The most that Opus has is 510 kbit/s, and piano takes some 410 of them; the others some 140.
        case .opus: 8192 + seconds * 64_000
        case .ogg, .mp3: 8192 + seconds * 28_000
        }
    }

    /// Refuses a sample rate that the format cannot carry.
    package func check(sampleRate: Int) throws(AudioIOError) {
        if container == .opus, sampleRate != 48_000 {
            throw AudioIOError(
                .unsupportedFormat, "opus", "opus runs at 48000 Hz only, not \(sampleRate): use --rate 48000")
        }
        if container == .mp3, sampleRate > 48_000 {
            throw AudioIOError(
                .unsupportedFormat, "mp3", "mp3 ends at 48000 Hz, not \(sampleRate): use --rate 48000 or 44100")
        }
        var info = SF_INFO()
        info.channels = 2
        info.samplerate = Int32(clamping: sampleRate)
        info.format = code(large: false)
        guard unsafe sf_format_check(&info) != 0 else {
            throw AudioIOError(
                .unsupportedFormat, description, "\(description) at \(sampleRate) Hz cannot be written by libsndfile")
        }
    }

    /// libsndfile's number; `large` stands for RF64 in place of WAV.
    func code(large: Bool) -> Int32 {
        let major =
            switch container {
            case .wav: large ? SF_FORMAT_RF64 : SF_FORMAT_WAV
            case .flac: SF_FORMAT_FLAC
            case .ogg, .opus: SF_FORMAT_OGG
            case .mp3: SF_FORMAT_MPEG
            case .aiff: SF_FORMAT_AIFF
            case .caf: SF_FORMAT_CAF
            }
        let minor =
            switch (encoding, container) {
            case (.int16, _): SF_FORMAT_PCM_16
            case (.int24, _): SF_FORMAT_PCM_24
            case (.float32, _): SF_FORMAT_FLOAT
            case (.lossy, .opus): SF_FORMAT_OPUS
            case (.lossy, .mp3): SF_FORMAT_MPEG_LAYER_III
            case (.lossy, _): SF_FORMAT_VORBIS
            }
        return Int32(major | minor)
    }
}
