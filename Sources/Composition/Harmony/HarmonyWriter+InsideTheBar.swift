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
            guard i < chords.count - 1, chord.length >= bar, own.chance(neighbours),
                let triad = neighbour(of: chord, beside: [out.last, chords[i + 1]].compactMap { $0?.root }, &own)
            else {
                out.append(chord)
                continue
            }
            var neighbour = chord
            neighbour.name += "*"
            neighbour.triad = triad
            neighbour.tones = triad.contains(chord.root) ? triad : triad + [chord.root]
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

    /// The piece's own kind of neighbour mostly; not one whose root comes before or after anyway.
    private func neighbour(of chord: Chord, beside roots: [Int], _ random: inout RandomStream) -> [Int]? {
        let isOwn = random.chance(0.8)
        let kinds = isOwn ? neighbourKinds : Array(neighbourKinds.dropFirst())
        return kinds.lazy.compactMap { $0.triad(of: chord) }.first { triad in
            (chord.bass == chord.root || triad.contains(chord.bass))
                && (triad[0] == chord.root || !roots.contains(triad[0]))
        }
    }
}
