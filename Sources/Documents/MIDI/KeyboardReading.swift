import Music

/// What sixteen channels tell one keyboard and its three pedals, in the order of time.
struct KeyboardReading {
    /// The controllers that a piano obeys.
    static let controllers: Set<UInt8> = [64, 66, 67, 88, 120, 121, 123, 124, 125, 126, 127]
    /// Seconds.
    private static let longest = 86_400.0
    /// Seconds of silence at the end that are taken for meant; programs leave any number of bars behind the last note.
    static let longestSilence = 60.0
    /// Release velocity where a file says nothing: 64, as the specification has it; 0 comes from keyboards without.
    private static let neutralRelease: Float = 64

    /// The notes, one hammer to a key, sorted once `end` has been called.
    private(set) var notes: [NoteEvent] = []
    private(set) var pedals: [PedalEvent] = []
    /// Notes beyond the 88 keys.
    private(set) var offTheKeyboard = 0

    private var held = [HeldNotes](repeating: HeldNotes(), count: 16 * 128)
    /// Depth of each pedal on each channel, 0...127.
    private var depths = [[UInt8]](repeating: [UInt8](repeating: 0, count: 16), count: Pedal.allCases.count)
    /// Depth at which each pedal stands: the deepest of its channels, for the piano has one of each.
    private var standing = [UInt8](repeating: 0, count: Pedal.allCases.count)
    /// The low seven bits of the next velocity on each channel (CA-031).
    private var prefixes = [UInt8](repeating: 0, count: 16)
    /// Time of the last message.
    private var last = 0.0

    /// Takes the next message.
    ///
    /// - Parameters:
    ///   - message: what comes next.
    ///   - time: when, seconds.
    /// - Throws: an error past the first day.
    mutating func take(_ message: MIDIMessage, at time: Double) throws(MIDIFileError) {
        guard time < Self.longest else { throw MIDIFileError(0, "the music lasts longer than a day") }
        last = time
        let channel = Int(message.status & 0x0F)
        switch message.status & 0xF0 {
        case 0x90 where message.second > 0:
            strike(message.first, channel, velocity: takeVelocity(message.second, channel), time)
        case 0x80, 0x90:
            let isNeutral = message.status & 0xF0 == 0x90 || message.second == 0
            let velocity = takeVelocity(message.second, channel)
            release(message.first, channel, velocity: isNeutral ? Self.neutralRelease : velocity, time)
        case 0xB0: control(message.first, message.second, channel, time)
        default:
            for channel in 0..<16 {
                letGo(channel, time)
                pedalsUp(channel, time)
            }
        }
    }

    /// Lets go of what is still held and puts the notes in order.
    ///
    /// - Parameter time: the end of the last track, seconds.
    /// - Returns: the end of the music: that time, unless a key comes up later or nothing happens in the minute before.
    /// - Throws: an error past the first day.
    mutating func end(at time: Double) throws(MIDIFileError) -> Double {
        let time = min(time, last + Self.longestSilence)
        for channel in 0..<16 { letGo(channel, time, shortest: 0.5) }
        oneHammerToAKey()
        let end = notes.reduce(time) { max($0, $1.release) }
        guard end < Self.longest else { throw MIDIFileError(0, "the music lasts longer than a day") }
        return end
    }

    // MARK: - Keys

    private mutating func takeVelocity(_ coarse: UInt8, _ channel: Int) -> Float {
        defer { prefixes[channel] = 0 }
        return min(127, Float(coarse) + Float(prefixes[channel]) / 128)
    }

    private mutating func strike(_ key: UInt8, _ channel: Int, velocity: Float, _ time: Double) {
        let pitch = Pitch(Int(key))
        guard Pitch.pianoRange.contains(pitch) else {
            offTheKeyboard += 1
            return
        }
        held[channel << 7 | Int(key)].add(notes.count)
        notes.append(NoteEvent(onset: time, release: -1, pitch: pitch, velocity: velocity))
    }

    private mutating func release(
        _ key: UInt8, _ channel: Int, velocity: Float, _ time: Double, shortest: Double = 0.001
    ) {
        guard let note = held[channel << 7 | Int(key)].takeFirst() else { return }
        notes[note].release = max(time, notes[note].onset + shortest)
        notes[note].releaseVelocity = velocity
    }

    private mutating func letGo(_ channel: Int, _ time: Double, shortest: Double = 0.001) {
        for key in UInt8(0)..<128 {
            while !held[channel << 7 | Int(key)].isEmpty {
                release(key, channel, velocity: Self.neutralRelease, time, shortest: shortest)
            }
        }
    }

    /// Makes one note of those that strike one key at one time, and lets a key that is struck again before it was let
    /// go come up just then, and stay down until the last of its notes ends.
    private mutating func oneHammerToAKey() {
        let sorted = notes.enumerated().sorted {
            ($0.element.pitch, $0.element.onset, $0.offset) < ($1.element.pitch, $1.element.onset, $1.offset)
        }
        var single: [NoteEvent] = []
        single.reserveCapacity(notes.count)
        for (_, next) in sorted {
            guard let before = single.last, before.pitch == next.pitch, next.onset < before.release else {
                single.append(next)
                continue
            }
            var note = next
            if before.release > note.release {
                (note.release, note.releaseVelocity) = (before.release, before.releaseVelocity)
            }
            if before.onset == note.onset {
                note.velocity = max(note.velocity, before.velocity)
                single.removeLast()
            } else {
                single[single.count - 1].release = note.onset
                single[single.count - 1].releaseVelocity = Self.neutralRelease
            }
            single.append(note)
        }
        notes = single.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
    }

    // MARK: - Pedals

    private mutating func control(_ controller: UInt8, _ value: UInt8, _ channel: Int, _ time: Double) {
        switch controller {
        case 64: move(.sustain, value, channel, time)
        case 66: move(.sostenuto, value, channel, time)
        case 67: move(.unaCorda, value, channel, time)
        case 88: prefixes[channel] = value
        case 121:
            pedalsUp(channel, time)
            prefixes[channel] = 0
        case 120:
            // All sound off: what the pedals hold is to stop too.
            letGo(channel, time)
            pedalsUp(channel, time)
        default: letGo(channel, time)
        }
    }

    private mutating func pedalsUp(_ channel: Int, _ time: Double) {
        for pedal in Pedal.allCases { move(pedal, 0, channel, time) }
    }

    private mutating func move(_ pedal: Pedal, _ value: UInt8, _ channel: Int, _ time: Double) {
        let i = pedal.rawValue
        depths[i][channel] = value
        let deepest = depths[i].max() ?? 0
        guard deepest != standing[i] else { return }
        standing[i] = deepest
        pedals.append(PedalEvent(time: time, pedal: pedal, depth: UnitInterval(Float(deepest) / 127)))
    }
}

/// The notes of one key that have not been released, first in, first out, each taken in constant time.
private struct HeldNotes {
    private var indices: [Int] = []
    private var head = 0

    var isEmpty: Bool { head == indices.count }

    mutating func add(_ index: Int) { indices.append(index) }

    mutating func takeFirst() -> Int? {
        guard head < indices.count else { return nil }
        defer { head += 1 }
        return indices[head]
    }
}
