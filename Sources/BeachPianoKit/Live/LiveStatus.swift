import AudioIO
package import Composition
package import Moods
package import Music
import Synchronization

/// What sounds now, for the screen and for programs that ask.
package struct LiveStatus: Sendable {
    package init() {}

    package var title = ""
    package var action: EndlessForm.Action?
    package var theme = 1
    /// The theme's motif as a line of steps.
    package var motif = ""
    package var room = RoomSettings.Kind.near
    package var sea = SeaSettings.State.off
    package var section = ""
    package var key = ""
    package var chord = ""
    /// Where the hand wants the mood, and where the music is: on a bridge, somewhere between.
    package var target: Mood?
    package var mood: Mood?
    /// Seconds of music.
    package var elapsed = 0.0
    /// Seconds until the next section; nil where none follows.
    package var untilNext: Double?
    package var kept = 0

    /// The named mood that is nearest, by the distance of the axes.
    package static func name(of mood: Mood) -> String {
        func distance(_ other: Mood) -> Float {
            LiveCommand.Axis.allCases.reduce(0) { sum, axis in
                let d = mood.value(axis) - other.value(axis)
                return sum + d * d
            }
        }
        let named = NamedMood.all.filter { $0.aliasOf == nil }
        return named.min { distance($0.mood) < distance($1.mood) }?.name ?? ""
    }

    /// The name of the mood that sounds, and of the one that it is on its way to.
    func journey(from mood: Mood) -> String {
        let (here, there) = (Self.name(of: mood), target.map { Self.name(of: $0) })
        return here + (there == nil || there == here ? "" : " -> " + (there ?? ""))
    }

    /// All of it for a program: levels in dB, times in seconds.
    func json(volume: Float, reading: PlaybackMonitor.Reading) -> JSON {
        func axes(_ mood: Mood) -> JSON {
            .object(
                [("name", .string(Self.name(of: mood)))]
                    + LiveCommand.Axis.allCases.map { ($0.rawValue, .number(Double(mood.value($0)), places: 3)) })
        }
        return .object([
            ("time", .number(elapsed, places: 3)), ("state", .string("\(reading.state)")),
            ("title", .string(title)), ("mood", mood.map(axes) ?? .null), ("target", target.map(axes) ?? .null),
            ("action", action.map { .string($0.rawValue) } ?? .null), ("theme", .integer(theme)),
            ("section", .string(section)), ("key", .string(key)), ("chord", .string(chord)),
            ("next", untilNext.map { .number($0, places: 3) } ?? .null), ("room", .string(room.rawValue)),
            ("sea", .string(sea.rawValue)), ("volume", .number(Double(volume), places: 1)),
            ("glitches", .integer(reading.glitches)), ("kept", .integer(kept)),
        ])
    }

    /// One line with everything in it.
    func line(volume: Float, reading: PlaybackMonitor.Reading) -> String {
        var parts = [clockText(elapsed), "\(reading.state)"]
        if let mood { parts.append("mood " + journey(from: mood)) }
        if let action { parts.append("\(action.rawValue), theme \(theme)") }
        if !section.isEmpty { parts.append("section \(section)") }
        if !key.isEmpty { parts.append(key) }
        if !chord.isEmpty { parts.append("chord \(chord)") }
        if let untilNext { parts.append("next in \(clockText(untilNext))") }
        parts.append("room \(room.rawValue)")
        if sea != .off { parts.append("sea \(sea.rawValue)") }
        parts.append("volume \(decimal(Double(volume), 0)) dB")
        parts.append("glitches \(reading.glitches)")
        return parts.joined(separator: " · ")
    }
}

/// The status where several threads can reach it.
final class StatusBoard: Sendable {
    private let status = Mutex(LiveStatus())

    var now: LiveStatus { status.withLock { $0 } }
    func change(_ body: (inout LiveStatus) -> Void) { status.withLock { body(&$0) } }
}

/// Commands on their way to the conductor.
final class Inbox: Sendable {
    private let commands = Mutex<[LiveCommand]>([])

    func put(_ command: LiveCommand) { commands.withLock { $0.append(command) } }

    func takeAll() -> [LiveCommand] {
        commands.withLock { list in
            defer { list = [] }
            return list
        }
    }
}
