import AudioIO
import Moods

/// Format, rate, level and destination of an output: option, then environment, then moment, then built-in value.
struct OutputChoice: Sendable {
    private(set) var path: String
    let format: SoundFileFormat
    let rate: Int
    /// LUFS, the true peak staying below -1 dBTP; nil leaves the instrument's own level.
    let loudness: Float?
    private(set) var force: Bool
    let threads: Int
    let block: Int

    static let rates = [44100, 48000, 88200, 96000]

    init(path: String, wishes: OutputWishes, moment: Moment, environment: Environment) throws(StudioError) {
        self.path = path
        force = wishes.force
        if path == "-", environment.standardOutputIsTerminal {
            throw StudioError(
                .usage, "standard output is a terminal: send '-' to a file or a program, as in '- | aplay'")
        }
        if wishes.format == nil, path.hasPrefix("/dev/"), moment.output.format == nil {
            // A device has no extension: what it takes is samples.
            format = .wav24
        } else {
            let preferred = environment.variables["BEACHPIANO_FORMAT"] ?? moment.output.format
            let bits = wishes.bits ?? environment.variables["BEACHPIANO_BITS"]
            do throws(AudioIOError) {
                format = try Self.format(path: path, wanted: wishes.format, bits: bits, preferred: preferred)
            } catch { throw StudioError(error) }
            if wishes.format != nil, let byPath = try? SoundFileFormat(path: path), path != "-",
                byPath.container != format.container
            {
                throw StudioError(
                    .usage,
                    "\(path) is the name of a \(byPath.container.rawValue) file, but --format asks for \(format)")
            }
        }
        let variable = try Self.integer("BEACHPIANO_RATE", environment)
        let wantedRate = wishes.rate ?? variable ?? moment.output.rate ?? 48000
        guard Self.rates.contains(wantedRate) else {
            throw StudioError(.usage, "rate is \(wantedRate), not one of 44100, 48000, 88200, 96000 Hz")
        }
        rate = wantedRate
        do throws(AudioIOError) { try format.check(sampleRate: wantedRate) } catch { throw StudioError(error) }
        if path == "-", !format.isStreamable {
            throw StudioError(.usage, "'-' streams WAV only; write \(format) to a file")
        }
        let text = wishes.loudness ?? environment.variables["BEACHPIANO_LOUDNESS"]
        if let text {
            loudness = try Self.loudness(text)
        } else {
            loudness = moment.output.loudness ?? -23
        }
        threads = wishes.threads ?? 1
        guard (1...2).contains(threads) else { throw StudioError(.usage, "threads is \(threads), not 1 or 2") }
        block = wishes.block ?? 512
        guard (1...8192).contains(block) else { throw StudioError(.usage, "block is \(block), outside 1...8192") }
    }

    /// What of it was asked for by options and variables, and is not the moment's own: a moment file keeps it.
    ///
    /// The instrument's own level is left out: it belongs to one file.
    func said(_ wishes: OutputWishes, _ environment: Environment) -> OutputSettings {
        func isSaid(_ wish: Any?, _ variable: String) -> Bool { wish != nil || environment.variables[variable] != nil }
        return OutputSettings(
            rate: isSaid(wishes.rate, "BEACHPIANO_RATE") ? rate : nil,
            format: isSaid(wishes.format, "BEACHPIANO_FORMAT") || isSaid(wishes.bits, "BEACHPIANO_BITS")
                ? format.description : nil,
            loudness: isSaid(wishes.loudness, "BEACHPIANO_LOUDNESS") ? loudness : nil)
    }

    /// LUFS from -60 to 0, or nil for `off`.
    static func loudness(_ text: String) throws(StudioError) -> Float? {
        if text == "off" { return nil }
        guard let value = Float(text), value.isFinite, (-60...0).contains(value) else {
            throw StudioError(.usage, "loudness is '\(text)', neither -60...0 LUFS nor 'off'")
        }
        return value
    }

    /// The same for another file.
    func moved(to path: String, force: Bool) -> OutputChoice {
        var choice = self
        choice.path = path
        choice.force = force
        return choice
    }

    /// The extension wins over the container that a variable or the moment prefers; where both name the same, these may
    /// give the bits.
    private static func format(path: String, wanted: String?, bits: String?, preferred: String?) throws(AudioIOError)
        -> SoundFileFormat
    {
        guard wanted == nil, let preferred else { return try SoundFileFormat(path: path, format: wanted, bits: bits) }
        let own = try SoundFileFormat(path: path, format: preferred, bits: bits)
        let name = path[(path.lastIndex(of: "/") ?? path.startIndex)...]
        guard name.contains(".") else { return own }
        let byPath = try SoundFileFormat(path: path, bits: bits)
        return own.container == byPath.container ? own : byPath
    }

    /// Looks at the place before anything is rendered.
    func checkDestination() throws(StudioError) {
        if path == "-" { return }
        _ = try studio { () throws(AudioIOError) in try Destination(path: path, force: force) }
    }

    /// Refuses what cannot fit.
    func checkRoom(frames: Int) throws(StudioError) {
        if path == "-" { return }
        try studio { () throws(AudioIOError) in
            try Destination(path: path, force: force).checkRoom(
                for: format.estimatedBytes(frames: Int64(frames), sampleRate: rate))
        }
    }

    private static func integer(_ variable: String, _ environment: Environment) throws(StudioError) -> Int? {
        guard let text = environment.variables[variable] else { return nil }
        guard let value = Int(text) else { throw StudioError(.usage, "\(variable) is '\(text)', not a number") }
        return value
    }
}

/// Runs what may fail with an `AudioIOError` and names the failure as the studio does.
func studio<T: ~Copyable>(_ body: () throws(AudioIOError) -> T) throws(StudioError) -> T {
    do throws(AudioIOError) { return try body() } catch { throw StudioError(error) }
}

extension StudioError {
    init(_ error: AudioIOError) {
        self.init(Kind(rawValue: error.exitCode) ?? .ioError, error.description)
    }
}
