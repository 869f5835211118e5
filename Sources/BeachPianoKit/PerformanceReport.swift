/// What a MIDI file that was written holds: one line for people, one object for machines.
public struct PerformanceReport: Sendable {
    public var title: String
    public var notes: Int
    /// Movements of the pedals.
    public var pedals: Int
    /// Seconds.
    public var duration: Double
    public var file: String

    /// The one-line summary.
    public var line: String {
        "\(title) · \(clockText(duration)) · \(Self.notes(notes)) · \(file)"
    }

    /// `1 note`, `2 notes`.
    static func notes(_ count: Int) -> String { count == 1 ? "1 note" : "\(count) notes" }

    /// The same as an object with stable keys.
    public var json: JSON {
        .object([
            ("title", .string(title)), ("duration", .number(duration, places: 3)), ("notes", .integer(notes)),
            ("pedals", .integer(pedals)), ("file", .string(file)),
        ])
    }
}
