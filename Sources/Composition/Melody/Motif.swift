import Moods
import Music

/// A musical idea of two bars: a rhythm and a contour in scale steps.
struct Motif {
    /// The one event by which a motif is known again (music.md 4.6).
    enum Signature: CaseIterable {
        case leap, suspension, offBeatEntry

        static let shares: [Float] = [0.6, 0.25, 0.15]
    }

    var rhythm: [(onset: Int, length: Int)]
    /// Scale steps from the first note, one per note.
    var contour: [Int]
    var signature = Signature.leap
}

/// The two motifs of a letter.
struct MotifPair {
    var main: Motif
    var answer: Motif

    static let empty = MotifPair(
        main: Motif(rhythm: [(onset: 0, length: Grid.beat)], contour: [0]),
        answer: Motif(rhythm: [(onset: 0, length: Grid.beat)], contour: [0]))
}

/// Motifs by generate-and-select (music.md 4.6): 300 candidates, scored, the best kept.
struct MotifMaker {
    let parameters: MusicalParameters
    let dialect: Dialect
    let vocabulary: RhythmVocabulary
    let tempo: Float
    let beats: Int

    private static let candidates = 300
    /// Melody notes for an attack of the density plan.
    private static let melodyShare: Float = 0.51

    private var bar: Int { beats * Grid.beat }

    /// Main and answer per letter.
    ///
    /// C often takes A's main motif, B its answer; with one motif all share A's.
    func motifs(_ random: inout RandomStream, isOne: Bool) -> [String: MotifPair] {
        // What a piece is known by has notes enough to be its own.
        let a = pair(busy: (0, -0.3), fewest: 6.6, more: dialect.notes, &random)
        var b = pair(busy: (0.25, 0), fewest: 6, &random)
        var c = pair(busy: (0.4, 0.2), fewest: 6, &random)
        if isOne || random.chance(0.6) { c.main = a.main }
        if isOne || random.chance(0.35) { b.answer = a.answer }
        if isOne { b.main = a.main }
        return ["A": a, "B": b, "C": c]
    }

    private func pair(
        busy: (Float, Float), fewest: Float, more: Float = 0, _ random: inout RandomStream
    ) -> MotifPair {
        let main = select(busy.0, answering: nil, fewest: fewest, more: more, &random)
        return MotifPair(main: main, answer: select(busy.1, answering: main, fewest: 3, more: 0, &random))
    }

    private func select(
        _ busy: Float, answering main: Motif?, fewest: Float, more: Float, _ random: inout RandomStream
    ) -> Motif {
        let density = parameters.density * Self.melodyShare * 60 / tempo * 2 * Float(beats)
        let wanted = clamp(density * (1 + busy * 0.35), fewest, 10) + more
        var best: (score: Float, motif: Motif) = (-.infinity, MotifPair.empty.main)
        for _ in 0..<Self.candidates {
            let motif = candidate(&random)
            var score = rhythmScore(motif.rhythm, wanted) + contourScore(motif.contour) + 0.75 * random.normal()
            if let main { score += kinship(motif, main) }
            if score > best.score { best = (score, motif) }
        }
        return best.motif
    }

    // MARK: - Candidates

    private func candidate(_ random: inout RandomStream) -> Motif {
        let signature = Motif.Signature.allCases[random.weighted(Motif.Signature.shares)]
        var rhythm = rhythm(&random)
        if random.chance(0.65) { rhythm = subdivided(rhythm, &random) }
        if signature == .offBeatEntry, rhythm[0].onset == 0, rhythm[0].length >= Grid.beat {
            rhythm[0].onset = Grid.half
            rhythm[0].length -= Grid.half
        }
        return Motif(
            rhythm: rhythm, contour: contour(rhythm, signature, &random), signature: signature)
    }

    private func rhythm(_ random: inout RandomStream) -> [(onset: Int, length: Int)] {
        var notes = random.pick(vocabulary.cells)
        notes += random.pick(vocabulary.cells).map { (onset: $0.onset + bar, length: $0.length) }
        let last = notes.count - 1
        if random.chance(0.35), notes[last].length >= Grid.beat {
            notes[last].length -= notes[last].length < 2 * Grid.beat ? Grid.half : Grid.beat
        }
        if parameters.mood.energy > 0.2, random.chance(0.3) {
            let quarters = notes.indices.filter { notes[$0].length == Grid.beat }
            for i in quarters.prefix(random.chance(0.6) ? 2 : 1) {
                notes[i].length = Grid.half
                notes.append((onset: notes[i].onset + Grid.half, length: Grid.half))
            }
            notes.sort { $0.onset < $1.onset }
        }
        return notes
    }

    /// Splits up to two notes below the beat, in the piece's favourite way (music-fit A.2 7).
    private func subdivided(_ notes: [(onset: Int, length: Int)], _ random: inout RandomStream)
        -> [(onset: Int, length: Int)]
    {
        var out = notes
        var long = out.indices.filter { out[$0].length >= Grid.half }
        for _ in 0..<min(long.count, [0, 1, 1, 2][random.index(4)]) {
            let i = long.remove(at: random.index(long.count))
            let (onset, length) = out[i]
            let way = dialect.subdivision ?? random.pick(Dialect.Subdivision.allCases)
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

    /// Scale-step offsets around the signature.
    ///
    /// One leap of a fourth to a sixth that turns back, or a tone prepared
    /// before the second bar, held into it and resolved down; else steps of the dialect.
    private func contour(
        _ rhythm: [(onset: Int, length: Int)], _ signature: Motif.Signature, _ random: inout RandomStream
    ) -> [Int] {
        let count = rhythm.count
        let shares = dialect.stepShares
        let leap = signature == .leap && count > 2 ? 1 + random.index(count - 1) : -1
        let held = signature == .suspension ? rhythm.firstIndex { $0.onset >= bar } ?? -1 : -1
        var c = [0]
        for i in 1..<max(1, count) {
            let previous = c[i - 1]
            if i == leap {
                c.append(previous + random.pick([3, 4, 5]) * (random.chance(0.7) ? 1 : -1))
            } else if i > 1, i == leap + 1 {
                c.append(previous - random.pick([1, 1, 2]) * (previous < c[i - 2] ? -1 : 1))
            } else if i == held {
                c.append(previous)
            } else if held > 0, i == held + 1 {
                c.append(previous - 1)
            } else {
                c.append(previous + random.weighted(shares) * (random.chance(0.5) ? 1 : -1))
            }
        }
        return c
    }

    // MARK: - Scores

    /// The number of notes against the density plan, a clear profile, a long close, two bars that resemble each other.
    private func rhythmScore(_ rhythm: [(onset: Int, length: Int)], _ wanted: Float) -> Float {
        var kinds: [Int] = []
        for note in rhythm where !kinds.contains(note.length) { kinds.append(note.length) }
        var score = -0.8 * abs(Float(rhythm.count) - wanted) + (kinds.count >= 2 ? 1 : -2)
        score += kinds.count == 3 ? 0.3 : kinds.count > 4 ? -0.6 : 0
        score += rhythm[rhythm.count - 1].length >= Grid.beat ? 0.6 : -0.5
        let first = rhythm.filter { $0.onset < bar }.map(\.onset)
        let second = rhythm.filter { $0.onset >= bar }.map { $0.onset - bar }
        let common = first.filter { second.contains($0) }.count
        return score - 0.2 * Float(first.count + second.count - 2 * common)
    }

    /// Span, turns and variety.
    private func contourScore(_ c: [Int]) -> Float {
        var turns = 0
        for i in c.indices.dropFirst().dropLast() where (c[i] - c[i - 1]) * (c[i + 1] - c[i]) < 0 { turns += 1 }
        let span = Float((c.max() ?? 0) - (c.min() ?? 0))
        var score = -0.5 * abs(span - (4 + 0.25 * parameters.phraseRange + dialect.reach))
        score -= 0.5 * abs(Float(turns) - dialect.turns * Float(c.count))
        var different: [Int] = []
        for step in c where !different.contains(step) { different.append(step) }
        return score + (different.count >= 3 ? 0.5 : -1)
    }

    /// An answer keeps one bar of the main motif's rhythm and goes another way.
    private func kinship(_ motif: Motif, _ main: Motif) -> Float {
        func onsets(_ motif: Motif, _ k: Int) -> [Int] {
            motif.rhythm.map { $0.onset - k * bar }.filter { (0..<bar).contains($0) }
        }
        let keeps = onsets(motif, 0) == onsets(main, 0) || onsets(motif, 1) == onsets(main, 1)
        let direction = (motif.contour.last ?? 0) * (main.contour.last ?? 0)
        return (keeps ? 0.6 : 0) + (direction <= 0 ? 0.3 : 0)
    }
}
