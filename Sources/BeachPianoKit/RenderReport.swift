/// What was made: one line for people, one object for machines.
public struct RenderReport: Sendable {
    public var title: String
    /// Name of the mood or preset; nil for a MIDI file.
    public var mood: String?
    public var key: String?
    /// Quarter notes per minute.
    public var tempo: Double?
    public var form: String?
    /// Seconds.
    public var duration: Double
    /// LUFS of the file; -infinity for silence; nil where it was streamed unmeasured.
    public var loudness: Double?
    /// dBTP of the file.
    public var truePeak: Double?
    /// dB applied to the instrument's own level.
    public var gain: Double
    public var seed: String?
    public var file: String
    public var companions: [String]
    /// How many times faster than the clock.
    public var speed: Double
    public var reasons: [String]

    /// The one-line summary.
    public var line: String {
        var parts: [String] = []
        if let mood { parts.append(mood) }
        if let key { parts.append(key) }
        if let tempo { parts.append("\(decimal(tempo, 0)) bpm") }
        if let form { parts.append(form) }
        parts.append(clockText(duration))
        if let loudness {
            parts.append(loudness.isFinite ? "\(decimal(loudness, 1)) LUFS" : "silent")
            if let truePeak, truePeak > -1.1 { parts.append("at \(decimal(truePeak, 1)) dBTP") }
        }
        if let seed { parts.append("seed \(seed)") }
        parts.append(file)
        parts.append("\(decimal(speed, 1))x real time")
        return parts.joined(separator: " · ")
    }

    /// The same as an object with stable keys.
    public var json: JSON {
        func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
        func number(_ value: Double?, _ places: Int) -> JSON { value.map { .number($0, places: places) } ?? .null }
        return .object([
            ("title", .string(title)), ("mood", text(mood)), ("key", text(key)), ("tempo", number(tempo, 2)),
            ("form", text(form)), ("duration", .number(duration, places: 3)), ("loudness", number(loudness, 2)),
            ("truePeak", number(truePeak, 2)), ("gain", .number(gain, places: 2)), ("seed", text(seed)),
            ("file", .string(file)), ("companions", .array(companions.map { .string($0) })),
            ("speed", .number(speed, places: 2)), ("reasons", .array(reasons.map { .string($0) })),
        ])
    }
}
