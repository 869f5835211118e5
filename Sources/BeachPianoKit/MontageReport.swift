public import Composition
import Moods
import Music

/// How several moments become one piece.
public struct MontageWishes: Hashable, Sendable {
    /// Where the moment file goes; nil keeps it in the journal, `-` prints it.
    public var path: String?
    public var title: String?
    /// Such as `4m`; nil is two and a half minutes for two moments, half a minute more for each further one.
    public var duration: String?
    /// A sound file of the piece, if it is to be rendered at once.
    public var sound: String?
    public var companions: CompanionPaths
    public var force: Bool

    public init(
        path: String? = nil, title: String? = nil, duration: String? = nil, sound: String? = nil,
        companions: CompanionPaths = CompanionPaths(), force: Bool = false
    ) {
        self.path = path
        self.title = title
        self.duration = duration
        self.sound = sound
        self.companions = companions
        self.force = force
    }
}

/// A montage that was made: the moment that holds it, and who sounds when.
public struct MontageReport: Sendable {
    public var moment: CaptureReport
    public var table: [MontageRow]
    public var companions: [String]
    /// Nil where nothing was rendered.
    public var render: RenderReport?

    /// Title, reasons, table and files, a line each.
    public var lines: [String] {
        [moment.title] + (moment.moment.why + table.map(\.text)).map { "  " + $0 }
            + (moment.file.map { ["kept as \($0)"] } ?? []) + (render.map { [$0.line] } ?? [])
    }

    public var json: JSON {
        .object([
            ("moment", moment.json), ("table", .array(table.map(Self.json))),
            ("companions", .array(companions.map { .string($0) })), ("render", render?.json ?? .null),
        ])
    }

    static func json(_ row: MontageRow) -> JSON {
        .object([
            ("voice", .string(row.voice)), ("place", .string(row.place.rawValue)), ("bar", .integer(row.bar)),
            ("bars", .integer(row.bars)), ("key", .string(row.key.name)),
        ])
    }
}
