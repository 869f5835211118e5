public import Moods
import Music
import Presets
import Senses

/// How a captured moment is kept.
public struct CaptureWishes: Hashable, Sendable {
    /// Where the moment file goes; nil keeps it in the user's data folder under a name from its title, `-` prints it.
    public var path: String?
    /// Replaces the title.
    public var title: String?
    /// What the place is called.
    public var place: String?
    public var force: Bool

    public init(path: String? = nil, title: String? = nil, place: String? = nil, force: Bool = false) {
        self.path = path
        self.title = title
        self.place = place
        self.force = force
    }
}

/// A moment that was captured.
public struct CaptureReport: Hashable, Sendable {
    public var title: String
    /// The named mood that lies nearest.
    public var nearest: String
    public var moment: Moment
    /// Nil where the moment went to standard output.
    public var file: String?
    /// The moment file's text.
    public var text: String

    /// Title, reasons and file, a line each.
    public var lines: [String] {
        [title] + moment.why.map { "  " + $0 } + (file.map { ["kept as \($0)"] } ?? [])
    }

    public var json: JSON {
        let mood = moment.mood(over: moment.duration ?? 150)
        let axes = zip(Axes.names, (0..<6).map { Axes(mood)[$0] }).map {
            ($0, JSON.number(Double($1), places: 2))
        }
        return .object([
            ("title", .string(title)), ("nearest", .string(nearest)), ("mood", .object(axes)),
            ("tempo", moment.music.tempo.map { .number(Double($0), places: 2) } ?? .null),
            ("metre", moment.music.metre.map { .string($0.description) } ?? .null),
            ("swell", moment.sea.swell.map { .number($0, places: 2) } ?? .null),
            ("seed", moment.seed.map { .string($0) } ?? .null), ("why", .array(moment.why.map { .string($0) })),
            ("file", file.map { .string($0) } ?? .null),
        ])
    }
}

extension Studio {
    /// Makes a moment from what the senses take in, and keeps it.
    public func capture(_ source: Source, wishes: CaptureWishes) throws(StudioError) -> CaptureReport {
        guard source.hasSenses || source.mood != nil else {
            throw StudioError(
                .usage,
                "nothing to capture: give --words, --photo, --sound, --listen, or --at with --time, or several of them")
        }
        let resolved = try resolve(source)
        var moment = resolved.said
        let title = try Self.line(wishes.title, "--title") ?? moment.title ?? Piece.title(resolved.name)
        moment.title = title
        moment.seed = resolved.seedText
        moment.duration = resolved.duration
        moment.kept.place = try Self.line(wishes.place, "--place") ?? moment.kept.place
        moment.kept.rendered = nil
        if wishes.path == nil { moment.kept.date = LocalClock.stamp() }
        let text = MomentWriter.text(moment)
        var report = CaptureReport(title: title, nearest: resolved.name, moment: moment, file: nil, text: text)
        if wishes.path == "-" { return report }
        if let path = wishes.path {
            try FileSystem.write(Array(text.utf8), to: path, force: wishes.force)
            report.file = path
        } else {
            report.file = try journal().keep(text, title: title)
        }
        return report
    }

    /// A name as one line of 1 to 200 characters.
    static func line(_ text: String?, _ option: String) throws(StudioError) -> String? {
        guard let text else { return nil }
        let isPlain = !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        guard isPlain, (1...200).contains(text.count), text.contains(where: { !$0.isWhitespace }) else {
            throw StudioError(.usage, "\(option): a name is one line of 1 to 200 characters")
        }
        return text
    }
}
