import Moods
import Music
import Presets
import Senses

extension Source {
    /// True where the piece is made from what the senses take in.
    var hasSenses: Bool {
        words != nil || photo != nil || sound != nil || listening != nil || place != nil || time != nil
            || weather != nil
    }
}

/// What the senses have taken in, before it is fused.
struct Perception {
    var impressions: [Impression] = []
    var nudges: [Nudge] = []
    /// How the words go on.
    var course: [(at: Float, axes: Axes)] = []
    /// Seconds from wave to wave, and how a reason names them.
    var swell: (seconds: Double, reason: String)?
    /// Degrees of the sun above the horizon, where the light is known.
    var sun: Double?
    /// All that was given, as text: makes the seed.
    var inputs: [String] = []
    var title: String?
}

extension Studio {
    /// Characters and bytes of the words in a moment file at most; the mood comes from all of them.
    private static let keptWords = (characters: 1000, bytes: 4000)

    /// The moment that the senses make, upon a preset where one is given, and its name.
    func sensedMoment(_ given: Source) throws(StudioError) -> (Moment, String) {
        var source = given
        if source.words == "-" {
            source.words = String(decoding: try FileSystem.read("/dev/stdin", limit: 1 << 20), as: UTF8.self)
        }
        let perception = try perceive(source)
        let fused = Fusion.fuse(perception.impressions, nudges: perception.nudges)
        let name = fused.nearestMood
        var moment = Moment(moods: [TimedMood(mood: fused.mood)])
        if let preset = source.preset { moment = try self.preset(preset).0 }
        if let kept = source.kept { moment = try journal().entry(named: kept).moment() }
        moment.title = perception.title
        moment.description = nil
        moment.words = source.words.map {
            PlainText.line($0, characters: Self.keptWords.characters, bytes: Self.keptWords.bytes)
        }
        moment.seed = Seed.derived(from: perception.inputs.joined(separator: "\n")).words
        moment.moods = course(perception, around: fused, seconds: try duration(source, moment))
        moment.sun = perception.sun.map { Float($0) }
        moment.why = Fusion.reasons(perception.impressions, nudges: perception.nudges)
        if let (seconds, reason) = perception.swell {
            moment.sea.swell = seconds
            if moment.music.tempo == nil, moment.music.metre == nil, source.tempo == nil {
                let clock = SwellClock(period: seconds, mood: fused.mood)
                moment.music.tempo = clock.tempo
                moment.music.metre = clock.metre
                moment.why.append("\(reason) -> \(clock.description)")
            }
        }
        moment.why.append("all together, near '\(name)' -> \(Axes(fused.mood).effects(atMost: 6))")
        return (moment, name)
    }

    /// All senses that the source names.
    private func perceive(_ source: Source) throws(StudioError) -> Perception {
        var perception = Perception()
        if let mood = source.mood {
            let named = try namedMood(mood)
            perception.impressions.append(
                Impression(
                    sense: .mood, axes: Axes(named.mood), confidence: Axes(repeating: 1),
                    reasons: ["mood '\(named.name)' -> \(Axes(named.mood).effects())"]))
            perception.inputs.append(named.name)
        }
        if let words = source.words { try readWords(words, into: &perception) }
        var notes = CameraNotes()
        if let photo = source.photo {
            notes = try readPhoto(photo, usesNotes: !source.ignoresCameraNotes, into: &perception)
        }
        try readSound(source, into: &perception)
        try readLight(source, photographed: notes, into: &perception)
        if let weather = source.weather { try readWeather(weather, into: &perception) }
        return perception
    }

    // MARK: - Words

    private func readWords(_ text: String, into perception: inout Perception) throws(StudioError) {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw StudioError(.usage, "words are empty: say a few, such as --words \"on the beach with you\"")
        }
        let words = WordSense.read(text)
        if words.knownWords == 0 {
            let line = "words: none of them is known, so they say nothing about the mood"
            console.message("\(line); the piece is made from a quiet moment and what else is given")
            perception.impressions.append(
                Impression(
                    sense: .words, axes: words.impression.axes, confidence: words.impression.confidence,
                    reasons: [line] + words.impression.reasons))
        } else {
            perception.impressions.append(words.impression)
            perception.course = words.course
        }
        if let (seconds, word) = words.swell {
            perception.swell = (seconds, "words '\(word)', waves of \(decimal(seconds, 1)) s")
        }
        perception.inputs.append(text)
        perception.title = Self.title(ofWords: text)
    }

    /// The first few words as a title; `So, the sea` is about the sea.
    private static func title(ofWords text: String) -> String? {
        let start = text.unicodeScalars.prefix(200)
        let clauses = start.split { ".,;:!?\n\r—–…()".unicodeScalars.contains($0) }
        let openers: Set = [
            "so", "well", "oh", "ah", "and", "but", "then", "now", "yes", "no", "ok", "okay", "hey", "hi",
        ]
        func isOpener(_ clause: Substring.UnicodeScalarView) -> Bool {
            openers.contains(String(clause).lowercased().filter { !$0.isWhitespace })
        }
        guard let clause = clauses.first(where: { !isOpener($0) }) ?? clauses.first else { return nil }
        var title = ""
        for part in clause.split(whereSeparator: { $0.properties.isWhitespace }) {
            var word = String.UnicodeScalarView()
            word.append(contentsOf: part.filter { $0.value >= 0x20 && $0.value != 0x7F })
            guard title.unicodeScalars.count + word.count < 48 else { continue }
            title += (title.isEmpty || word.isEmpty ? "" : " ") + String(word)
        }
        return title.isEmpty ? nil : title.prefix(1).uppercased() + title.dropFirst()
    }

    // MARK: - Photo

    /// Looks at a photo; what its camera wrote down comes back.
    private func readPhoto(_ path: String, usesNotes: Bool, into perception: inout Perception) throws(StudioError)
        -> CameraNotes
    {
        let bytes = try FileSystem.read(path, limit: PhotoSense.byteLimit)
        let photo: PhotoImpression
        do throws(SenseError) { photo = try PhotoSense.read(bytes, name: path, usesNotes: usesNotes) } catch {
            throw StudioError(.badData, "\(path): \(error)")
        }
        perception.impressions.append(photo.impression)
        perception.inputs.append(FileSystem.digest(bytes))
        if perception.title == nil { perception.title = Self.title(ofFile: path) }
        return photo.notes
    }

    /// A file's name as a title.
    static func title(ofFile path: String) -> String? {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        return Self.title(ofWords: String(stem.map { "-_".contains($0) ? " " : $0 }))
    }

    // MARK: - Light and weather

    /// Place and time as given, else as the camera wrote them down.
    private func readLight(_ source: Source, photographed notes: CameraNotes, into perception: inout Perception)
        throws(StudioError)
    {
        var place = notes.place
        if let text = source.place {
            guard let given = Place(parsing: text) else {
                throw StudioError(
                    .usage,
                    "place '\(text)' is not LAT,LON in degrees within -90...90 and -180...180, such as 38.7,-9.42")
            }
            place = given
            perception.inputs.append(text)
        }
        var time = notes.time
        guard let now = LocalClock.now() else { throw StudioError(.unavailable, "the clock cannot be read") }
        if let text = source.time {
            guard let given = CivilTime(parsing: text, today: now) else {
                throw StudioError(
                    .usage,
                    "time '\(text)' is no date and time, such as 2024-06-21T20:45, 2024-06-21T20:45+02:00 or 20:45")
            }
            time = given
        } else if time == nil, source.place != nil {
            time = now
        }
        guard let time else { return }
        perception.inputs.append(time.description)
        let offset = offset(of: time, at: place)
        perception.sun = Daylight.elevation(place: place, time: time, offset: offset)
        let isSeen = perception.impressions.contains { $0.sense == .photo }
        perception.nudges += Daylight.nudges(place: place, time: time, offset: offset, isSeen: isSeen)
        if perception.title == nil { perception.title = place == nil ? "At \(time.description)" : "A place and a time" }
    }

    /// Minutes ahead of UTC: as said, else this machine's zone where the place lies in its reach, else the sun's own.
    private func offset(of time: CivilTime, at place: Place?) -> Int {
        if let offset = time.offset { return offset }
        let here = LocalClock.offset(at: time)
        guard let place else { return here }
        let solar = Int((place.longitude / 15).rounded()) * 60
        // Legal time strays from the sun's by up to three hours.
        return abs(solar - here) <= 180 ? here : solar
    }

    private func readWeather(_ text: String, into perception: inout Perception) throws(StudioError) {
        let (nudge, unknown) = Weather.read(text)
        guard let nudge else { throw StudioError(.usage, self.unknown("weather", unknown ?? text, Weather.words)) }
        perception.nudges.append(nudge)
        perception.inputs.append(text)
    }

    // MARK: - Course

    /// The clauses as timed points, with the other senses in each of them, so that the whole is as it was fused.
    private func course(_ perception: Perception, around fused: Axes, seconds: Double) -> [TimedMood] {
        let single = [TimedMood(mood: fused.mood)]
        guard perception.course.count > 1,
            let index = perception.impressions.firstIndex(where: { $0.sense == .words })
        else { return single }
        let moods = perception.course.map { point in
            var impressions = perception.impressions
            impressions[index].axes = point.axes
            return Fusion.fuse(impressions, nudges: perception.nudges)
        }
        let spread = moods.flatMap { mood in (0..<6).map { abs(mood[$0] - fused[$0]) } }.max() ?? 0
        guard spread >= 0.08 else { return single }
        let times = perception.course.map { (Double($0.at) * seconds).rounded() }
        let points = zip(times, moods).map { TimedMood(at: $0, mood: $1.mood) }
        let mean = Moment(moods: points).mood(over: seconds)
        let correction = fused - Axes(mean)
        return zip(times, moods).map { TimedMood(at: $0, mood: ($1 + correction).mood) }
    }
}
