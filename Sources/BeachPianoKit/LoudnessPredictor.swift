import Mixing
import Music

/// The gain of a live piece before it has been heard, from its notes (architecture, "Level").
///
/// Each note gives energy by its velocity and register for as long as it sounds; the sum over the time that is not
/// silent is the loudness. The constants are fitted on renders of the shipped presets with three seeds each; the error
/// is in the tests.
enum LoudnessPredictor {
    /// dB for one step of velocity, and the level of a note at velocity 60 in LUFS.
    private static let slope: Float = 0.27
    private static let level: Float = -37.5
    /// Seconds in which a note under the pedal falls by 4.3 dB, at middle C; longer below.
    private static let decay: Float = 0.55

    /// LUFS of the performance at the instrument's own level.
    static func loudness(_ performance: Performance, instrument: InstrumentSettings, room: RoomSettings) -> Float {
        guard let last = performance.notes.last else { return -70 }
        var energy: Float = 0
        for note in performance.notes {
            let key = Float(note.pitch.midi)
            let time = decay * Exact.exp2((60 - key) / 18)
            let register = -0.0022 * (key - 62) * (key - 62)
            let decibels = slope * (note.velocity - 60) + register
            energy += Exact.exp(decibels * 0.230_258_5) * time
        }
        let seconds = Float(max(1, last.onset + 1))
        let kind: Float =
            switch instrument.kind {
            case .grand: 0
            case .upright: 0.5
            case .felt: -0.8
            }
        return level + kind + 10 * Exact.log(energy / seconds) / Exact.log(10)
    }

    /// dB to apply for a target in LUFS.
    static func gain(
        _ performance: Performance, instrument: InstrumentSettings, room: RoomSettings, target: Float
    ) -> Float {
        target - loudness(performance, instrument: instrument, room: room)
    }
}
