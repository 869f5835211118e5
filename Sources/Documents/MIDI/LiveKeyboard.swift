public import Music

/// What the keys and pedals of a MIDI cable do to one piano, message by message.
///
/// All sixteen channels play the same keyboard: a key comes up when its last channel lets go, a pedal stands where the
/// deepest of them has it. Velocities take the low bits of controller 88 (CA-031).
public struct LiveKeyboard: Sendable {
    /// A movement on the keyboard or of a pedal.
    public enum Event: Hashable, Sendable {
        /// Velocity 1...127 with fractions.
        case strike(Pitch, velocity: Float)
        /// Velocity 1...127, 64 where the keyboard says nothing.
        case release(Pitch, velocity: Float)
        case pedal(Pedal, depth: UnitInterval)
    }

    /// Release velocity where the keyboard says nothing.
    private static let neutralRelease: Float = 64

    private var stream = MIDIByteStream()
    /// A bit for each channel that holds the key.
    private var holders = [UInt16](repeating: 0, count: 128)
    /// Depth of each pedal on each channel, 0...127.
    private var depths = [[UInt8]](repeating: [UInt8](repeating: 0, count: 16), count: Pedal.allCases.count)
    private var standing = [UInt8](repeating: 0, count: Pedal.allCases.count)
    /// The low seven bits of the next velocity on each channel.
    private var prefixes = [UInt8](repeating: 0, count: 16)

    public init() {}

    /// Takes the next bytes of the cable, cut anywhere.
    ///
    /// - Returns: what they do, in their order.
    public mutating func take(_ bytes: some Sequence<UInt8>) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            guard let (status, first, second) = stream.take(byte) else { continue }
            let channel = Int(status & 0x0F)
            switch status & 0xF0 {
            case 0x90 where second > 0: strike(first, channel, takeVelocity(second, channel), &events)
            case 0x80, 0x90:
                let isNeutral = status & 0xF0 == 0x90 || second == 0
                let velocity = takeVelocity(second, channel)
                release(first, channel, isNeutral ? Self.neutralRelease : velocity, &events)
            case 0xB0: control(first, second, channel, &events)
            default: break
            }
        }
        return events
    }

    /// Lets go of all keys and pedals.
    ///
    /// - Returns: what comes up.
    public mutating func letGo() -> [Event] {
        var events: [Event] = []
        for channel in 0..<16 {
            keysUp(channel, &events)
            pedalsUp(channel, &events)
        }
        return events
    }

    private mutating func takeVelocity(_ coarse: UInt8, _ channel: Int) -> Float {
        defer { prefixes[channel] = 0 }
        return min(127, Float(coarse) + Float(prefixes[channel]) / 128)
    }

    private mutating func strike(_ key: UInt8, _ channel: Int, _ velocity: Float, _ events: inout [Event]) {
        let pitch = Pitch(Int(key))
        guard Pitch.pianoRange.contains(pitch) else { return }
        holders[Int(key)] |= 1 << UInt16(channel)
        events.append(.strike(pitch, velocity: velocity))
    }

    private mutating func release(_ key: UInt8, _ channel: Int, _ velocity: Float, _ events: inout [Event]) {
        let bit: UInt16 = 1 << UInt16(channel)
        guard holders[Int(key)] & bit != 0 else { return }
        holders[Int(key)] &= ~bit
        if holders[Int(key)] == 0 { events.append(.release(Pitch(Int(key)), velocity: velocity)) }
    }

    private mutating func control(_ controller: UInt8, _ value: UInt8, _ channel: Int, _ events: inout [Event]) {
        switch controller {
        case 64: move(.sustain, value, channel, &events)
        case 66: move(.sostenuto, value, channel, &events)
        case 67: move(.unaCorda, value, channel, &events)
        case 88: prefixes[channel] = value
        case 120, 121:
            // All sound off stops what the pedals hold too; a reset of all controllers leaves the keys.
            if controller == 120 { keysUp(channel, &events) }
            pedalsUp(channel, &events)
            prefixes[channel] = 0
        case 123...127: keysUp(channel, &events)
        default: break
        }
    }

    private mutating func keysUp(_ channel: Int, _ events: inout [Event]) {
        for key in UInt8(0)..<128 { release(key, channel, Self.neutralRelease, &events) }
    }

    private mutating func pedalsUp(_ channel: Int, _ events: inout [Event]) {
        for pedal in Pedal.allCases { move(pedal, 0, channel, &events) }
    }

    private mutating func move(_ pedal: Pedal, _ value: UInt8, _ channel: Int, _ events: inout [Event]) {
        let i = pedal.rawValue
        depths[i][channel] = value
        let deepest = depths[i].max() ?? 0
        guard deepest != standing[i] else { return }
        standing[i] = deepest
        events.append(.pedal(pedal, depth: UnitInterval(Float(deepest) / 127)))
    }
}
