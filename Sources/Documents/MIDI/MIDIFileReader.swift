public import Music

/// What a Standard MIDI File holds for one piano.
public struct MIDIFileContents: Hashable, Sendable {
    /// The music; its length is the file's own end, without time for the strings to die away.
    public var performance: Performance
    /// Seconds of markers and cue points, rising.
    public var markers: [Double] = []
    /// Notes on channel 10, the drums, that were left out.
    public var drumNotes = 0
    /// Notes beyond the 88 keys that were left out.
    public var notesOffTheKeyboard = 0
}

/// Reads Standard MIDI Files (RP-001) of formats 0, 1 and 2, bare or in a RIFF, for one piano.
///
/// Understood are running status, tempo maps, SMPTE divisions, the three pedals with all depths between, velocities of
/// 14 bits (CC 88, CA-031), release velocities, and the messages that reset a channel. The sequences of a format 2 file
/// follow one another. Hostile bytes end in an error, never in a trap, in a time that grows with their number.
public enum MIDIFileReader {
    /// The channel that General MIDI gives to the drums.
    public static let drumChannel = 10

    /// The music in a file's bytes.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - channels: the channels 1...16 that are to sound; nil for all but the drums.
    /// - Returns: the performance, and what was left out of it.
    /// - Throws: what is wrong, and where.
    public static func read(_ bytes: [UInt8], channels: Set<Int>? = nil) throws(MIDIFileError) -> MIDIFileContents {
        guard !bytes.isEmpty else { throw MIDIFileError(0, "the file is empty") }
        var reader = ByteReader(bytes)
        let header = try Header(&reader)
        var events = MIDIFileEvents(channels: channels ?? Set(1...16).subtracting([drumChannel]))
        var tracks = 0
        while tracks < header.trackCount {
            guard !reader.isAtEnd else {
                throw MIDIFileError(
                    reader.offset, "the header announces \(header.trackCount) tracks, the file ends after \(tracks)")
            }
            let isTrack = try reader.name("a chunk's name") == "MTrk"
            let length = try reader.number(4, "a chunk's length")
            var chunk = try reader.part(length, isTrack ? "a track" : "an unknown chunk")
            guard isTrack else { continue }
            if header.format == 2, tracks > 0 { events.beginSequence() }
            try events.addTrack(&chunk, isFirst: tracks == 0)
            tracks += 1
        }
        return try contents(events, header, chosen: channels)
    }

    private static func contents(_ events: MIDIFileEvents, _ header: Header, chosen: Set<Int>?) throws(MIDIFileError)
        -> MIDIFileContents
    {
        var clock = TickTimeline(header.division, tempi: events.tempi)
        var keyboard = KeyboardReading()
        for message in events.sorted { try keyboard.take(message, at: clock.seconds(message.tick)) }
        let end = try keyboard.end(at: clock.seconds(events.end))
        guard !keyboard.notes.isEmpty else { throw noNotes(events, keyboard, chosen) }
        var performance = Performance(
            title: events.title, notes: keyboard.notes, pedals: keyboard.pedals,
            tempoMap: clock.points(end: events.end, before: end), duration: end)
        performance.timeSignatures = events.timeSignatures.compactMap { tick, signature in
            clock.beat(tick).map { TimeSignature(beat: $0, signature.numerator, over: signature.denominator) }
        }
        performance.keySignatures = events.keySignatures.compactMap { tick, signature in
            clock.beat(tick).map { KeySignature(beat: $0, fifths: signature.fifths, isMinor: signature.isMinor) }
        }
        var timeline = TickTimeline(header.division, tempi: events.tempi)
        let markers = events.markers.sorted().map { timeline.seconds($0) }
        return MIDIFileContents(
            performance: performance, markers: markers, drumNotes: chosen == nil ? events.strikes[drumChannel - 1] : 0,
            notesOffTheKeyboard: keyboard.offTheKeyboard)
    }

    private static func noNotes(_ events: MIDIFileEvents, _ keyboard: KeyboardReading, _ chosen: Set<Int>?)
        -> MIDIFileError
    {
        if keyboard.offTheKeyboard > 0 {
            return MIDIFileError(0, "all its notes lie beyond the 88 keys of a piano")
        }
        let others = (1...16).filter { events.strikes[$0 - 1] > 0 }
        if others.isEmpty { return MIDIFileError(0, "there are no notes in it") }
        if let chosen {
            let names = chosen.sorted().map(String.init).joined(separator: ", ")
            let there = others.map(String.init).joined(separator: ", ")
            return MIDIFileError(0, "there are no notes on channel \(names), only on \(there)")
        }
        return MIDIFileError(0, "its only notes are drums on channel 10, which sound only when that channel is chosen")
    }

    /// What stands before the tracks.
    private struct Header {
        let format: Int
        let trackCount: Int
        let division: TickTimeline.Division

        init(_ reader: inout ByteReader) throws(MIDIFileError) {
            let stranger = MIDIFileError(0, "this is no Standard MIDI File: it does not begin with MThd")
            guard var name = try? reader.name("the header") else { throw stranger }
            if name == "RIFF" {
                // An RMID file: one chunk of a RIFF holds the Standard MIDI File.
                _ = try reader.number(4, "the RIFF's length")
                guard try reader.name("the RIFF") == "RMID" else {
                    throw MIDIFileError(0, "this RIFF holds no Standard MIDI File")
                }
                while try reader.name("a RIFF chunk") != "data" {
                    let length = try reader.bytes(4, "a RIFF chunk's length").reversed().reduce(0) { $0 << 8 | Int($1) }
                    _ = try reader.part(length + length % 2, "a RIFF chunk")
                }
                _ = try reader.number(4, "a RIFF chunk's length")
                name = try reader.name("the header")
            }
            guard name == "MThd" else { throw stranger }
            let length = try reader.number(4, "the header's length")
            guard length >= 6 else { throw MIDIFileError(reader.offset, "the header is too short") }
            var header = try reader.part(length, "the header")
            let place = header.offset
            format = try header.number(2, "the format")
            trackCount = try header.number(2, "the number of tracks")
            let division = try header.number(2, "the division")
            guard format <= 2 else { throw MIDIFileError(place, "the format is \(format), not 0, 1 or 2") }
            do throws(TickTimeline.Division.Fault) { self.division = try TickTimeline.Division(division) } catch {
                throw MIDIFileError(place + 4, error.message)
            }
        }
    }
}
