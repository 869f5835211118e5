/// Standard MIDI Files for tests, put together by hand.
enum MIDIFileBuilder {
    static let endOfTrack: [UInt8] = [0, 0xFF, 0x2F, 0]

    /// A file of these track bodies, 96 ticks in a quarter unless said otherwise; nothing is added to the bodies.
    static func file(format: UInt8, division: [UInt8] = [0, 96], _ tracks: [UInt8]...) -> [UInt8] {
        let count = tracks.count
        return Array("MThd".utf8) + [0, 0, 0, 6, 0, format, UInt8(count >> 8), UInt8(count & 0xFF)] + division
            + tracks.flatMap { chunk("MTrk", $0) }
    }

    static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        Array(name.utf8) + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: body.count >> $0) } + body
    }
}
