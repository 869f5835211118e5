/// What the air of a postcard holds.
public enum PostcardWeather: String, Hashable, Sendable, CaseIterable {
    case rain, fog, snow

    /// How much of the sky it covers, 0...1.
    var cover: Float {
        switch self {
        case .rain: 0.42
        case .snow: 0.3
        case .fog: 0.2
        }
    }
}
