/// Takes apart the bytes of a MIDI cable as they come.
///
/// Running status is kept until a system message, real-time bytes may stand between any others, system exclusive
/// messages and data without a status are skipped (MIDI 1.0).
struct MIDIByteStream: Sendable {
    /// Status of the message under way, 0 for none that is of interest.
    private var status: UInt8 = 0
    private var first: UInt8?

    /// Takes the next byte.
    ///
    /// - Returns: a whole message of a channel with two data bytes; nil while there is none.
    mutating func take(_ byte: UInt8) -> (status: UInt8, first: UInt8, second: UInt8)? {
        switch byte {
        case 0xF8...: return nil
        case 0x80...:
            status = byte < 0xF0 ? byte : 0
            first = nil
            return nil
        default: break
        }
        let kind = status & 0xF0
        // Programs and channel pressure have one byte, and say nothing to a piano.
        guard status != 0, kind != 0xC0, kind != 0xD0 else { return nil }
        guard let before = first else {
            first = byte
            return nil
        }
        first = nil
        return (status, before, byte)
    }
}
