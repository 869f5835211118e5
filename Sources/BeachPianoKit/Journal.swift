import AudioIO
import Glibc
import Moods
import Music
import Presets

/// The kept moments: a folder with one small file each, named by the moment.
struct Journal {
    let folder: String

    /// A file of the journal that has not been read yet.
    struct Entry {
        let name: String
        let path: String

        /// What the file holds; a finding with its place where it was edited into nonsense.
        func moment() throws(StudioError) -> Moment { try read().moment }

        func read() throws(StudioError) -> (moment: Moment, bytes: [UInt8]) {
            let bytes = try FileSystem.read(path, limit: 1 << 20)
            do throws(PresetError) { return (try MomentReader.read(bytes: bytes, name: path), bytes) } catch {
                throw StudioError(error)
            }
        }

        /// Changes single keys; the file is replaced as a whole.
        func change(_ keys: [String], _ change: (inout Moment) -> Void) throws(StudioError) {
            let (moment, bytes) = try read()
            let text = MomentEdit.changed(bytes, moment, keys: keys, change)
            try FileSystem.write(Array(text.utf8), to: path, force: true)
        }
    }

    func path(_ name: String) -> String { "\(folder)/\(name).yaml" }

    /// All files, by name; none where nothing was kept yet.
    func entries() throws(StudioError) -> [Entry] {
        guard FileSystem.kind(folder) != .missing else { return [] }
        return try FileSystem.list(folder).filter {
            $0.hasSuffix(".yaml") && !$0.hasPrefix(".") && FileSystem.kind("\(folder)/\($0)") == .file
        }.map { Entry(name: String($0.dropLast(5)), path: "\(folder)/\($0)") }
    }

    /// The entry of a name, or of a title that leads to it.
    func entry(named name: String) throws(StudioError) -> Entry {
        let all = try entries()
        if let entry = all.first(where: { $0.name == name }) { return entry }
        if let entry = all.first(where: { $0.name == Self.name(of: name) }) { return entry }
        let nearest = Spelling.nearest(to: name, among: all.map(\.name)).map { "did you mean '\($0)'? " } ?? ""
        throw StudioError(
            .usage, "moment '\(name)' is not kept: \(nearest)'beachpiano moments' lists all that are")
    }

    /// When an entry was kept, in seconds since 1970: as its file says, else when it was last written.
    static func age(of entry: Entry, _ moment: Moment) -> Int {
        moment.kept.date.flatMap { DateText.seconds($0) }
            ?? (FileSystem.stamp(entry.path).map { $0.modified / 1_000_000_000 } ?? 0)
    }

    /// Keeps a moment's text under a name from its title that is free.
    /// - Returns: The path.
    func keep(_ text: String, title: String) throws(StudioError) -> String {
        try FileSystem.makeFolder(folder)
        let name = Self.name(of: title)
        var number = 1
        while true {
            let path = path(number == 1 ? name : "\(name)-\(number)")
            if FileSystem.kind(path) == .missing {
                do throws(StudioError) {
                    try FileSystem.write(Array(text.utf8), to: path, force: false)
                    return path
                } catch {
                    // Somebody else has taken the name meanwhile.
                    if FileSystem.kind(path) == .missing { throw error }
                }
            }
            number += 1
        }
    }

    /// Gives an entry another title and the name that goes with it; what was retold from it goes along.
    /// - Returns: The new name.
    func rename(_ entry: Entry, to title: String) throws(StudioError) -> String {
        let name = Self.name(of: title)
        let (moment, bytes) = try entry.read()
        let text = MomentEdit.changed(bytes, moment, keys: ["title"]) { $0.title = title }
        guard name != entry.name else {
            try FileSystem.write(Array(text.utf8), to: entry.path, force: true)
            return name
        }
        for suffix in [".yaml"] + Self.companions where FileSystem.kind("\(folder)/\(name)\(suffix)") != .missing {
            throw StudioError(.cannotCreate, "moment '\(name)' is kept already: forget it first, or take another name")
        }
        // The new one is there before the old one goes.
        try FileSystem.write(Array(text.utf8), to: path(name), force: false)
        for other in try entries() where (try? other.moment().retoldFrom) == entry.name {
            try other.change(["retold-from", "why"]) { moment in
                moment.retoldFrom = name
                moment.why = moment.why.map { line in
                    let told = "retold from '\(entry.name)'"
                    return line.hasPrefix(told) ? "retold from '\(name)'" + line.dropFirst(told.count) : line
                }
            }
        }
        for suffix in Self.companions where FileSystem.kind("\(folder)/\(entry.name)\(suffix)") == .file {
            if unsafe Glibc.rename("\(folder)/\(entry.name)\(suffix)", "\(folder)/\(name)\(suffix)") != 0 {
                throw StudioError(.ioError, "\(folder)/\(entry.name)\(suffix): cannot be moved: \(lastSystemError())")
            }
        }
        try FileSystem.remove(entry.path)
        return name
    }

    /// Removes an entry and what `play` kept beside it, its sound and its MIDI file.
    func forget(_ entry: Entry) throws(StudioError) {
        for suffix in Self.companions where FileSystem.kind("\(folder)/\(entry.name)\(suffix)") == .file {
            try FileSystem.remove("\(folder)/\(entry.name)\(suffix)")
        }
        try FileSystem.remove(entry.path)
    }

    private static let companions = [".wav", ".mid"]

    /// A letter or a digit without its marks, by its name in Unicode; nil for one that has no Latin letter in it.
    private static func plain(_ character: Character) -> String? {
        if character.isASCII { return character.isLetter || character.isNumber ? String(character) : nil }
        if character == "ß" { return "ss" }
        // A letter with marks of their own comes first.
        guard let scalar = character.unicodeScalars.first else { return nil }
        if scalar.isASCII { return plain(Character(scalar)) }
        guard let words = scalar.properties.name?.split(separator: " "), words.prefix(2) == ["LATIN", "SMALL"] else {
            return nil
        }
        let letter = words.dropFirst(words.count > 2 && ["LETTER", "LIGATURE"].contains(words[2]) ? 3 : 2).first ?? ""
        return letter.count <= 2 ? letter.lowercased() : nil
    }

    /// `Last light, small waves` becomes `last-light-small-waves`, `Café` `cafe`; 48 letters at most.
    static func name(of title: String) -> String {
        var name = ""
        for character in title.lowercased() where name.utf8.count < 48 {
            if let plain = plain(character) {
                name += plain
            } else if !name.isEmpty, name.last != "-" {
                name.append("-")
            }
        }
        while name.hasSuffix("-") { name.removeLast() }
        return name.isEmpty ? "moment" : name
    }
}
