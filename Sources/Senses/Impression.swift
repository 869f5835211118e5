/// What one sense makes of the moment.
package struct Impression: Hashable, Sendable {
    package enum Sense: String, Hashable, Sendable {
        case mood, words, photo, sound

        /// How much a sense counts against the others (music.md 3.1); a mood that was named counts most.
        var weight: Float {
            switch self {
            case .mood: 1.5
            case .words: 1
            case .photo: 0.6
            case .sound: 0.5
            }
        }
    }

    package var sense: Sense
    package var axes: Axes
    /// 0...1 on each axis: 0 where the sense has nothing to say.
    package var confidence: Axes
    /// A line each, such as `words 'beach' -> openness +.60`.
    package var reasons: [String]

    package init(sense: Sense, axes: Axes, confidence: Axes, reasons: [String]) {
        self.sense = sense
        self.axes = axes
        self.confidence = confidence
        self.reasons = reasons
    }
}

/// What shifts a moment without being one: the light, the season, the weather.
package struct Nudge: Hashable, Sendable {
    package var axes: Axes
    package var reason: String

    package init(axes: Axes, reason: String) {
        self.axes = axes
        self.reason = reason
    }
}
