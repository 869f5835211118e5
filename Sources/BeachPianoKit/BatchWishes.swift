/// What can lie beside the sound of a piece.
public enum Companion: String, Hashable, Sendable, CaseIterable {
    case midi, score, picture, roll, moment

    /// How its file ends.
    var ending: String {
        switch self {
        case .midi: "mid"
        case .score: "musicxml"
        case .picture: "svg"
        case .roll: "roll.svg"
        case .moment: "yaml"
        }
    }
}

/// What a batch is to render, and how.
public struct BatchWishes: Hashable, Sendable {
    /// A folder of moment files, or a work list (YAML or CSV).
    public var source: String
    public var destination: String
    /// How many seeds of each piece, from 1.
    public var seeds = 1
    /// Moods that each piece is told in; empty leaves it its own.
    public var moods: [String] = []
    /// Formats of each piece; empty leaves it to `output.format`, the moment, or WAV.
    public var formats: [String] = []
    public var companions: Set<Companion> = []
    /// Whether a page shows all pieces of the folder; it needs their pictures, which are then made too.
    public var makesCatalogue = false
    /// Template of the files' names; nil makes one from what differs.
    public var name: String?
    public var duration: String?
    public var piano: String?
    public var room: String?
    public var sea: String?
    public var output = OutputWishes()
    /// Pieces at a time; nil is the number of cores.
    public var jobs: Int?
    /// `I/N`, counted from 0, or `auto`.
    public var shard: String?
    /// True begins nothing more after the first failure.
    public var failsFast = false
    /// Minutes after which the batch stops by itself.
    public var maxMinutes: Double?

    public init(source: String, destination: String) {
        self.source = source
        self.destination = destination
    }
}
