import Music

/// Which fingers of a hand speak: the outer ones of a chord, and the first half of a figure that repeats (music.md 5.4).
enum HandVoicing {
    /// Velocity of the notes inside a hand's chord of three and more.
    static let inside: Float = -4
    /// Of the upper note of a right hand that plays below no melody.
    static let top: Float = 3
    /// Of the second half of a bar whose figure is that of the bar before.
    static let ostinato: Float = -2

    /// What each note gains, MIDI velocity.
    static func changes(_ reading: Reading) -> [Float] {
        var changes = [Float](repeating: 0, count: reading.notes.count)
        for chord in reading.chordsStruck {
            for isLeft in [true, false] {
                let hand = chord.filter { reading.notes[$0].role.isLeftHand == isLeft }
                if hand.count >= 3 { for i in hand.dropFirst().dropLast() { changes[i] += inside } }
                if !isLeft, hand.count >= 2, let high = hand.last, !hand.contains(where: { reading.isMelody[$0] }) {
                    changes[high] += top
                }
            }
        }
        let half = Beat(reading.metre, 2)
        for bar in repeatedFigures(reading) {
            let middle = Beat(bar * reading.metre) + half
            let first = reading.notes.lowerBound { $0.onset >= middle }
            let last = reading.notes.lowerBound { $0.onset >= middle + half }
            for i in first..<last where reading.notes[i].role == .figure { changes[i] += ostinato }
        }
        return changes
    }

    /// Bars whose figure moves just as that of the bar before, on whatever chord.
    private static func repeatedFigures(_ reading: Reading) -> [Int] {
        var places = [Set<Beat>](repeating: [], count: reading.score.bars)
        for note in reading.notes where note.role == .figure {
            let bar = note.onset.floor / reading.metre
            if places.indices.contains(bar) { places[bar].insert(note.onset - Beat(bar * reading.metre)) }
        }
        return places.indices.dropFirst().filter { places[$0].count > 2 && places[$0] == places[$0 - 1] }
    }
}
