package import Moods

/// What the user's `config.yaml` asks of every piece: it beats the moment, options and variables beat it.
package struct Configuration: Sendable {
    private var reader: MomentReader?
    /// The playback device.
    package private(set) var device: String?
    /// Length of the device's buffer in milliseconds.
    package private(set) var latency: Int?

    /// Asks for nothing.
    package init() {}

    /// The configuration in a file's bytes; `name` is how the file is called in findings.
    package init(bytes: [UInt8], name: String) throws(PresetError) {
        var reader = try MomentReader(bytes: bytes, name: name, scope: .configuration)
        self.reader = reader
        device = reader.text("play.device")
        latency = reader.integer("play.latency")
        // What is wrong is found by using it once.
        var moment = reader.standard
        reader.apply(to: &moment)
        try reader.findings.check()
    }

    /// Sets in `moment` what the configuration names.
    package func apply(to moment: inout Moment) {
        var reader = reader
        reader?.apply(to: &moment)
    }
}
