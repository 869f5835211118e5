import Moods
import Music

/// A rhythm of two bars and a contour in scale steps.
struct Motif {
    var rhythm: [(onset: Int, length: Int)]
    var contour: [Int]
}

/// Motifs by generate-and-select (music.md 4.6): many candidates, the best kept.
struct MotifMaker {
    let parameters: MusicalParameters
    let dialect: Dialect
    let tempo: Float
    let beats: Int

    private static let rhythmCandidates = 60
    private static let contourCandidates = 240

    /// Main and answer per letter.
    ///
    /// C often takes A's main motif, B its answer; with one motif all share A's.
    func motifs(_ random: inout RandomStream, isOne: Bool) -> [String: (main: Motif, answer: Motif)] {
        var a = (main: make(0, &random), answer: make(-0.3, &random))
        if a.main.contour.count < 3 { a.main = make(0.3, &random) }
        var b = (main: make(0.25, &random), answer: make(0, &random))
        var c = (main: make(0.4, &random), answer: make(0.2, &random))
        if isOne || random.chance(0.6) { c.main = a.main }
        if isOne || random.chance(0.35) { b.answer = a.answer }
        if isOne { b.main = a.main }
        return ["A": a, "B": b, "C": c]
    }

    private func make(_ busy: Float, _ random: inout RandomStream) -> Motif {
        let rhythm = rhythm(busy, &random)
        return Motif(rhythm: rhythm, contour: contour(rhythm.count, &random))
    }

    /// The best by number of notes against the density plan and by a clear profile.
    private func rhythm(_ busy: Float, _ random: inout RandomStream) -> [(onset: Int, length: Int)] {
        let bar = beats * Grid.beat
        // Melody notes are about half of the attacks of the density plan.
        let wanted = clamp(parameters.density * 0.51 * 60 / tempo * 2 * Float(beats) * (1 + busy * 0.35), 3, 10)
        let cells = RhythmCells.cells(beats: beats)
        var best: (score: Float, notes: [(onset: Int, length: Int)])?
        for _ in 0..<Self.rhythmCandidates {
            var notes = random.pick(cells) + random.pick(cells).map { (onset: $0.onset + bar, length: $0.length) }
            let last = notes.count - 1
            if random.chance(0.35), notes[last].length >= Grid.beat {
                notes[last].length -= notes[last].length < 2 * Grid.beat ? Grid.half : Grid.beat
            }
            if parameters.mood.energy > 0.2, random.chance(0.5) {
                let quarters = notes.indices.filter { notes[$0].length == Grid.beat }
                for i in quarters.prefix(random.chance(0.6) ? 2 : 1) {
                    notes[i].length = Grid.half
                    notes.append((onset: notes[i].onset + Grid.half, length: Grid.half))
                }
                notes.sort { $0.onset < $1.onset }
            }
            let kinds = Set(notes.map(\.length)).count
            var score = -0.8 * abs(Float(notes.count) - wanted) + (kinds >= 2 ? 1 : -2) + (kinds >= 3 ? 0.3 : 0)
            score += (notes[notes.count - 1].length >= Grid.beat ? 0.6 : -0.5) + 0.5 * random.normal()
            if score > best?.score ?? -.infinity { best = (score, notes) }
        }
        let notes = best?.notes ?? []
        return random.chance(0.65) ? subdivided(notes, &random) : notes
    }

    /// Splits up to two notes below the beat, mostly in the piece's favourite way (music-fit A.2 7).
    private func subdivided(_ notes: [(onset: Int, length: Int)], _ random: inout RandomStream)
        -> [(onset: Int, length: Int)]
    {
        var out = notes
        var long = out.indices.filter { out[$0].length >= Grid.half }
        for _ in 0..<min(long.count, [0, 1, 1, 2][random.index(4)]) {
            let i = long.remove(at: random.index(long.count))
            let (onset, length) = out[i]
            let way: Dialect.Subdivision
            if length < Grid.beat {
                way = .sixteenth
            } else if let own = dialect.subdivision, random.chance(0.75) {
                way = own
            } else {
                way = random.pick(Dialect.Subdivision.allCases)
            }
            switch way {
            case .dotted where length == Grid.beat:
                out[i].length = 36
                out.append((onset: onset + 36, length: Grid.quarter))
            case .sixteenth where length <= Grid.beat:
                out[i].length = length - Grid.quarter
                out.append((onset: onset + length - Grid.quarter, length: Grid.quarter))
            case .triplet where length == Grid.beat:
                out[i].length = Grid.third
                out.append((onset: onset + Grid.third, length: Grid.third))
                out.append((onset: onset + 2 * Grid.third, length: Grid.third))
            case .late where length >= Grid.beat + Grid.half:
                out[i].length = length - Grid.half
                out.append((onset: onset + length - Grid.half, length: Grid.quarter))
                out.append((onset: onset + length - Grid.quarter, length: Grid.quarter))
            default: break
            }
        }
        return out.sorted { $0.onset < $1.onset }
    }

    /// Scale-step offsets with exactly one signature leap, the best by span, turns and variety.
    private func contour(_ count: Int, _ random: inout RandomStream) -> [Int] {
        var best: (score: Float, steps: [Int]) = (-.infinity, [0])
        let shares = dialect.stepShares
        for _ in 0..<Self.contourCandidates {
            var c = [0]
            let leap = count > 2 ? 1 + random.index(count - 1) : -1
            for i in 1..<max(1, count) {
                let previous = c[i - 1]
                if i == leap {
                    c.append(previous + random.pick([3, 4, 5]) * (random.chance(0.7) ? 1 : -1))
                } else if i == leap + 1, i > 1 {
                    c.append(previous - random.pick([1, 1, 2]) * (previous < c[i - 2] ? -1 : 1))
                } else {
                    c.append(previous + random.weighted(shares) * (random.chance(0.5) ? 1 : -1))
                }
            }
            var turns = 0
            for i in c.indices.dropFirst().dropLast() where (c[i] - c[i - 1]) * (c[i + 1] - c[i]) < 0 { turns += 1 }
            let span = Float((c.max() ?? 0) - (c.min() ?? 0))
            var score = -0.5 * abs(span - (4 + 0.25 * parameters.phraseRange))
            score -= 0.5 * abs(Float(turns) - 0.45 * Float(count))
            score += (Set(c).count >= 3 ? 0.5 : -1) + 0.4 * random.normal()
            if score > best.score { best = (score, c) }
        }
        return best.steps
    }
}
