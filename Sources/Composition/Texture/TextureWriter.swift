import Moods
import Music

/// Writes the accompaniment of a piece.
///
/// One figure per section letter, kept exactly; all four-bar groups and returns of a section decide alike at the same
/// place of the loop (music-fit A.2 1, 2).
struct TextureWriter {
    private let parameters: MusicalParameters
    private let streams: CompositionStreams
    private let beats: Int
    private let tempo: Float
    private let thickness: Float
    private var figures: [String: Figure] = [:]
    private var shapes: [String: [Int]] = [:]
    private var bass: Int?

    private var bar: Int { beats * Grid.beat }
    private static let longestBass = 4 * Grid.beat
    private static let longestFigure = Grid.beat
    private static let lowestInner = 55
    private static let registers: [String: [Int]] = [
        "i": [0, 3], "A": [0], "B": [-5, -2, 0, 3, 5], "C": [-3, 0, 3], "o": [0],
    ]

    init(_ parameters: MusicalParameters, _ streams: CompositionStreams, metre: Metre, tempo: Float) {
        self.parameters = parameters
        self.streams = streams
        beats = metre.beats
        self.tempo = tempo
        var random = streams.at(.texture, "thickness")
        thickness = random.uniform(-0.2, 1)
    }

    /// Names of the figures in use, by letter.
    var figureNames: [String: String] { figures.mapValues(\.name) }

    // MARK: - Left hand

    /// The figure on every chord: it begins anew with each chord and each bar; the last bar of the section relaxes.
    mutating func leftHand(_ section: Section) -> [Note] {
        let figure = figure(for: section)
        let isLoud = section.level > 0.5
        var register = streams.at(.texture, "register", section.letter)
        let lowest =
            parameters.lowestBass + Float(register.pick(Self.registers[section.letter] ?? [0])) - (isLoud ? 2 : 0)
        var relax = streams.at(.texture, "relax", section.letter)
        let ways = [
            Figure.named("hold", beats: beats), Figure.named("open", beats: beats),
            Figure(name: "half of \(figure.name)", strokes: figure.strokes.filter { $0.place < bar / 2 }),
        ]
        let relaxed = ways[relax.weighted([0.2, 0.35, 0.45])]
        let lastBar = section.start + (section.bars - 1) * bar
        var out: [Note] = []
        for chord in section.chords {
            let key =
                "\(chord.name) \(chord.tonic) \(chord.tones.sorted()) \(Int((lowest / 6).rounded()))"
            if shapes[key] == nil || abs((shapes[key]?[0] ?? 0) - (bass ?? shapes[key]?[0] ?? 0)) > 12 {
                shapes[key] = HandShape.tones(chord, before: bass, lowest: lowest)
            }
            let tones = shapes[key] ?? [36]
            bass = tones[0]
            var octave = streams.at(.texture, "octave", "\(tones[0])", "\(isLoud)")
            let doubles = tones[0] < 46 && octave.chance(0.08 + (isLoud ? 0.22 : 0))
            var t = chord.onset
            while t < chord.end {
                let length = min(bar - (t - section.start) % bar, chord.end - t)
                let strokes = t >= lastBar && section.letter != "o" ? relaxed.strokes : figure.strokes
                for stroke in strokes where stroke.place < length {
                    let on = t + stroke.place
                    if stroke.place == 0, doubles {
                        out.append(
                            Note(
                                onset: on, length: min(chord.end - on, Self.longestFigure), pitch: tones[0] + 12,
                                role: .figure))
                    }
                    for j in stroke.tones {
                        let q =
                            j < tones.count
                            ? tones[j] : tones[tones.count - 1 - (j - tones.count) % max(1, tones.count - 1)]
                        let held =
                            j == 0 || stroke.place == 0
                            ? Self.longestBass : Self.longestFigure * (stroke.tones.count > 1 ? 2 : 1)
                        out.append(
                            Note(
                                onset: on, length: min(chord.end - on, held), pitch: q,
                                role: j == 0 ? .bass : .figure))
                    }
                }
                t += length
            }
        }
        return playable(Guards.unique(out))
    }

    /// Tones struck together lie within a hand: what is out of reach is left out, the bass stays.
    private func playable(_ notes: [Note]) -> [Note] {
        var lowest: [Int: Int] = [:]
        for note in notes { lowest[note.onset] = min(lowest[note.onset] ?? 999, note.pitch) }
        return notes.filter { $0.pitch - (lowest[$0.onset] ?? 0) <= HandShape.span }
    }

    private mutating func figure(for section: Section) -> Figure {
        var key = section.isFrame ? "A" : section.letter
        if section.letter == "A", section.variant == 2 {
            var random = streams.at(.texture, "figure", "return")
            if random.chance(0.5) { key = "A2" }
        }
        if let known = figures[key] { return known }
        let new = drawFigure(section, key)
        figures[key] = new
        return new
    }

    /// From the table or generated, drawn by how closely its attacks together with the melody's meet the density plan.
    private func drawFigure(_ section: Section, _ key: String) -> Figure {
        var random = streams.at(.texture, "figure", key)
        let level = section.letter == "i" ? 0.2 : section.level
        let energy = parameters.mood.energy + 0.5 * level
        let own = 0.40 + 0.15 * parameters.mood.energy + 0.15 * level
        let seconds = Float(section.bars * beats) * 60 / tempo
        let wanted = parameters.density * seconds * Exact.exp2(1.3 * (level - 0.3))
        let melody = Set(section.melody.map { $0.onset - section.start })
        let table = Figure.choices(beats: beats, energy: energy < -0.25 ? 0 : energy < 0.45 ? 1 : 2)
        let generated = [Grid.half, Grid.third, Grid.quarter].map { ownFigure($0, &random) }
        var weights: [Float] = []
        for (i, figure) in (table + generated).enumerated() {
            var attacks = melody
            for k in 0..<section.bars { for stroke in figure.strokes { attacks.insert(k * bar + stroke.place) } }
            let fit = Exact.exp(-abs(Exact.log2(Float(attacks.count) / max(1, wanted))) / 0.45)
            weights.append(
                fit * (i < table.count ? (1 - own) / Float(table.count) : own / Float(generated.count)))
        }
        return (table + generated)[random.weighted(weights)]
    }

    /// A running figure in notes of `unit`: up and down, rocking, walking or wide (music-fit A.2 7).
    private func ownFigure(_ unit: Int, _ random: inout RandomStream) -> Figure {
        let count = bar / unit
        let kind = random.index(4)
        var tones: [Int] = []
        for i in 0..<count {
            var q: Int
            switch kind {
            case 0: q = unit == Grid.third ? [0, 1, 2, 3, 2, 1][i % 6] : [0, 1, 2, 3, 4, 3, 2, 1][i % 8]
            case 1: q = i == 0 ? 0 : i % 2 == 1 ? random.pick([1, 2]) : random.pick([2, 3, 3, 4])
            case 2: q = [0, 2, 1, 3, 2, 4, 3, 2][i % 8]
            default: q = i == 0 ? 0 : clamp(tones[i - 1] + random.pick([1, 1, -1, 2, -1]), 1, 5)
            }
            if i > 0, q == 0, random.chance(0.6) { q = 1 }
            tones.append(q)
        }
        let name = ["up and down", "rocking run", "wide run", "walking run"][kind]
        return Figure(name: name, strokes: tones.enumerated().map { (place: $0.offset * unit, tones: [$0.element]) })
    }

    // MARK: - Right hand

    /// The melody, inner voices under it at chord changes and some strong notes, parallel doublings, and fills in its
    /// long notes; every decision is keyed to the note's place in the four-bar loop.
    func rightHand(_ section: Section, left: [Note]) -> [Note] {
        let isLoud = section.level > 0.5
        var random = streams.at(.texture, "right", section.letter, "\(isLoud)")
        let thick = parameters.notesPerAttack + (isLoud ? 0.9 : 0) + thickness
        var double: [Int]?
        if !section.isFrame, random.chance(0.25 + (isLoud ? 0.25 : 0)) {
            double = isLoud ? random.pick([[12], [3, 4, 5], [8, 9, 10]]) : random.pick([[3, 4, 5], [8, 9, 10]])
        }
        let fills = random.chance(parameters.mood.energy > -0.4 ? 0.45 : 0.25) && section.letter != "i"
        let unit = tempo > 84 || random.chance(0.4) ? Grid.half : random.pick([Grid.quarter, Grid.third])
        var before: [Int] = []
        var out: [Note] = []
        for note in section.melody {
            var own = streams.at(.texture, "right", section.letter, "\((note.onset - section.start) % (4 * bar))")
            let chord = section.chords.at(note.onset)
            let changes = chord.onset == note.onset
            let floor = left.filter { $0.onset == note.onset }.map { $0.pitch + 2 }.reduce(Self.lowestInner, max)
            out.append(Note(onset: note.onset, length: note.length, pitch: note.pitch, role: .melody))
            let after = section.chords.first { $0.onset > note.onset }
            var wants = changes
            if !wants, note.isStrong { wants = own.chance(0.45) }
            if !wants, note.length >= Grid.beat { wants = own.chance(0.08 * thick) }
            let count = wants ? Int(thick - 1 + own.uniform()) : 0
            let follows = own.chance(0.25)
            if count > 0 {
                before = InnerVoices.choose(
                    chord, under: note.pitch, count: min(count, 3), before: before, floor: floor, &own)
                for q in before {
                    let over = follows && after?.tones.contains(q % 12) == true ? min(Grid.beat, after?.length ?? 0) : 0
                    let length = min(note.length > Grid.beat ? note.length : bar, chord.end - note.onset) + over
                    out.append(Note(onset: note.onset, length: max(1, length), pitch: q, role: .inner))
                }
            } else if let double, own.chance(0.5) {
                let scale = chord.scale
                let interval = double.first { scale.contains((note.pitch - $0) % 12) } ?? 12
                if note.pitch - interval > floor - 3 {
                    out.append(
                        Note(
                            onset: note.onset, length: max(1, min(note.length, chord.end - note.onset)),
                            pitch: note.pitch - interval, role: .inner))
                }
            }
            if fills, note.length >= Grid.beat + Grid.half { out += fill(chord, note, unit, &own) }
        }
        return Guards.unique(out)
    }

    /// A broken chord under a long melody note.
    private func fill(_ chord: Chord, _ note: MelodyNote, _ unit: Int, _ random: inout RandomStream) -> [Note] {
        let low = max(57, note.pitch - 14)
        guard low < note.pitch - 2 else { return [] }
        let tones = (low..<note.pitch - 2).filter { chord.tones.contains($0 % 12) }
        guard !tones.isEmpty else { return [] }
        var j = random.index(tones.count)
        var direction = random.chance(0.5) ? 1 : -1
        var out: [Note] = []
        var t = note.onset + unit
        while t < min(note.end - Grid.quarter, chord.end) {
            if random.chance(0.8) || t % Grid.beat == 0 {
                out.append(Note(onset: t, length: max(1, min(2 * unit, chord.end - t)), pitch: tones[j], role: .inner))
            }
            if !tones.indices.contains(j + direction) { direction = -direction }
            j = clamp(j + direction, 0, tones.count - 1)
            t += unit
        }
        return out
    }
}
