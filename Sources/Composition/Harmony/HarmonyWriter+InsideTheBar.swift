import Music

/// Changes off the barline and neighbour chords in static bars (music-fit A.2 4).
extension HarmonyWriter {
    /// Moves a share of the changes off the barline, keyed to both chords and the place in the loop, so that a loop
    /// repeats its syncopations (music-fit A.2 4).
    func displace(_ chords: inout [Chord], _ section: Section) {
        guard chords.count > 2 else { return }
        for i in 0..<chords.count - 2 {
            let at = chords[i + 1].onset - section.start
            var own = streams.at(
                .harmony, "displace", chords[i].name, chords[i + 1].name, "\(at % (4 * bar))")
            let spare = own.chance(0.5)
            guard at % bar == 0, !(at % (4 * bar) == 0 && spare), own.chance(displaced) else { continue }
            let moves =
                bar == 4 * Grid.beat
                ? [-2 * Grid.beat, -Grid.beat, 2 * Grid.beat] : [-Grid.beat, -Grid.half, Grid.beat]
            let d = moves[own.weighted([0.5, 0.15, 0.35])]
            if 100 * (chords[i].length + d) >= 49 * bar, 100 * (chords[i + 1].length - d) >= 49 * bar {
                chords[i].length += d
                chords[i + 1].onset += d
                chords[i + 1].length -= d
            }
        }
    }

    /// Puts a neighbour chord over the same bass into a share of the static bars.
    func withNeighbours(_ chords: [Chord], _ section: Section) -> [Chord] {
        var out: [Chord] = []
        for (i, chord) in chords.enumerated() {
            var own = streams.at(.harmony, "neighbour", chord.name, "\((chord.onset - section.start) % (4 * bar))")
            let scale = chord.scale
            let sixth = [9, 8].map { (chord.root + $0) % 12 }.first { scale.contains($0) }
            let fourth = (chord.root + 5) % 12
            guard i < chords.count - 1, chord.length >= bar, let sixth, scale.contains(fourth), own.chance(neighbours)
            else {
                out.append(chord)
                continue
            }
            var neighbour = chord
            neighbour.name += "*"
            if own.chance(0.8) {
                neighbour.triad = [fourth, sixth, chord.root]
                neighbour.tones = [chord.root, fourth, sixth]
            } else {
                let second = (chord.root + 2) % 12
                neighbour.triad = [chord.root, (chord.root + 7) % 12, scale.contains(second) ? second : fourth]
                neighbour.tones = neighbour.triad
            }
            let isFour = bar == 4 * Grid.beat
            let half = isFour ? bar / 2 : Grid.beat
            let returns = own.chance(0.5)
            var parts: [(Chord, Int)]
            if chord.length >= 2 * bar {
                parts =
                    returns
                    ? [(chord, bar), (neighbour, half), (chord, chord.length - bar - half)]
                    : [(chord, bar), (neighbour, chord.length - bar)]
            } else if returns {
                parts = [(chord, half), (neighbour, chord.length - half)]
            } else {
                let first = isFour ? 2 * Grid.beat : Grid.beat
                parts = [(chord, first), (neighbour, Grid.beat), (chord, chord.length - first - Grid.beat)]
            }
            var time = chord.onset
            for (part, length) in parts where length > 0 {
                var copy = part
                copy.onset = time
                copy.length = length
                out.append(copy)
                time += length
            }
        }
        return out
    }
}
