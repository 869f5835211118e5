/// A page for a folder of pieces: for each its postcard, what is known of it, and a player for its files.
///
/// The page needs nothing but the sound files beside it: no network, no scripts, no fonts. It is given in parts, so that
/// a large one can be written as it is made.
public enum CataloguePage {
    public struct Piece: Hashable, Sendable {
        public var title: String
        public var mood: String?
        public var key: String?
        /// Quarter notes a minute.
        public var tempo: Double?
        public var form: String?
        /// Seconds.
        public var duration: Double?
        /// LUFS.
        public var loudness: Double?
        public var seed: String?
        /// Names of its sound files.
        public var sounds: [String]
        /// Names of what lies beside them.
        public var companions: [String]
        public var postcard: Postcard?

        public init(
            title: String, mood: String? = nil, key: String? = nil, tempo: Double? = nil, form: String? = nil,
            duration: Double? = nil, loudness: Double? = nil, seed: String? = nil, sounds: [String],
            companions: [String] = [], postcard: Postcard? = nil
        ) {
            self.title = title
            self.mood = mood
            self.key = key
            self.tempo = tempo
            self.form = form
            self.duration = duration
            self.loudness = loudness
            self.seed = seed
            self.sounds = sounds
            self.companions = companions
            self.postcard = postcard
        }
    }

    /// The picture of a piece.
    public enum Postcard: Hashable, Sendable {
        /// The text of an SVG, which becomes part of the page.
        case svg(String)
        /// The name of an SVG beside the page.
        case file(String)
    }

    /// How every page begins, and nothing else is taken to.
    public static let signature = "<!doctype html>\n<!-- beachpiano: a catalogue of pieces -->\n"

    /// Everything before the pieces.
    /// - Parameters:
    ///   - pieces: how many there are.
    ///   - seconds: their length together.
    ///   - software: what has made them, with its version.
    /// - Returns: the HTML up to where the first card goes.
    public static func head(pieces: Int, seconds: Double, software: String) -> String {
        let title = pieces == 1 ? "One piece for piano" : "\(pieces) pieces for piano"
        return signature + """
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
            img-src data: 'self' file:; media-src 'self' file:">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="\(XMLText.escaped(software))">
            <link rel="icon" href="data:,">
            <title>\(title)</title>
            <style>
            \(CatalogueStyle.text)
            </style>
            </head>
            <body>
            <header>
            <h1>\(title)</h1>
            <p>\(clock(seconds)) of music, made with \(XMLText.escaped(software))</p>
            </header>
            <main>

            """
    }

    /// A piece, as well-formed XML.
    public static func card(_ piece: Piece) -> String {
        let title = XMLText.escaped(piece.title)
        var out = "<article>\n"
        if let picture = source(of: piece.postcard) {
            out += "<div class=\"picture\"><img src=\"\(picture)\" alt=\"Postcard of \(title)\" width=\"1200\" "
            out += "height=\"800\" loading=\"lazy\" decoding=\"async\"/></div>\n"
        } else {
            out += "<div class=\"picture none\"></div>\n"
        }
        out += "<div class=\"words\">\n"
        if let mood = piece.mood { out += "<p class=\"mood\">\(XMLText.escaped(mood))</p>\n" }
        out += "<h2 dir=\"auto\">\(title)</h2>\n"
        out += player(piece, title) + facts(piece) + links(piece)
        return out + "</div>\n</article>\n"
    }

    /// Everything after the pieces.
    public static let foot = "</main>\n</body>\n</html>\n"

    // MARK: - Parts of a card

    private static func source(of postcard: Postcard?) -> String? {
        switch postcard {
        case nil: nil
        // As a picture it can load and run nothing, and its names do not meet those of other pictures.
        case .svg(let text): "data:image/svg+xml," + PercentText.encoded(text)
        case .file(let name): PercentText.encoded(name)
        }
    }

    /// The best format first: a browser plays the first that it can.
    private static let types = [
        ("flac", "audio/flac"), ("wav", "audio/wav"), ("opus", "audio/ogg; codecs=opus"),
        ("ogg", "audio/ogg; codecs=vorbis"), ("mp3", "audio/mpeg"), ("aiff", "audio/aiff"), ("caf", "audio/x-caf"),
    ]

    private static func player(_ piece: Piece, _ title: String) -> String {
        var out = "<audio controls=\"\" preload=\"none\" aria-label=\"\(title)\">\n"
        for (ending, type) in types {
            for file in piece.sounds where file.hasSuffix("." + ending) {
                out += "<source src=\"\(PercentText.encoded(file))\" type=\"\(type)\"/>\n"
            }
        }
        return out + "</audio>\n"
    }

    private static func facts(_ piece: Piece) -> String {
        let facts: [(String, String?)] = [
            ("Key", piece.key), ("Tempo", piece.tempo.map { "♩ = \(Decimal.fixed($0, 0))" }),
            ("Length", piece.duration.map(clock)), ("Loudness", piece.loudness.map { Decimal.fixed($0, 1) + " LUFS" }),
            ("Form", piece.form), ("Seed", piece.seed),
        ]
        let rows = facts.compactMap { name, value in
            value.map { "<div><dt>\(name)</dt><dd>\(XMLText.escaped($0))</dd></div>\n" }
        }
        return rows.isEmpty ? "" : "<dl>\n" + rows.joined() + "</dl>\n"
    }

    private static func links(_ piece: Piece) -> String {
        let links = (piece.sounds + piece.companions).map { file in
            // What follows the last dot; the piano roll's ending has two.
            let parts = file.split(separator: ".")
            let ending = file.hasSuffix(".roll.svg") ? "roll" : parts.last.map(String.init) ?? file
            return "<a href=\"\(PercentText.encoded(file))\" title=\"\(XMLText.escaped(file))\">"
                + "\(XMLText.escaped(ending))</a>"
        }
        return "<p class=\"files\">" + links.joined(separator: " ") + "</p>\n"
    }

    /// Seconds as `m:ss` or `h:mm:ss`.
    private static func clock(_ seconds: Double) -> String {
        let whole = Int(max(0, min(1e9, seconds)).rounded())
        func two(_ x: Int) -> String { x < 10 ? "0\(x)" : "\(x)" }
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        return (hours > 0 ? "\(hours):\(two(minutes))" : "\(minutes)") + ":" + two(whole % 60)
    }
}
