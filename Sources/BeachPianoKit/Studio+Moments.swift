import Moods
import Presets
import Senses

/// The journal as it was listed: what could be read, and what is wrong in the rest.
public struct MomentList: Sendable {
    public let text: String
    /// `file:line:column: what`, a line for each file that cannot be read.
    public let findings: [String]
}

extension Studio {
    /// The kept moments.
    func journal() throws(StudioError) -> Journal {
        guard let folder = environment.momentsFolder else {
            throw StudioError(
                .cannotCreate, "moments cannot be kept: neither HOME nor XDG_DATA_HOME names a folder")
        }
        return Journal(folder: folder)
    }

    /// The moment that was kept last; nil where nothing good is kept.
    func lastKept() -> Journal.Entry? {
        guard let entries = try? journal().entries() else { return nil }
        let read = entries.compactMap { entry in (try? entry.moment()).map { (entry, Journal.age(of: entry, $0)) } }
        return read.max { ($0.1, $0.0.name) < ($1.1, $1.0.name) }?.0
    }

    /// Kept moments, the newest first, of which `terms` all occur somewhere: name, title, words, place, date, mood or
    /// reasons, in small letters or capitals.
    public func momentList(matching terms: [String] = [], json: Bool) throws(StudioError) -> MomentList {
        var found: [(age: Int, name: String, moment: Moment)] = []
        var findings: [String] = []
        for entry in try journal().entries() {
            do throws(StudioError) {
                let moment = try entry.moment()
                let texts = [entry.name, moment.title, moment.words, moment.kept.place, moment.kept.date, mood(moment)]
                let all = (texts.compactMap { $0 } + moment.why).joined(separator: "\n").lowercased()
                guard terms.allSatisfy({ all.contains($0.lowercased()) }) else { continue }
                found.append((Journal.age(of: entry, moment), entry.name, moment))
            } catch { findings.append(error.message) }
        }
        found.sort { ($0.age, $0.name) > ($1.age, $1.name) }
        if json {
            let objects = found.map { object($0.name, $0.moment) }
            return MomentList(text: JSON.array(objects).text, findings: findings)
        }
        if found.isEmpty {
            let none =
                terms.isEmpty ? "nothing is kept yet: beachpiano capture --words \"last light\"" : "nothing found"
            return MomentList(text: none, findings: findings)
        }
        let width = found.map(\.name.count).max() ?? 0
        let lines = found.map { _, name, moment in
            let date = moment.kept.date.map { $0.prefix(16).map { $0 == "T" ? " " : String($0) }.joined() }
            let parts = [mood(moment), moment.kept.place, moment.words ?? moment.title, moment.kept.rendered]
            return name + String(repeating: " ", count: width + 2 - name.count)
                + ([date ?? "                "] + parts.compactMap { $0 }).joined(separator: "  ")
        }
        return MomentList(text: lines.map { PlainText.escaped($0) }.joined(separator: "\n"), findings: findings)
    }

    /// A kept moment's file, with comments, or as an object.
    public func momentText(_ name: String, json: Bool) throws(StudioError) -> String {
        let entry = try journal().entry(named: name)
        let (moment, bytes) = try entry.read()
        if json { return object(entry.name, moment).text }
        var text = String(decoding: bytes, as: UTF8.self)
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    /// Gives a kept moment another title; its new name.
    public func renameMoment(_ name: String, to title: String) throws(StudioError) -> String {
        guard title.contains(where: { !$0.isWhitespace }) else { throw StudioError(.usage, "the new title is empty") }
        let journal = try journal()
        return try journal.rename(journal.entry(named: name), to: title)
    }

    /// Writes a kept moment to a file, or to standard output for `-`, without where it was rendered to.
    public func exportMoment(_ name: String, to path: String, force: Bool) throws(StudioError) {
        let (moment, bytes) = try journal().entry(named: name).read()
        let text = MomentEdit.changed(bytes, moment, keys: ["rendered"]) { $0.kept.rendered = nil }
        if path == "-" { return try console.result(text.hasSuffix("\n") ? String(text.dropLast()) : text) }
        try FileSystem.write(Array(text.utf8), to: path, force: force)
    }

    /// Removes kept moments, all or none; the sound files rendered elsewhere stay.
    public func forgetMoments(_ names: [String]) throws(StudioError) {
        let journal = try journal()
        var entries: [Journal.Entry] = []
        for name in names {
            let entry = try journal.entry(named: name)
            if !entries.contains(where: { $0.name == entry.name }) { entries.append(entry) }
        }
        for entry in entries { try journal.forget(entry) }
    }

    /// Plays a kept moment, as long as it is.
    public func playMoment(_ source: Source, device: String?) throws(StudioError) {
        var source = source
        source.duration = DurationText.text(try resolve(source).duration)
        try play(source, wishes: PlayWishes(device: device))
    }

    /// Notes in the journal where a moment was rendered to; a journal that cannot be written spoils no render.
    func noteRendered(_ name: String, to path: String) {
        let whole = path.hasPrefix("/") ? path : FileSystem.workingFolder.map { "\($0)/\(path)" } ?? path
        do throws(StudioError) {
            try journal().entry(named: name).change(["rendered"]) { $0.kept.rendered = whole }
        } catch { console.message("the journal does not know of \(path): \(error.message)") }
    }

    /// The name of a moment's mood, else of the one that lies nearest.
    private func mood(_ moment: Moment) -> String {
        if moment.moods.count == 1, let name = moment.moods[0].name { return name }
        return Axes(moment.mood(over: moment.duration ?? Self.defaultDuration)).nearestMood
    }

    private func object(_ name: String, _ moment: Moment) -> JSON {
        func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
        return .object([
            ("name", .string(name)), ("title", text(moment.title)), ("date", text(moment.kept.date)),
            ("place", text(moment.kept.place)), ("words", text(moment.words)), ("mood", .string(mood(moment))),
            ("seed", text(moment.seed)), ("rendered", text(moment.kept.rendered)),
            ("retoldFrom", text(moment.retoldFrom)), ("why", .array(moment.why.map { .string($0) })),
        ])
    }
}
