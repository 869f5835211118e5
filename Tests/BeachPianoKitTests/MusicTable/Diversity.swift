import Composition
import Moods
import Music

/// How many different things the pieces of one mood are made of: forms, keys, accompaniments and harmonies.
struct Diversity {
    private(set) var forms: Set<String> = []
    private(set) var keys: Set<Key> = []
    /// How the first theme is accompanied.
    private(set) var textures: Set<Texture> = []
    /// The degrees on which the first theme stands, in the order of its changes.
    private(set) var harmonies: Set<[String]> = []

    /// Metre, and where in the bar the left hand strikes.
    struct Texture: Hashable {
        let beats: Int
        let places: Set<Beat>
    }

    /// Bars of the first theme that are looked at: a loop.
    private static let loop = 4

    init(_ mood: Mood, seeds: ClosedRange<UInt64>) {
        for seed in seeds {
            let (plan, score) = Composer.compose(
                CompositionRequest(mood: mood, title: "t", seed: Seed(seed), duration: 150))
            guard let theme = score.sections.first(where: { $0.letter == "A" }) else { continue }
            forms.insert(plan.form)
            keys.insert(plan.key)
            if let places = Self.places(theme, score) {
                textures.insert(Texture(beats: score.metre.beats, places: places))
            }
            harmonies.insert(Self.degrees(theme, score))
        }
    }

    /// The commonest places of the left hand in the bars of a section.
    private static func places(_ section: ScoreSection, _ score: Score) -> Set<Beat>? {
        let bar = Beat(score.metre.beats)
        let left = score.notes.filter { $0.role.isLeftHand }.map(\.onset)
        var counts: [Set<Beat>: Int] = [:]
        for k in 0..<max(1, section.bars - 1) {
            let start = section.onset + bar * k
            let struck = Set(left.filter { $0 >= start && $0 < start + bar }.map { $0 - start })
            counts[struck, default: 0] += 1
        }
        let most = counts.values.max()
        return counts.filter { $0.value == most }.keys.min { $0.count < $1.count }
    }

    /// Roman numerals without inversions, neighbour chords and repetitions.
    private static func degrees(_ section: ScoreSection, _ score: Score) -> [String] {
        let end = section.onset + Beat(min(loop, section.bars) * score.metre.beats)
        var degrees: [String] = []
        for chord in score.chords
        where chord.onset >= section.onset && chord.onset < end && !chord.name.hasSuffix("*") {
            let degree = String(chord.name.prefix { $0 != "/" })
            if degrees.last != degree { degrees.append(degree) }
        }
        return degrees
    }
}
