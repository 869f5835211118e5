import Moods
import Music

/// The command that makes a piece again.
enum Rerun {
    /// A `render` command for what was played.
    ///
    /// - Parameters:
    ///   - source: as the user said it.
    ///   - resolved: what it became.
    ///   - seconds: the length of an endless piece; nil for a piece of its own length.
    /// - Returns: One line.
    static func line(_ source: Source, _ resolved: ResolvedSource, endless seconds: Double?) -> String {
        var words = ["beachpiano", "render"]
        func add(_ name: String, _ value: String?) { if let value { words += ["--" + name, quoted(value)] } }
        add("preset", source.preset)
        add("mood", source.mood ?? (source.preset == nil && !source.hasSenses ? resolved.name : nil))
        add("words", source.words)
        add("photo", source.photo)
        if source.ignoresCameraNotes { words.append("--no-exif") }
        add("sound", source.sound)
        add("at", source.place)
        add("time", source.time)
        add("weather", source.weather)
        let axes: [(String, Float?)] = [
            ("valence", source.valence), ("energy", source.energy), ("tension", source.tension),
            ("intimacy", source.intimacy), ("nostalgia", source.nostalgia), ("openness", source.openness),
            ("tempo", source.tempo),
        ]
        for (name, value) in axes { add(name, value.map { "\($0)" }) }
        add("key", source.key)
        add("form", source.form)
        add("piano", source.piano)
        add("room", source.room)
        add("sea", source.sea)
        add("pianist", source.pianist.map { "\($0)" })
        for layer in source.rerolls { add("reroll", layer) }
        add("seed", resolved.seedText)
        if let seconds {
            words.append("--endless")
            add("duration", decimal(max(Studio.durations.lowerBound, seconds), 1) + "s")
        } else {
            add("duration", source.duration)
        }
        words.append("out.wav")
        return "again, as a file: " + words.joined(separator: " ")
    }

    /// Safe for a shell.
    private static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:,+=@%".contains($0)) }
        return isPlain
            ? text : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
