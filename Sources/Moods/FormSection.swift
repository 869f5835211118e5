/// A section of a form that is wished for or remembered: whose material, how many bars, in phrases of how many, and how it
/// is told.
public struct FormSection: Hashable, Sendable {
    /// `A` to `Z` for melodic material, `i` intro, `o` outro.
    public var letter: String
    /// 1...999.
    public var bars: Int
    /// 1...`bars`.
    public var phraseBars: Int
    /// Whether it is told as a memory, after a silence: `A~` (music.md 4.12).
    public var isRetold = false
    /// What accompanies it, one of `textures`; nil leaves it to the composer.
    public var texture: String?
    /// Planned tension, 0...1, mean of its bars; nil leaves it to the composer.
    public var tension: Float?

    /// The most sections of a form.
    public static let most = 200

    /// The names of the accompaniments (music.md 4.8), in the order of its table.
    public static let textures = [
        "gymnopedie", "open", "roll", "narrow", "swell", "drone", "chorale", "pulse", "3+3+2", "echo", "bells", "alone",
    ]

    public init(
        letter: String, bars: Int, phraseBars: Int, isRetold: Bool = false, texture: String? = nil,
        tension: Float? = nil
    ) {
        self.letter = letter
        self.bars = bars
        self.phraseBars = phraseBars
        self.isRetold = isRetold
        self.texture = texture
        self.tension = tension
    }

    /// Such as `A8/4`: eight bars in phrases of four; `A~6/6 echo 0.22` is told as a memory.
    public var text: String {
        var words = ["\(letter)\(isRetold ? "~" : "")\(bars)/\(phraseBars)"]
        if let texture { words.append(texture) }
        if let tension { words.append("\(tension)") }
        return words.joined(separator: " ")
    }

    /// Reads `text` back; nil where it is no section.
    public init?(parsing text: String) {
        var words = text.split(separator: " ").map(String.init)[...]
        guard let form = words.popFirst(), let letter = form.first,
            ("A"..."Z").contains(letter) || letter == "i" || letter == "o"
        else { return nil }
        let rest = form.dropFirst()
        let isRetold = rest.first == "~"
        let parts = rest.dropFirst(isRetold ? 1 : 0).split(separator: "/", omittingEmptySubsequences: false)
            .map { Int($0) }
        guard parts.count == 2, let bars = parts[0], let phraseBars = parts[1], (1...999).contains(bars),
            (1...bars).contains(phraseBars)
        else { return nil }
        self.init(letter: String(letter), bars: bars, phraseBars: phraseBars, isRetold: isRetold)
        if let name = words.first, Self.textures.contains(name) {
            texture = name
            words.removeFirst()
        }
        if let number = words.first {
            guard let value = Float(number), (0...1).contains(value) else { return nil }
            tension = value
            words.removeFirst()
        }
        guard words.isEmpty else { return nil }
    }
}
