package import Music

/// One harmony while a piece is being composed; a bass other than the root makes an inversion or a pedal point.
package struct Chord: Hashable, Sendable {
    /// Roman name as in the tables of music.md 4.4, such as `IV` or `I/3`; a neighbour chord ends in `*`.
    package var name: String
    /// Pitch class.
    package var root: Int
    /// Pitch class.
    package var bass: Int
    /// Pitch classes; the second one is the third (or the tone that stands for it).
    package var triad: [Int]
    /// Pitch classes of triad, colour tones and drone.
    package var pitchClasses: [Int]
    /// Pitch class of the local tonic.
    package var localTonic: Int
    package var isMinor: Bool
    package var onset: Beat
    package var length: Beat

    package var end: Beat { onset + length }

    package init(
        name: String, root: Int, bass: Int, triad: [Int], pitchClasses: [Int], localTonic: Int, isMinor: Bool,
        onset: Beat = .zero, length: Beat = .zero
    ) {
        self.name = name
        self.root = root
        self.bass = bass
        self.triad = triad
        self.pitchClasses = pitchClasses
        self.localTonic = localTonic
        self.isMinor = isMinor
        self.onset = onset
        self.length = length
    }

    /// The scale of the piece on the local tonic, bent to contain the triad: a foreign tone replaces its neighbour.
    package func scale() -> PitchClassSet {
        var scale = PitchClassSet(scaleDegrees(isMinor: isMinor).map { $0 + localTonic })
        for tone in triad where !scale.contains(tone) {
            let neighbours = [pitchClass(tone + 1), pitchClass(tone - 1)]
            if let replaced = neighbours.first(where: { scale.contains($0) && !triad.contains($0) }) {
                scale.remove(replaced)
            }
            scale.insert(tone)
        }
        return scale
    }

    /// As the performer reads it.
    package var scoreChord: ScoreChord {
        ScoreChord(
            name: name, onset: onset, length: length, root: root, bass: bass, triad: triad,
            pitchClasses: pitchClasses, localTonic: localTonic)
    }
}

extension [Chord] {
    /// The chord that sounds at a time: the last one that has begun, the first before all; the list must not be empty.
    package func sounding(at time: Beat) -> Chord {
        var low = 0
        var high = count
        while high - low > 1 {
            let middle = (low + high) / 2
            if self[middle].onset <= time { low = middle } else { high = middle }
        }
        return self[low]
    }
}
