import Glibc

/// The microphones on their way: from one distance to another, in equal steps of what one hears (by ratio).
package struct MicrophoneWalk: Hashable, Sendable {
    /// Seconds from the start of the sound at which they leave, and how long they walk.
    package let time: Double
    package let lasting: Double
    /// Metres.
    package let from: Double
    package let to: Double

    /// Frames that are heard from one place.
    package static let step = 64

    package init(time: Double, lasting: Double, from: Double, to: Double) {
        self.time = time
        self.lasting = lasting
        self.from = from
        self.to = to
    }

    /// The distance so many seconds from the start of the sound.
    package func distance(at seconds: Double) -> Double {
        let share = max(0, min(1, (seconds - time) / lasting))
        return from * pow(to / from, share)
    }
}
