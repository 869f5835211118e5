import AudioIO
import Documents
import Glibc

extension Studio {
    /// Up to so many pieces their postcards are part of the page; with more of them it would be too large to open.
    private static let embeddedPostcards = 200

    /// Writes `index.html`, a page that shows and plays what a folder of results holds.
    /// - Parameters:
    ///   - entries: the files to show, sorted.
    ///   - folder: where they are, and where the page goes.
    ///   - force: whether it may replace a page of somebody else's.
    /// - Returns: its path.
    /// - Throws: where it cannot be written, or another page is in the way.
    func writeCatalogue(_ entries: [BatchEntry], in folder: String, force: Bool) throws(StudioError) -> String {
        let path = folder + "/index.html"
        let signature = Array(CataloguePage.signature.utf8)
        let isOurs = FileSystem.kind(path) == .file && FileSystem.start(of: path, signature.count) == signature
        let pieces = Self.pieces(entries)
        let isSmall = pieces.count <= Self.embeddedPostcards
        do throws(AudioIOError) {
            let sink = try FileByteSink(path: path, force: force || isOurs)
            func add(_ text: String) throws(AudioIOError) { try sink.write(contentsOf: Array(text.utf8)) }
            try add(
                CataloguePage.head(
                    pieces: pieces.count, seconds: pieces.reduce(0) { $0 + ($1.duration ?? 0) },
                    software: Self.software))
            for piece in pieces {
                if cancellation.requested != 0 { break }
                try add(CataloguePage.card(isSmall ? embedded(piece, in: folder) : piece))
            }
            try add(CataloguePage.foot)
            if cancellation.requested == 0 { try sink.commit() }
        } catch { throw StudioError(error) }
        try cancellation.check()
        return path
    }

    /// The same piece with its picture read from its file, where that can be.
    private func embedded(_ piece: CataloguePage.Piece, in folder: String) -> CataloguePage.Piece {
        guard case .file(let name) = piece.postcard, FileSystem.kind(folder + "/" + name) == .file,
            let bytes = try? FileSystem.read(folder + "/" + name, limit: 4 << 20)
        else { return piece }
        var piece = piece
        piece.postcard = .svg(String(decoding: bytes, as: UTF8.self))
        return piece
    }

    /// Those that have a sound, in the order of their names, each with all its files.
    private static func pieces(_ entries: [BatchEntry]) -> [CataloguePage.Piece] {
        var pieces: [CataloguePage.Piece] = []
        var places: [String: Int] = [:]
        // Files of one name belong together where they are of one piece.
        func key(_ entry: BatchEntry) -> String { entry.identity + " " + entry.stem }
        for entry in entries where entry.isSound {
            if let place = places[key(entry)] {
                pieces[place].sounds.append(entry.file)
                continue
            }
            places[key(entry)] = pieces.count
            let facts = entry.piece
            pieces.append(
                CataloguePage.Piece(
                    title: facts["title"]?.string ?? entry.stem,
                    mood: (facts["mood"]?.string ?? facts["preset"]?.string).map(Piece.title),
                    key: facts["key"]?.string, tempo: facts["tempo"]?.number, form: facts["form"]?.string,
                    duration: facts["duration"]?.number, loudness: facts["loudness"]?.number,
                    seed: facts["seed"]?.string, sounds: [entry.file]))
        }
        for entry in entries where !entry.isSound {
            guard let place = places[key(entry)] else { continue }
            pieces[place].companions.append(entry.file)
            if entry.companion == .picture { pieces[place].postcard = .file(entry.file) }
        }
        return pieces
    }
}

extension BatchEntry {
    /// Companions have nothing to tell of the piece.
    var isSound: Bool {
        if case .null = piece { false } else { true }
    }

    /// What lies beside a sound, by its ending; the longest that fits.
    var companion: Companion? {
        guard !isSound else { return nil }
        return Companion.allCases.filter { file.hasSuffix("." + $0.ending) }.max { $0.ending.count < $1.ending.count }
    }

    /// The name without its ending.
    var stem: String {
        if let companion { return String(file.dropLast(companion.ending.count + 1)) }
        return file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    }
}
