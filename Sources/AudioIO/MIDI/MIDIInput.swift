import Glibc

/// Where the bytes of a MIDI keyboard come from.
package protocol MIDIInput: Sendable {
    /// How it is called in messages.
    var name: String { get }
    /// The bytes that come within a time, none where nothing was played; nil at the end of the input.
    ///
    /// - Throws: `.deviceLost` when the keyboard has gone.
    func read(milliseconds: Int32) throws(AudioIOError) -> [UInt8]?
}

/// Opens what a name stands for: `-` is standard input, a path a raw MIDI device or a named pipe, anything else a port
/// of the ALSA sequencer; nil takes the first port that a keyboard plays to.
///
/// - Throws: `.notFound` for a path that is not there, `.noDevice` for a port that is not there, `.badData` for a file.
package func openMIDIInput(_ name: String?) throws(AudioIOError) -> any MIDIInput {
    guard let name else { return try SequencerMIDIInput(port: nil) }
    if name == "-" { return DescriptorMIDIInput.standardInput }
    if name.contains("/") || isStream(name) { return try DescriptorMIDIInput(path: name) }
    return try SequencerMIDIInput(port: name)
}

/// Whether bytes can be read from what a name stands for in this folder as they come: a FIFO or a device.
private func isStream(_ name: String) -> Bool {
    var status = stat()
    guard unsafe stat(name, &status) == 0 else { return false }
    return [S_IFIFO, S_IFCHR].contains(status.st_mode & S_IFMT)
}
