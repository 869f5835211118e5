import Mixing
import Music

/// The gain of a live piece before it has been heard, from its notes (architecture, "Level").
///
/// Each note gives energy by its velocity and register; the sum over the time that is not silent is the loudness. The
/// constants are fitted on renders of presets and of moods; the error is in the tests.
enum LoudnessPredictor {
    /// dB for one step of velocity, and the level in LUFS of one note a second at velocity 60 on the D above middle C.
    private static let slope: Float = 0.323
    private static let level: Float = -42.08
    /// dB for one semitone: the ear and the meter hear high keys better than their energy says.
    private static let register: Float = 0.074
    /// dB from fitted to hard hammers.
    private static let hardness: Float = 0.6
    /// dB from no felt to as thick as it gets, before the hammers of the felt piano.
    private static let felt: Float = 5

    /// LUFS of the performance at the instrument's own level.
    static func loudness(_ performance: Performance, instrument: InstrumentSettings, room: RoomSettings) -> Float {
        guard let last = performance.notes.last, performance.notes.contains(where: { !$0.isSilent }) else { return -70 }
        var energy: Float = 0
        for note in performance.notes where !note.isSilent {
            let decibels = slope * (note.velocity - 60) + register * Float(note.pitch.midi - 62)
            energy += Exact.exp(decibels * 0.230_258_5)
        }
        let seconds = Float(max(1, last.onset + 1))
        let body = 1.1 * (instrument.bodyInPlace.value - 1)
        let kind: Float =
            switch instrument.kind {
            case .grand, .upright: body - 0.2
            case .felt: body - 1.7 - felt * (instrument.feltInPlace.value - 0.6)
            }
        let voicing = hardness * (instrument.hardness ?? InstrumentSettings.standardHardness)
        return level + kind + voicing + nearField(room, instrument.nearness)
            + reverberation(room, instrument.nearness)
            + 10 * Exact.log(energy / seconds) / Exact.log(10)
    }

    /// dB that the field near the strings adds to a sound that is loudest about 300 Hz, against the standard distance.
    private static func nearField(_ room: RoomSettings, _ nearness: Float) -> Float {
        // c / (2 pi 300 Hz) over the distance.
        func power(_ distance: Float) -> Float {
            let x = 0.18 / (nearness * distance)
            return 1 + x * x
        }
        let standard = RoomSettings.standardDistance
        return 10 * Exact.log(power(room.microphoneDistance ?? standard) / power(standard)) / Exact.log(10)
    }

    /// dB that the room adds: its level against the direct sound grows by 6 dB with each doubling of the distance.
    private static func reverberation(_ room: RoomSettings, _ nearness: Float) -> Float {
        let near: Float =
            switch room.kind {
            case .near: -16
            case .room: -12
            case .hall: -7.5
            case .beach: -26
            }
        let distance = (room.microphoneDistance ?? RoomSettings.standardDistance) / RoomSettings.standardDistance
        let level = room.reverbLevel ?? near + 20 * Exact.log(nearness * distance) / Exact.log(10)
        // Sustained tones gather three times the energy that the impulse response has by itself.
        return 10 * Exact.log(1 + 3 * Exact.pow(10, level / 10)) / Exact.log(10)
    }

    /// The factor that keeps the loudness where the piano is carried from one room to another.
    static func factor(from old: RoomSettings, to new: RoomSettings, nearness: Float) -> Float {
        Exact.pow(10, (reverberation(old, nearness) - reverberation(new, nearness)) / 20)
    }

    /// dB to apply for a target in LUFS.
    static func gain(
        _ performance: Performance, instrument: InstrumentSettings, room: RoomSettings, target: Float
    ) -> Float {
        target - loudness(performance, instrument: instrument, room: room)
    }
}
