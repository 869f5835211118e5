import Moods
import Music

/// Writes the accompaniment of a piece.
///
/// One figure per section letter, kept exactly; all four-bar groups and returns of a section decide alike at the same
/// place of the loop (music-fit A.2 1, 2).
struct TextureWriter {
    /// What accompanies the sections of a letter.
    struct Dress {
        let figure: Figure
        /// What the last bar of the section does instead.
        let relaxed: Figure
        /// Whether the tenor answers with the end of the melody in that bar (4.8, texture 10).
        let hasEcho: Bool
        /// Whether high bells ring after the phrases of loud sections (4.8, texture 11).
        let hasBells: Bool
    }

    let parameters: MusicalParameters
    let streams: CompositionStreams
    let beats: Int
    let tempo: Float
    /// How the piece sets its chords.
    let touch: Touch
    /// Added to the notes per attack of the right hand.
    let thickness: Float
    /// Semitones by which the left hand of this piece lies lower or higher than its mood's.
    private let register: Float
    /// Octaves by which the piece is busier or calmer than its mood.
    let bustle: Float
    /// Whether the figures of this piece strike two tones where they are written with one.
    let isFull: Bool
    /// Whether they strike three where they are written with two.
    let isRich: Bool
    /// How much longer than usual the keys of the accompaniment are held.
    let legato: Float
    /// How far apart the hands lie.
    let spacing: Spacing
    /// How often the right hand fills long notes.
    let fills: Float
    /// How far loud sections stand out, re the usual.
    let contrast: Float
    private let hasOneFigure: Bool
    private let densitySpread: Float
    private let hasSea: Bool
    private let frame: Frame
    /// Attacks a second of the first theme, by the plan.
    private let density: Float
    /// Where the theme's first four bars are struck, for sections that come before it.
    private let theme: [Int]
    private var dresses: [String: Dress] = [:]
    private var shapes: [String: [Int]] = [:]
    /// Where the left hand of each letter lies, MIDI number.
    private var middles: [String: Float] = [:]
    private var bass: Int?

    var bar: Int { beats * Grid.beat }

    /// Octaves by which keys are held shorter at valence 1 and longer at -1: happiness is heard as detached, sadness as
    /// legato (Juslin and Laukka 2003).
    private static let lightness: Float = 0.7
    /// How closely, in octaves, a figure meets the planned density, and one of a piece whose mood changes within it.
    private static let densitySpread: (usual: Float, onCourse: Float) = (0.25, 0.15)
    /// How far pieces of one mood lie apart in how busy they are, octaves; a mood that changes within the piece is to be
    /// followed, and neither the busiest nor the emptiest hands leave it room.
    private static let bustle: (usual: Float, onCourse: Float) = (0.45, 0.15)
    /// Octaves off the planned density at which a figure is not drawn, unless all are.
    private static let farthest: Float = 1
    /// How often a tune that comes back has a second line, where no mood asks for it.
    private static let countermelodies: Float = 0.12
    /// Held chord, open tenth, half the figure, bass alone.
    private static let relaxedShares: [Float] = [0.2, 0.33, 0.42, 0.05]

    init(_ plan: Plan, _ streams: CompositionStreams, theme: MotifPair) {
        parameters = plan.parameters
        self.streams = streams
        beats = plan.metre.beats
        tempo = plan.tempo
        contrast = plan.contrast
        hasOneFigure = plan.hasOneFigure
        densitySpread = plan.trajectory == nil ? Self.densitySpread.usual : Self.densitySpread.onCourse
        hasSea = plan.waveBars != nil
        frame = plan.frame
        density = plan.sections.first { $0.letter == "A" }?.density ?? plan.parameters.density
        let answer = 2 * plan.metre.beats * Grid.beat
        self.theme = theme.main.rhythm.map(\.onset) + theme.answer.rhythm.map { $0.onset + answer }
        // Pieces of one mood differ as one pianist's do: in how full, how deep and how busy they are.
        var apart = streams.at(.texture, "spacing")
        spacing = Spacing.draw(&apart)
        var random = streams.at(.texture, "thickness")
        touch = Touch.draw(&random)
        thickness = random.uniform(touch.thickness.0, touch.thickness.1)
        register = random.pick([-8, -5, -2, 0, 2, 5])
        bustle = touch.bustle + (plan.trajectory == nil ? Self.bustle.usual : Self.bustle.onCourse) * random.normal()
        fills = random.pick([0, 0.4, 1])
        isFull = random.chance(touch.fullness)
        isRich = random.chance(touch.richness)
        legato = random.pick([0.5, 0.75, 1, 1.1, 1.6]) * Exact.exp2(-Self.lightness * plan.parameters.mood.valence)
    }

    /// Ticks that last so many seconds or longer.
    func ticks(_ seconds: Float) -> Int { Int((seconds * tempo / 60 * Float(Grid.beat)).rounded(.up)) }

    /// How long this piece holds keys that are usually held for so many ticks: whole eighths, as a pianist would write.
    func held(_ usual: Int) -> Int {
        max(Grid.half, Int((Float(usual) * legato / Float(Grid.half)).rounded()) * Grid.half)
    }

    /// The left hand of a section, chosen beside a melody: the section's own, unless that was drawn again.
    mutating func leftHand(_ section: Section, beside melody: [MelodyNote]) -> [Note] {
        let dress = dress(for: section, beside: melody)
        let isLoud = section.level > 0.5
        var register = streams.at(.texture, "register", section.letter)
        let lowest =
            (section.parameters ?? parameters).lowestBass + self.register
            + Float(register.pick(Self.registers(section.letter)))
            - (isLoud ? 2 : 0)
        let middle =
            middles[section.letter]
            ?? spacing.middle(
                under: melody, centre: (section.parameters ?? parameters).melodyCentre)
        middles[section.letter] = middle
        let figure = dress.figure
        let wish = HandShape.Wish(
            lowest: lowest, middle: figure.isStruckWithBass ? nil : middle,
            struck: figure.tonesAboveBass(isFull: isFull, isRich: isRich), isBlock: figure.isChorale)
        let shapes = HandShape.shapes(section.chords, wish, before: bass, memory: &shapes)
        bass = shapes.last?.first ?? bass
        return LeftHand(writer: self, section: section, dress: dress, isLoud: isLoud).notes(shapes)
    }

    /// The right hand of a section: the melody and what goes with it.
    func rightHand(_ section: Section, left: [Note]) -> [Note] {
        RightHand(writer: self, section: section, dress: dresses[dressKey(section)], left: left).notes()
    }

    /// Whether a second line goes with the tune of a section, the first time that it comes back: closeness and memory like
    /// that most.
    func hasCountermelody(_ section: Section) -> Bool {
        guard section.variant == 1, !section.isFrame, !section.isRetold, section.cast.isEmpty, section.texture == nil,
            section.level < 1
        else { return false }
        let mood = (section.parameters ?? parameters).mood
        var random = streams.at(.texture, "countermelody", section.letter)
        return random.chance(Self.countermelodies + 0.2 * max(0, mood.intimacy) + 0.2 * max(0, mood.nostalgia))
    }

    /// Semitones by which a section's left hand may move.
    private static func registers(_ letter: String) -> [Int] {
        switch letter {
        case "i": [0, 3]
        case "B": [-5, -2, 0, 3, 5]
        case "C": [-3, 0, 3]
        default: [0]
        }
    }

    // MARK: - Dress

    private func dressKey(_ section: Section) -> String {
        if let texture = section.texture, !section.isFrame || texture != "alone" {
            return "\(section.letter) in \(texture)"
        }
        if section.isRedressed { return "\(section.letter) \(section.variant) redressed" }
        if section.letter == "i", frame.opening == .tune { return "opening" }
        if section.letter == "o", frame.farewell == .tune { return "farewell" }
        // The climax is dressed for itself, though its tune has been heard.
        if section.level == 1, section.variant > 0 { return section.letter + " climax" }
        if hasOneFigure { return "A" }
        guard section.letter == "A", section.variant == 2 else { return section.isFrame ? "A" : section.letter }
        var random = streams.at(.texture, "figure", "return")
        return random.chance(0.5) ? "A again" : "A"
    }

    private mutating func dress(for section: Section, beside melody: [MelodyNote]) -> Dress {
        let key = dressKey(section)
        if let known = dresses[key] { return known }
        if key == "opening" || key == "farewell" {
            let bare = Dress(figure: .alone, relaxed: .alone, hasEcho: false, hasBells: false)
            dresses[key] = bare
            return bare
        }
        var random = streams.at(.texture, "figure", key)
        let figure = wishedFigure(section) ?? drawFigure(section, melody, &random)
        var relax = streams.at(.texture, "relax", section.letter)
        let half = Figure(
            name: "half of \(figure.name)", strokes: figure.strokes.filter { $0.place < bar / 2 })
        let ways = [Figure.hold(beats: beats), .open(beats: beats), half, .alone]
        let relaxed = figure.isSilence ? figure : ways[relax.weighted(relaxing(ways, section, melody))]
        let mood = parameters.mood
        let hasEcho = mood.nostalgia >= 0.3 && relax.chance(0.6 * mood.nostalgia)
        let hasBells = mood.openness >= 0.5 && relax.chance(0.6 * mood.openness)
        let new = Dress(
            figure: figure, relaxed: relaxed, hasEcho: hasEcho || section.texture == "echo",
            hasBells: hasBells || section.texture == "bells")
        dresses[key] = new
        return new
    }

    /// The figure of a texture that is wished for, where the metre has one: an echo stands over the bass alone, bells over
    /// any figure.
    private func wishedFigure(_ section: Section) -> Figure? {
        section.texture.flatMap { Figure.named($0 == "echo" ? "alone" : $0, beats: beats) }
    }

    /// Draws a figure by how closely its attacks together with the melody's meet the density plan.
    ///
    /// It comes from the tables or is generated; energetic pieces prefer an idiom (music-plans 4).
    private func drawFigure(_ section: Section, _ melody: [MelodyNote], _ random: inout RandomStream) -> Figure {
        let level = section.letter == "i" ? 0.2 : section.level
        let mood = (section.parameters ?? parameters).mood
        let moodEnergy = mood.energy
        let energy = moodEnergy + 0.5 * level
        let own = 0.40 + 0.15 * moodEnergy + 0.15 * level
        if moodEnergy > 0.2, random.chance(0.15 + 0.55 * (moodEnergy + 0.4 * level + 0.1)) {
            return drawn(Figure.idioms(beats: beats).map { ($0, 1) }, section, melody, &random)
        }
        let table = Figure.choices(beats: beats, energy: energy, mood: mood)
        let generated = [Grid.half, Grid.third, Grid.quarter].map { ownFigure($0, &random) }
        return drawn(
            table.map { ($0, (1 - own) / Float(table.count)) } + generated.map { ($0, own / Float(generated.count)) },
            section, melody, &random)
    }

    /// How much a section's last bar likes each way to relax: those liked that leave it as empty as planned.
    private func relaxing(_ ways: [Figure], _ section: Section, _ melody: [MelodyNote]) -> [Float] {
        let own = section.isFrame ? density : section.density
        let wanted = own * Exact.exp2(bustle - Planner.relaxation) * Float(beats) * 60 / tempo
        let last = (section.bars - 1) * bar
        let sung = melody.map { $0.onset - section.start - last }.filter { $0 >= 0 }
        return zip(ways, Self.relaxedShares).map { way, share in
            let attacks = Set(sung).union(way.strokes.map(\.place)).count
            return share * Exact.exp(-abs(Exact.log2(Float(attacks) / max(1, wanted))) / densitySpread)
        }
    }

    private func drawn(
        _ options: [(figure: Figure, weight: Float)], _ section: Section, _ melody: [MelodyNote],
        _ random: inout RandomStream
    ) -> Figure {
        let seconds = Float(section.bars * beats) * 60 / tempo
        let wanted =
            (section.isFrame && !section.isRedressed ? density : section.density) * seconds * Exact.exp2(bustle)
        let sung =
            section.isFrame
            ? Set(
                stride(from: 0, to: section.bars, by: 4).flatMap { k in theme.map { $0 + k * bar } }
                    .filter { $0 < section.bars * bar })
            : Set(melody.map { $0.onset - section.start })
        let weights = options.map { figure, weight in
            var attacks = sung
            for k in stride(from: 0, to: section.bars, by: figure.bars) {
                for stroke in figure.strokes { attacks.insert(k * bar + stroke.place) }
            }
            let away = abs(Exact.log2(Float(attacks.count) / max(1, wanted)))
            // Rarely is not never: what lies an octave off is left out, or a sparse piece would run in sixteenths once.
            return away < Self.farthest
                ? weight * touch.liking(figure) * liking(figure, section) * Exact.exp(-away / densitySpread) : 0
        }
        return options[random.weighted(weights)].figure
    }

    /// How much more than others a figure suits the piece (music.md 4.8): rocking to rest, the open tenth to closeness, the
    /// wave to a climax by the sea.
    private func liking(_ figure: Figure, _ section: Section) -> Float {
        let mood = parameters.mood
        switch figure.name {
        case "gymnopedie" where section.level < 0.5: return 1 + 2 * max(0, -mood.tension)
        case "open", "half": return 1 + max(0, mood.intimacy - 0.4)
        case "wave", "swell": return hasSea && section.level == 1 ? 8 : 1
        default: return 1
        }
    }

    /// A running figure in notes of `unit`: up and down, rocking, walking or wide (music-fit A.2 7).
    private func ownFigure(_ unit: Int, _ random: inout RandomStream) -> Figure {
        let kind = random.index(4)
        var tones: [Int] = []
        for i in 0..<bar / unit {
            var q: Int
            switch kind {
            case 0: q = unit == Grid.third ? [0, 1, 2, 3, 2, 1][i % 6] : [0, 1, 2, 3, 4, 3, 2, 1][i % 8]
            case 1: q = i == 0 ? 0 : i % 2 == 1 ? random.pick([1, 2]) : random.pick([2, 3, 3, 4])
            case 2: q = [0, 2, 1, 3, 2, 4, 3, 2][i % 8]
            default: q = i == 0 ? 0 : clamp(tones[i - 1] + random.pick([1, 1, -1, 2, -1]), 1, 5)
            }
            if i > 0, q == 0, random.chance(0.6) { q = 1 }
            // A key is not hammered.
            if i > 0, q == tones[i - 1] { q = q < 3 ? q + 1 : q - 1 }
            tones.append(q)
        }
        let name = ["up and down", "rocking run", "wide run", "walking run"][kind]
        return Figure(name: name, strokes: tones.enumerated().map { (place: $0.offset * unit, tones: [$0.element]) })
    }
}
