import Moods
import Music

/// The command that makes a piece again.
enum Rerun {
    /// A `render` command for what was played.
    ///
    /// - Parameters:
    ///   - source: as the user said it.
    ///   - resolved: what it became.
    ///   - rate: frames in a second.
    ///   - limits: when an endless piece was to end; nil for a piece of its own length.
    ///   - script: what the listener did.
    /// - Returns: One line.
    static func line(
        _ source: Source, _ resolved: ResolvedSource, rate: Int, limits: SessionLimits?, script: SteeringScript
    ) -> String {
        var words = ["beachpiano", "render"]
        func add(_ name: String, _ value: String?) { if let value { words += ["--" + name, quoted(value)] } }
        add("preset", source.preset)
        add("mood", source.mood ?? (source.preset == nil && !source.hasSenses ? resolved.name : nil))
        add("words", source.words)
        add("photo", source.photo)
        add("kept", source.kept)
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
        if let profile = source.profile { words.append(profile ? "--profile" : "--no-profile") }
        add("seed", resolved.seedText)
        if rate != 48_000 { add("rate", "\(rate)") }
        guard let limits else {
            add("duration", source.duration)
            words.append("out.wav")
            let isSteered = script.steps.contains { $0.change != .stop }
            return "again, as a file\(isSteered ? ", as it was before it was steered" : ""): "
                + words.joined(separator: " ")
        }
        words.append("--endless")
        add("duration", limits.length.map(secondsText))
        if limits.fade > 0 { add("fade", secondsText(limits.fade)) }
        if !script.steps.isEmpty { add("steered", script.text(rate: Double(rate))) }
        words.append("out.wav")
        return "again, as a file: " + words.joined(separator: " ")
    }

    private static func secondsText(_ seconds: Double) -> String {
        seconds == seconds.rounded() ? "\(Int(seconds))s" : decimal(seconds, 3) + "s"
    }

    /// Safe for a shell.
    private static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:,+=@%".contains($0)) }
        return isPlain
            ? text : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
