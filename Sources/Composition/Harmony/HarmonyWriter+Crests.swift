import Moods
import Music

/// The light on the waves (music.md 4.14): where a bright, open piece breathes with a sea, the tonic wears the raised fourth
/// on some crests.
extension HarmonyWriter {
    /// Moods in which it does.
    private static let (leastValence, leastOpenness): (Float, Float) = (0.3, 0.5)
    /// Share of the crests on the tonic that are lit; decided by the place in the section, so that returns keep it.
    private static let share: Float = 0.6

    func lightCrests(_ chords: inout [Chord], _ section: Section) {
        let mood = parameters.mood
        guard let wave = plan.waveBars, !section.isMinor, mood.valence >= Self.leastValence,
            mood.openness >= Self.leastOpenness
        else { return }
        let first = plan.firstCrest(wave) * Grid.beat
        for i in chords.indices.dropLast() where chords[i].name == "I" && (chords[i].onset - first) % (wave * bar) == 0
        {
            var own = streams.at(.harmony, "crest", section.harmony, "\(chords[i].onset - section.start)")
            guard own.chance(Self.share) else { continue }
            chords[i].isLydian = true
            chords[i].tones.append((chords[i].tonic + 6) % 12)
        }
    }
}
