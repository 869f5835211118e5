package import Moods
package import Music

/// The sea as a metronome: how many beats a wave lasts (music.md 3.4).
package struct SwellClock: Hashable, Sendable {
    /// Seconds from wave to wave.
    package let period: Double
    /// Beats for each wave.
    package let beats: Int
    package let metre: Metre
    /// Quarter notes per minute.
    package let tempo: Float

    /// Periods that a wave may have, seconds.
    package static let periods = 3.0...20.0

    /// The number of beats whose tempo is nearest to the mood's own; the metre that the mood likes is given four beats
    /// per minute.
    ///
    /// Beyond the numbers of the source, 3 and 4 serve the short waves of lakes.
    package init(period: Double, mood: Mood) {
        let wished = MusicalParameters.derived(from: mood).tempo
        let likesThree = mood.intimacy > 0.5 && mood.energy < 0.2
        func misfit(_ beats: Int) -> Float {
            let isThree = beats % 3 == 0
            let tempo = Float(60 * Double(beats) / period)
            return abs(tempo - wished) - (isThree == likesThree ? 4 : 0)
        }
        let choices = period < 5.5 ? [3, 4, 6, 8] : [6, 8, 9, 12, 16]
        let beats = choices.min { misfit($0) < misfit($1) } ?? 8
        self.period = period
        self.beats = beats
        metre = Metre(beats: beats % 3 == 0 ? 3 : 4)
        tempo = Float((6000 * Double(beats) / period).rounded() / 100)
    }

    /// Such as `nine beats in 3/4 for each wave`.
    package var description: String {
        let names = [3: "three", 4: "four", 6: "six", 8: "eight", 9: "nine", 12: "twelve", 16: "sixteen"]
        return "\(names[beats] ?? "\(beats)") beats in \(metre) for each wave"
    }
}
