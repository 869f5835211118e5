public import Music

/// One of the moments that a montage is made of, as it enters the piece.
public struct MontageVoice: Hashable, Sendable {
    /// What the moment is called; without the mark `;`, which separates the parts of its text.
    public var name: String
    public var theme: Theme
    /// The light that it is stated in: its own mode.
    public var isMinor: Bool

    /// The fewest and the most moments of a montage.
    public static let count = 2...6

    public init(name: String, theme: Theme, isMinor: Bool) {
        self.name = String(name.map { $0 == ";" ? "," : $0 })
        self.theme = theme
        self.isMinor = isMinor
    }

    /// Such as `evening; major; 0:48:0 48:96:4 / 0:96:0 96:48:-1`.
    public var text: String { "\(name); \(isMinor ? "minor" : "major"); \(theme.text)" }

    /// Reads `text` back; nil where it is no voice.
    public init?(parsing text: String) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map { $0.drop { $0 == " " } }
        guard parts.count == 3, parts[1] == "minor" || parts[1] == "major", let theme = Theme(parsing: String(parts[2]))
        else { return nil }
        self.init(name: String(parts[0]), theme: theme, isMinor: parts[1] == "minor")
    }
}
