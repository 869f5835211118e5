import Moods
import Music

extension MusicalParameters {
    /// The same with what a moment says about its music in place of what the mood would have.
    func wished(_ music: MusicSettings) -> MusicalParameters {
        var p = self
        if let chords = music.chords { p.chordsPerBar = chords }
        if let density = music.density { p.density = 1.4 * Exact.exp2(2.3 * density) }
        if let key = music.key { p = p.inMode(isMinor: key.isMinor) }
        if let register = music.register { p.melodyCentre += register }
        return p
    }
}
