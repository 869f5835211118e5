import Music

/// A hand that jumps arrives a moment late: the breath before a leap that nobody plans (music.md 5.2, leaps).
enum HandTravel {
    /// Semitones that a hand reaches without moving, and seconds that each one beyond costs.
    static let reach: Float = 12
    static let perSemitone: Float = 0.0012
    static let longest: Float = 0.025
    /// A hand that has had so many seconds is where it should be.
    static let enough: Float = 0.7

    /// Delays what a hand strikes after a jump; the melody is never kept waiting.
    static func delay(_ reading: Reading, _ onsets: inout [Double]) {
        var last: [Bool: (pitch: Float, seconds: Double)] = [:]
        for chord in reading.chordsStruck {
            for isLeft in [true, false] {
                let hand = chord.filter { reading.notes[$0].role.isLeftHand == isLeft }
                guard let low = hand.first, let high = hand.last else { continue }
                let middle = (reading.pitch[low] + reading.pitch[high]) / 2
                let struck = onsets[low]
                if let before = last[isLeft], Float(struck - before.seconds) < enough {
                    let beyond = max(0, abs(middle - before.pitch) - reach)
                    let late = Double(reading.weights.leaps * min(longest, perSemitone * beyond))
                    for i in hand where !reading.isMelody[i] { onsets[i] += late }
                }
                last[isLeft] = (middle, struck)
            }
        }
    }
}
