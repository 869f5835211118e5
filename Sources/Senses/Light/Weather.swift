/// Weather as an image, never as a cause: its measured pull on how people feel is small (music.md 3.5), so no axis moves
/// by more than .15 in all.
package enum Weather {
    /// The words that it is told in.
    package static let words: [String] = table.map(\.word)

    private static let table: [(word: String, axes: Axes)] = [
        ("clear", Axes(valence: 0.08, openness: 0.08)), ("sunny", Axes(valence: 0.12, energy: 0.05)),
        ("cloudy", Axes(valence: -0.05)), ("overcast", Axes(valence: -0.08, energy: -0.03)),
        ("windy", Axes(energy: 0.1, openness: 0.05)), ("breezy", Axes(valence: 0.04, energy: 0.04, openness: 0.06)),
        ("gale", Axes(energy: 0.15, tension: 0.1)), ("storm", Axes(valence: -0.06, energy: 0.15, tension: 0.15)),
        ("thunder", Axes(valence: -0.04, energy: 0.15, tension: 0.15)),
        ("rain", Axes(energy: -0.04, intimacy: 0.06, nostalgia: 0.12)),
        ("drizzle", Axes(energy: -0.08, intimacy: 0.06, nostalgia: 0.1)),
        ("fog", Axes(energy: -0.06, tension: 0.03, openness: 0.12)), ("mist", Axes(energy: -0.08, openness: 0.12)),
        ("snow", Axes(energy: -0.1, tension: -0.05, nostalgia: 0.08, openness: 0.1)),
        ("frost", Axes(energy: -0.06, intimacy: -0.04, openness: 0.08)),
        ("hot", Axes(energy: -0.05, tension: 0.04)), ("warm", Axes(valence: 0.05, intimacy: 0.06)),
        ("cold", Axes(valence: -0.04, intimacy: -0.06)), ("calm", Axes(energy: -0.1, tension: -0.1)),
    ]

    private static let synonyms: [String: String] = [
        "sun": "sunny", "sunshine": "sunny", "fine": "clear", "cloud": "cloudy", "clouds": "cloudy", "grey": "overcast",
        "gray": "overcast", "wind": "windy", "breeze": "breezy", "stormy": "storm", "thunderstorm": "thunder",
        "rainy": "rain", "showers": "rain", "raining": "rain", "foggy": "fog", "misty": "mist", "hazy": "mist",
        "haze": "mist", "snowy": "snow", "snowing": "snow", "frosty": "frost", "ice": "frost", "icy": "frost",
        "heat": "hot", "mild": "warm", "chilly": "cold", "still": "calm", "partly": "", "light": "", "and": "",
    ]

    /// The weather that a text on anything tells of, by the names of the table; not what it says there was none of.
    package static func images(in text: String) -> Set<String> {
        let words = text.lowercased().split(whereSeparator: { !$0.isLetter }).map(String.init)
        var names: Set<String> = []
        for (i, word) in words.enumerated() {
            let before = words[max(0, i - 2)..<i]
            guard !before.contains(where: { ["no", "not", "without", "never", "after"].contains($0) }) else { continue }
            let name = synonyms[word] ?? word
            if table.contains(where: { $0.word == name }) { names.insert(name) }
        }
        return names
    }

    /// The image of a few words, each of which must be known.
    ///
    /// Nil in `unknown` where all are.
    package static func read(_ text: String) -> (nudge: Nudge?, unknown: String?) {
        var axes = Axes()
        var names: [String] = []
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter }).map(String.init) {
            let name = synonyms[word] ?? word
            if name.isEmpty { continue }
            guard let entry = table.first(where: { $0.word == name }) else { return (nil, word) }
            axes += entry.axes
            names.append(word)
        }
        guard !names.isEmpty else { return (nil, text) }
        let limit = SIMD8<Float>(repeating: 0.15)
        axes.lanes = axes.lanes.clamped(lowerBound: -limit, upperBound: limit)
        return (Nudge(axes: axes, reason: "weather \(names.joined(separator: ", ")) -> \(axes.effects())"), nil)
    }
}
