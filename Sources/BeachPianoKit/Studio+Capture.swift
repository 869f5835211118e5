import AudioIO
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
    public var force: Bool

    public init(path: String? = nil, title: String? = nil, force: Bool = false) {
        self.path = path
        self.title = title
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
        let title = wishes.title ?? moment.title ?? Piece.title(resolved.name)
        moment.title = title
        moment.seed = resolved.seedText
        moment.duration = resolved.duration
        let text = MomentWriter.text(moment)
        var report = CaptureReport(title: title, nearest: resolved.name, moment: moment, file: nil, text: text)
        if wishes.path == "-" { return report }
        let path: String
        if let wanted = wishes.path { path = wanted } else { path = try keptPath(title) }
        try studio { () throws(AudioIOError) in
            _ = try Destination(path: path, force: wishes.force)
            let sink = try FileByteSink(path: path, force: wishes.force)
            try sink.write(contentsOf: Array(text.utf8))
            try sink.commit()
        }
        report.file = path
        return report
    }

    /// A name in the folder of kept moments that is still free.
    private func keptPath(_ title: String) throws(StudioError) -> String {
        guard let folder = environment.momentsFolder else {
            throw StudioError(.cannotCreate, "there is no home folder to keep the moment in: name a file")
        }
        try FileSystem.makeFolder(folder)
        var name = ""
        for character in title.lowercased() where name.utf8.count < 48 {
            if character.isASCII, character.isLetter || character.isNumber {
                name.append(character)
            } else if !name.isEmpty, name.last != "-" {
                name.append("-")
            }
        }
        while name.hasSuffix("-") { name.removeLast() }
        if name.isEmpty { name = "moment" }
        var path = "\(folder)/\(name).yaml"
        var number = 2
        while FileSystem.kind(path) != .missing {
            path = "\(folder)/\(name)-\(number).yaml"
            number += 1
        }
        return path
    }
}
