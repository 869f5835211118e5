import AudioIO
import Documents
import Moods
import Music
import Presets
import Senses

/// Writes the companions of a piece beside its sound: everything is on the disk under temporary names before the first
/// one appears, so all appear or none.
struct CompanionWriter: ~Copyable {
    private var sinks: [FileByteSink] = []
    private(set) var paths: [String] = []

    init(_ piece: borrowing Piece, _ wanted: CompanionPaths, force: Bool) throws(StudioError) {
        var seen = Set<String>()
        func refuseTwice(_ path: String) throws(StudioError) {
            if !seen.insert(path).inserted { throw StudioError(.usage, "\(path) is named for two outputs") }
        }
        if let path = wanted.midi {
            try refuseTwice(path)
            try add(path, MIDIFileWriter.bytes(of: piece.performance), force)
        }
        if let path = wanted.score {
            try refuseTwice(path)
            try add(path, Array(MusicXML.text(of: piece.score).utf8), force)
        }
        if let path = wanted.picture {
            try refuseTwice(path)
            try add(path, Array(piece.postcard.utf8), force)
        }
        if let path = wanted.roll {
            try refuseTwice(path)
            try add(path, Array(PianoRoll.svg(of: piece.performance, score: piece.score).utf8), force)
        }
        if let path = wanted.moment {
            try refuseTwice(path)
            try add(path, Array(MomentWriter.text(piece.moment).utf8), force)
        }
    }

    /// The MIDI file of a performance, beside a sound of another name.
    init(midi path: String?, of performance: Performance, beside sound: String? = nil, force: Bool)
        throws(StudioError)
    {
        guard let path else { return }
        if path == sound { throw StudioError(.usage, "\(path) is named for two outputs") }
        try add(path, MIDIFileWriter.bytes(of: performance), force)
    }

    private mutating func add(_ path: String, _ bytes: [UInt8], _ force: Bool) throws(StudioError) {
        let sink = try studio { () throws(AudioIOError) in
            _ = try Destination(path: path, force: force)
            let sink = try FileByteSink(path: path, force: force)
            try sink.write(contentsOf: bytes)
            try sink.sync()
            return sink
        }
        sinks.append(sink)
        paths.append(path)
    }

    /// Gives all of them their names.
    func publish() throws(StudioError) {
        for sink in sinks { try studio { () throws(AudioIOError) in try sink.publish() } }
    }

    deinit { for sink in sinks { sink.abandon() } }
}

extension Piece {
    /// The piece as a picture, SVG.
    package var postcard: String {
        let moment = source.moment
        return Postcard.svg(
            of: score, mood: moment.mood(over: source.duration), name: source.name, seed: source.seedText,
            words: moment.words, description: moment.description, sun: moment.sun, swell: moment.sea.swell,
            weather: Self.weather(source, score))
    }

    /// What a card shows of the weather: as the words, the title, the reasons and the name of a moment tell of it.
    private static func weather(_ source: ResolvedSource, _ score: Score) -> Set<PostcardWeather> {
        let moment = source.moment
        let reasons = moment.why.filter { $0.hasPrefix("weather ") }
        let told = ([moment.words, moment.title, moment.description, source.name].compactMap { $0 } + reasons)
            .reduce(into: Set<String>()) { $0.formUnion(Weather.images(in: $1)) }
        return Set(
            [
                (PostcardWeather.rain, ["rain", "drizzle"]), (.fog, ["fog", "mist"]), (.snow, ["snow"]),
            ].filter { !told.isDisjoint(with: $0.1) }.map(\.0))
    }
}
