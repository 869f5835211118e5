import Music

/// A mood with a name, or an everyday word that leads to one.
public struct NamedMood: Hashable, Sendable {
    public let name: String
    public let mood: Mood
    /// What you will hear.
    public let sentence: String
    /// The mood that this word stands for; nil for a mood of its own.
    public let aliasOf: String?

    /// All moods, then all aliases.
    public static let all: [NamedMood] =
        moods
        + aliases.compactMap { alias, target, sentence in
            moods.first { $0.name == target }.map {
                NamedMood(name: alias, mood: $0.mood, sentence: sentence, aliasOf: target)
            }
        }

    /// The mood of a name; case does not count, spaces and underscores are hyphens.
    public static func named(_ name: String) -> NamedMood? {
        let wanted = String(name.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 })
        return all.first { $0.name == wanted }
    }

    /// The name that was probably meant.
    public static func nearest(to name: String) -> String {
        Spelling.nearest(to: name, among: all.map(\.name)) ?? "golden-hour"
    }

    private init(name: String, mood: Mood, sentence: String, aliasOf: String?) {
        self.name = name
        self.mood = mood
        self.sentence = sentence
        self.aliasOf = aliasOf
    }

    private init(_ name: String, _ axes: [Float], _ sentence: String) {
        self.init(
            name: name,
            mood: Mood(
                valence: axes[0], energy: axes[1], tension: axes[2], intimacy: axes[3], nostalgia: axes[4],
                openness: axes[5]), sentence: sentence, aliasOf: nil)
    }

    // Valence, energy, tension, intimacy (-1...1), nostalgia, openness (0...1): music.md 2.2.
    private static let moods: [NamedMood] = [
        .init("golden-hour", [0.60, -0.35, -0.60, 0.70, 0.35, 0.55], "Last light: slow, warm, wide open, at rest."),
        .init("tender", [0.50, -0.50, -0.45, 0.90, 0.30, 0.25], "Close and quiet, a hand held."),
        .init("in-love", [0.75, -0.10, -0.30, 0.85, 0.20, 0.50], "Bright and close, the tune leaning upward."),
        .init("content", [0.65, -0.40, -0.70, 0.55, 0.10, 0.30], "Nothing missing: plain major, an even pace."),
        .init("serene", [0.50, -0.75, -0.85, 0.40, 0.10, 0.60], "Almost still, long notes, much air."),
        .init("lullaby", [0.45, -0.90, -0.85, 0.85, 0.25, 0.15], "Rocking, soft, small, slower and slower."),
        .init(
            "nostalgic", [0.25, -0.35, -0.20, 0.65, 0.95, 0.35], "Sweet chords with a minor shade, a tune that returns."
        ),
        .init("bittersweet", [0.10, -0.20, 0.00, 0.60, 0.80, 0.35], "Neither major nor minor for long."),
        .init("longing", [-0.20, -0.05, 0.30, 0.60, 0.75, 0.45], "Minor, reaching up and falling back."),
        .init("melancholy", [-0.40, -0.55, -0.05, 0.50, 0.55, 0.20], "Slow minor, a narrow tune, soft."),
        .init("grief", [-0.80, -0.60, 0.25, 0.55, 0.40, 0.10], "Dark and heavy, few notes, a long climb."),
        .init("lonely", [-0.50, -0.65, 0.05, 0.15, 0.45, 0.55], "A single line in a large room."),
        .init("hopeful", [0.60, 0.15, -0.05, 0.35, 0.10, 0.60], "Moving forward, rising basses."),
        .init("joyful", [0.80, 0.60, -0.20, 0.35, 0.00, 0.25], "Fast, bright, light on its feet."),
        .init("exhilarated", [0.80, 0.90, 0.10, 0.05, 0.00, 0.70], "As fast and full as it gets, wide leaps."),
        .init("wonder", [0.45, 0.05, 0.05, 0.10, 0.10, 1.0], "Distant chords side by side, high and wide."),
        .init("dreamy", [0.35, -0.50, -0.30, 0.35, 0.30, 0.85], "Floating, pedalled, without hurry."),
        .init("mysterious", [-0.05, -0.20, 0.45, 0.00, 0.10, 0.70], "Open fifths, something held back."),
        .init("anxious", [-0.55, 0.45, 0.85, 0.05, 0.00, 0.15], "Pulsing minor, close intervals, no rest."),
        .init("stormy", [-0.60, 0.85, 0.80, -0.30, 0.00, 0.40], "Loud, fast, low, driven."),
        .init("solemn", [0.05, -0.30, 0.10, -0.10, 0.25, 0.50], "Upright and slow, chords like steps."),
        .init("resolute", [0.35, 0.55, 0.25, 0.00, 0.05, 0.50], "Firm, forward, plain."),
        .init("wistful-hope", [0.30, -0.10, 0.05, 0.50, 0.50, 0.60], "Looking back and going on."),
        .init("rainy-afternoon", [0.00, -0.45, -0.15, 0.55, 0.45, 0.15], "Indoors, even drops, half awake."),
        .init("warm", [0.55, -0.30, -0.50, 0.85, 0.30, 0.30], "By the fire: close, gentle, unhurried."),
    ]

    private static let aliases: [(String, String, String)] = [
        ("calm", "serene", "Still and clear."), ("peaceful", "serene", "At rest."),
        ("quiet", "tender", "Soft and near."),
        ("sad", "melancholy", "Slow and minor."), ("happy", "joyful", "Bright and quick."),
        ("romantic", "in-love", "Close and glowing."), ("love", "in-love", "Close and glowing."),
        ("night", "dreamy", "Floating in the dark."), ("sleep", "lullaby", "Towards sleep."),
        ("rain", "rainy-afternoon", "Drops on the window."), ("rainy", "rainy-afternoon", "Drops on the window."),
        ("beach", "golden-hour", "Last light by the sea."), ("sunset", "golden-hour", "Last light."),
        ("morning", "hopeful", "A day begins."), ("sunrise", "hopeful", "A day begins."),
        ("autumn", "nostalgic", "Leaves and memory."), ("memory", "nostalgic", "What was."),
        ("winter", "lonely", "Wide and cold."), ("alone", "lonely", "One line."), ("loss", "grief", "What is gone."),
        ("farewell", "bittersweet", "Parting."), ("missing-you", "longing", "Far away."),
        ("dark", "mysterious", "Something held back."), ("tense", "anxious", "No rest."),
        ("nervous", "anxious", "No rest."), ("angry", "stormy", "Loud and driven."),
        ("epic", "exhilarated", "Full and fast."),
        ("excited", "exhilarated", "Full and fast."), ("playful", "joyful", "Light on its feet."),
        ("cozy", "warm", "By the fire."), ("home", "warm", "By the fire."), ("focus", "content", "Even and plain."),
        ("work", "content", "Even and plain."), ("space", "wonder", "High and wide."),
        ("magical", "wonder", "High and wide."),
        ("strong", "resolute", "Firm."), ("brave", "resolute", "Firm."), ("sacred", "solemn", "Slow chords."),
        ("gentle", "tender", "Soft and near."), ("relaxed", "content", "Even and plain."),
    ]
}
