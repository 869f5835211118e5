import Composition
package import Mixing
import Moods
import Music

extension Piece {
    /// Seconds that the microphones walk.
    private static let walking = 4.0

    /// The walk of the microphones as the theme returns for the last time, where the moment asks for one and there is a
    /// return.
    package var microphoneWalk: MicrophoneWalk? {
        let room = source.moment.room
        guard let to = room.lastDistance,
            let last = plan.sections.lastIndex(where: \.isRetold)
                ?? plan.sections.lastIndex(where: { $0.letter == "A" && $0.variant > 0 }),
            let time = second(ofBeat: score.sections[last].onset.value)
        else { return nil }
        return MicrophoneWalk(
            time: time, lasting: Self.walking, from: Double(room.microphoneDistance ?? RoomSettings.standardDistance),
            to: Double(to))
    }
}
