package import Moods
package import Music

/// A formal section while a piece is being composed; chords and melody are filled in by their stages.
package struct Section: Hashable, Sendable {
    /// `A`, `B`, `C` for melodic material, `i` intro, `o` outro.
    package var letter: String
    /// Whose chords: the letter itself, but `A` for intro, outro and passacaglia variations.
    package var harmonyLetter: String
    /// 0 for the first statement, counted up for returns.
    package var variant: Int
    package var onset: Beat
    package var bars: Int
    /// Length of a phrase in bars; the last phrase of a section may be longer or shorter.
    package var phraseBars: Int
    /// From 0, quiet, to 1, the climax.
    package var level: Float
    /// What the mood at the time of this section asks for.
    package var parameters: MusicalParameters
    package var chords: [Chord] = []
    package var melody: [MelodyNote] = []

    /// True for `A`, `B`, `C`; false for intro and outro.
    package var isThematic: Bool { letter != "i" && letter != "o" }

    /// Length in beats.
    package func length(in metre: Metre) -> Beat { Beat(bars * metre.beats) }

    package init(
        letter: String, harmonyLetter: String, variant: Int, onset: Beat, bars: Int, phraseBars: Int, level: Float,
        parameters: MusicalParameters
    ) {
        self.letter = letter
        self.harmonyLetter = harmonyLetter
        self.variant = variant
        self.onset = onset
        self.bars = bars
        self.phraseBars = phraseBars
        self.level = level
        self.parameters = parameters
    }
}
