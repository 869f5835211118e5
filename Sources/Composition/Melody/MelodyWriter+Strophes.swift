import Moods
import Music

/// Sections whose second half sings what the first one sang, but for its end: as songs and dances do, those of bright and
/// driven moods most.
extension MelodyWriter {
    /// The chance that a piece that repeats literally does so within its sections, too.
    static func strophic(_ mood: Mood) -> Float { 0.8 + 0.4 * mood.energy - 0.3 * mood.nostalgia }

    /// Whether so many units of two bars have halves that can be alike.
    static func hasHalves(_ units: Int) -> Bool { units > 3 && units % 2 == 0 }

    /// The rhythm of the first half of the units in those of the second, the last one kept.
    func strophes(_ notes: [MelodyNote], units count: Int) -> [MelodyNote] {
        let half = count / 2
        let kept = notes.filter { $0.unit < half || $0.unit == count - 1 }
        let again = notes.filter { $0.unit < half - 1 }.map { note in
            var copy = note
            copy.onset += 2 * bar * half
            copy.unit += half
            return copy
        }
        return (kept + again).sorted { $0.onset < $1.onset }
    }

    /// Lets the second half wish for the pitches of the first one at the same places.
    func sungAgain(_ notes: inout [MelodyNote], units count: Int) {
        let half = count / 2
        for i in notes.indices where notes[i].unit >= half && notes[i].unit < count - 1 {
            let place = notes[i].onset - 2 * bar * half
            guard let before = notes.first(where: { $0.onset == place }) else { continue }
            notes[i].near = before.pitch
            notes[i].step = nil
            notes[i].isLiteral = true
        }
    }
}
