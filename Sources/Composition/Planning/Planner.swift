import Moods
import Music

/// Decides form, key, metre, tempo and tension so that the bars fill the time asked for (music.md 4.3, 4.5).
enum Planner {
    private static let warmKeys = [1, 8, 3, 6, 10, 5, 0]
    private static let openKeys = [2, 9, 7, 5, 0, 4, 10]
    private static let minorKeys = [0, 2, 6, 11, 9, 4, 7, 5]
    private static let phraseBars: [(bars: Int, weight: Float)] = [(4, 1.3), (6, 0.5), (5, 0.3), (8, 0.45), (7, 0.1)]
    /// How closely (ln) the bars of a form must fit the time asked for: closer, and the time alone would choose the form.
    private static let spread: Float = 0.3
    /// Quarters are a little faster in 3/4.
    private static let waltz: Float = 1.12
    /// The share of a section at which it stands highest.
    private static let height: Float = 0.8
    /// Octaves of density from level 0 to 1.
    private static let levelDensity: Float = 1.3
    /// Share of the pieces that keep one figure throughout (music-plans 4).
    private static let oneFigure: Float = 0.45
    /// Octaves by which the last bar of a section is emptier than the others: its figure relaxes.
    static let relaxation: Float = 0.6
    /// The most that two hands are asked for, attacks a beat.
    private static let busiest: Float = 3
    /// The least that is left of the usual ringing where the sea's clock is kept.
    private static let shortestRing = 0.6
    /// Bars of an outro at most, where a sea leaves some over.
    private static let longestOutro = 8

    static func plan(_ request: CompositionRequest) -> Plan {
        let streams = CompositionStreams(seed: request.seed, mood: moodKey(request.mood), salts: request.rerolls)
        var random = streams.at(.form, "parameters")
        let variation = MoodVariation(stream: &random)
        func derived(_ mood: Mood) -> MusicalParameters {
            .derived(from: mood, variation: variation).wished(request.music)
        }
        var parameters = derived(request.mood)
        if let isMinor = Trajectory.isHomeMinor(request, derived) { parameters = parameters.inMode(isMinor: isMinor) }
        var choices = streams.at(.form, "choices")
        let isThree = choices.chance(request.mood.intimacy > 0.4 && request.mood.energy < 0.2 ? 0.6 : 0.3)
        let tonic = choices.pick(
            parameters.isMinor ? minorKeys : request.mood.intimacy > 0.4 ? warmKeys : openKeys)
        let key = request.music.key ?? Key(tonic: tonic, isMinor: parameters.isMinor)
        let scheme = KeyScheme.draw(parameters, &choices)

        let ringOut = Plan.ringOut(request.duration)
        let time = max(1, request.duration - ringOut - Plan.leadIn)
        func wished(_ metre: Metre) -> Double {
            if let tempo = request.music.tempo { return Double(tempo) }
            let own = Double(parameters.tempo * (metre.beats == 3 ? waltz : 1) * (request.music.pace ?? 1))
            return request.swell.flatMap { SeaClock.tempo(near: own, metre, swell: $0) } ?? own
        }
        /// Bars that fill the time, and by how much (ln) they change the tempo.
        func bars(_ metre: Metre) -> (count: Int, change: Float) {
            let exact = time * wished(metre) / 60 / Double(metre.beats)
            let count = max(2, Int(exact.rounded()))
            return (count, abs(Exact.log(Float(Double(count) / exact))))
        }
        var metre = request.music.metre ?? Metre(beats: isThree ? 3 : 4)
        let other = Metre(beats: metre.beats == 3 ? 4 : 3)
        // A few bars cannot be stretched to any time: the metre that fits is taken.
        if request.music.metre == nil, bars(metre).change > 0.06, bars(other).change < bars(metre).change {
            metre = other
        }
        var count = bars(metre).count
        let wave = SeaClock.waveBars(request, metre, tempo: wished(metre), bars: count)
        // With a sea the clock is the sea's, and the strings ring for what is left.
        let clock = wave.flatMap { wave in request.swell.map { 60 * Double(wave * metre.beats) / $0 } }
        func played(_ clock: Double) -> Double { Double(count * metre.beats) * 60 / clock }
        if let clock, time + ringOut - played(clock) < shortestRing * ringOut { count -= 1 }
        let isMontage = !request.music.montage.isEmpty
        let (form, even) =
            isMontage
            ? montage(count, request, key: key, metre: metre)
            : remembered(count, request, wave: wave, &choices) ?? sections(count, request, wave: wave, &choices)
        let trajectory = Trajectory(
            request, bars: count, keepsTempo: clock != nil || request.music.tempo != nil, derived)
        let course = MoodCourse(request, trajectory)
        let sections = course.shaped(even)
        var memory = streams.at(.form, "returns")
        let drawn = ReturnKind.draw(request.mood, &memory)
        // A montage lives on what is known again.
        let returns = isMontage ? .literal : drawn
        let hasOneFigure =
            memory.chance(oneFigure)
            && !isMontage && trajectory == nil
        let drawnFrame = Frame.draw(&memory, isFree: !isMontage && trajectory == nil)
        var own = streams.at(.form, "turns")
        let light = trajectory.map {
            SectionLight($0, home: parameters, request, form: form, hasOneFigure: hasOneFigure, derived: derived)
        }
        let ownKeys = isMontage ? sections : keyed(sections, scheme, parameters, form, &choices)
        let lit = light?.shed(on: ownKeys, &own) ?? ownKeys
        let placed = isMontage ? lit : SectionWishes.applied(lit, request.music.sections)
        let frame = drawnFrame.following(placed)
        let tempo = clock.map(Float.init) ?? Float(Double(count * metre.beats) * 60 / time)
        let last = LastReturn.draw(placed, request, metre: metre, tempo: tempo, &memory)
        let habits = Habits.draw(isOnCourse: trajectory != nil, &memory)
        parameters.melodyCentre += habits.height
        let keyed = dense(last.sections, parameters, tempo: tempo, habits, hasOneFigure: hasOneFigure, frame)
        return Plan(
            request: request, parameters: parameters, form: form, key: key, metre: metre, tempo: tempo,
            sections: keyed, waveBars: wave, returns: returns, hasOneFigure: hasOneFigure, contrast: habits.contrast,
            frame: frame, lastReturn: last.operators,
            keyScheme: keyed.contains { $0.transposition != 0 }
                ? keyed.contains { $0.isMinor != parameters.isMinor } ? .relative : scheme : .same,
            tension: SectionWishes.shaped(
                course.shaped(tension(keyed, request.mood, barSeconds: Float(metre.beats) * 60 / tempo)), keyed),
            density: density(keyed),
            finalCadence: Cadence.draw(isClosing: true, &choices),
            ringOut: clock.map { time + ringOut - played($0) } ?? ringOut, trajectory: trajectory)
    }

    /// The mood as a place of its own among the streams, so that the same seed differs between moods.
    static func moodKey(_ mood: Mood) -> String {
        [mood.valence, mood.energy, mood.tension, mood.intimacy, mood.nostalgia, mood.openness]
            .map { String(Int(($0 * 1000).rounded())) }.joined(separator: " ")
    }

    /// The sections with their keys.
    private static func keyed(
        _ sections: [PlannedSection], _ scheme: KeyScheme, _ p: MusicalParameters, _ form: String,
        _ random: inout RandomStream
    ) -> [PlannedSection] {
        // One ground stays where it is.
        let isFixed = FormTemplate.all.first { $0.name == form }?.hasOneGround ?? false
        let letters = sections.map(\.letter).filter { $0 != "i" && $0 != "o" }
        let away = isFixed ? [] : scheme.letters(letters, &random)
        return sections.map { section in
            let isAway = away.contains(section.letter)
            var section = section
            section.transposition = isAway ? scheme.transposition(isMinor: p.isMinor) : 0
            section.isMinor = isAway && scheme == .relative ? !p.isMinor : p.isMinor
            return section
        }
    }

    /// The sections with their densities: a letter keeps that of its first statement, whose accompaniment it keeps; the
    /// climax has its own, unless one figure goes through; intro and outro are as full as the frame leaves them.
    private static func dense(
        _ sections: [PlannedSection], _ p: MusicalParameters, tempo: Float, _ habits: Habits, hasOneFigure: Bool,
        _ frame: Frame
    ) -> [PlannedSection] {
        sections.map { section in
            let isFrame = section.letter == "i" || section.letter == "o"
            let letter = hasOneFigure || isFrame ? "A" : section.letter
            let first = sections.first { $0.letter == letter } ?? section
            // A climax that comes back is dressed for itself, others as their letter is.
            let isOwn = section.level == 1 && (!hasOneFigure || section.variant > 0)
            let level = section.isRedressed ? section.level : isOwn ? 1 : first.level
            let own = (section.isRedressed || isOwn ? section : first).parameters ?? p
            let full = own.density * Exact.exp2(levelDensity * habits.contrast * (level - 0.3))
            var section = section
            section.density =
                min(full, busiest * tempo * section.pace / 60) * Exact.exp2(-frame.emptiness(section.letter))
            section.parameters?.melodyCentre += habits.height
            return section
        }
    }

    /// Attacks a second of each bar: its section's, less where a section ends.
    private static func density(_ sections: [PlannedSection]) -> [Float] {
        sections.flatMap { section in
            (0..<section.bars).map { bar in
                let relaxes = bar == section.bars - 1 && section.bars > 1 && section.letter != "o" && !section.isElided
                return section.density * (relaxes ? Exact.exp2(-relaxation) : 1)
            }
        }
    }

    // MARK: - Form

    /// The sections of a montage, with a close that takes what is left.
    private static func montage(_ bars: Int, _ request: CompositionRequest, key: Key, metre: Metre)
        -> (form: String, sections: [PlannedSection])
    {
        let bar = metre.beats * Grid.beat
        let slots = Montage.themes(request.music, metre: metre).map { Montage.slot($0, bar: bar) }
        let main = Montage.sections(
            request.music.montage, slots: slots, bars: bars - Montage.closeBars(bars), isMinor: key.isMinor)
        let rest = bars - main.reduce(0) { $0 + $1.bars }
        let close = PlannedSection(
            letter: "o", variant: 0, bars: rest, level: 0.1, phraseBars: min(4, rest), transposition: 0,
            isMinor: key.isMinor)
        return (Montage.form, main + [close])
    }

    /// The sections of a remembered form, stretched to exactly `bars` bars; nil where there is none, where another form is
    /// asked for, or where the bars are too few for it.
    private static func remembered(
        _ bars: Int, _ request: CompositionRequest, wave: Int?, _ random: inout RandomStream
    ) -> (form: String, sections: [PlannedSection])? {
        let wanted = request.music.sections
        let main = wanted.filter { $0.letter != "i" && $0.letter != "o" }
        guard !main.isEmpty, let form = request.music.form else { return nil }
        let stretch = Float(bars) / Float(wanted.reduce(0) { $0 + $1.bars })
        /// Bars of the frame, kept as they are where the piece is about as long as it was.
        func frame(_ letter: String) -> Int {
            let own = wanted.filter { $0.letter == letter }.reduce(0) { $0 + $1.bars }
            return own == 0 || (0.7...1.4).contains(stretch) ? own : max(1, Int((Float(own) * stretch).rounded()))
        }
        var intro = frame("i")
        var outro = max(1, frame("o"))
        if let wave {
            intro = intro == 0 ? 0 : wave
            outro += (bars - intro - outro) % wave
        }
        let body = bars - intro - outro
        guard body >= main.count * 2 * (wave ?? 1) else { return nil }
        var lengths = main.map {
            max(2, Int((Float($0.bars) * Float(body) / Float(main.reduce(0) { $0 + $1.bars })).rounded()))
        }
        if let wave { lengths = lengths.map { max(wave, $0 / wave * wave) } }
        let fitted = SectionLengths(lengths, body: body, wave: wave)
        let letters = main.map { (letter: $0.letter, phrases: max(1, $0.bars / $0.phraseBars)) }
        return (form, labelled(letters, fitted, intro: intro, outro: outro, wave: wave))
    }

    /// Sections that have exactly `bars` bars together; with a sea, intro and phrases are two or four waves long, and
    /// what is left goes to the outro.
    private static func sections(
        _ bars: Int, _ request: CompositionRequest, wave: Int?, _ random: inout RandomStream
    ) -> (form: String, sections: [PlannedSection]) {
        let isShort = bars < 20
        let drawn = bars < 10 ? 0 : isShort ? [0, 0, 1][random.index(3)] : [0, 2, 2, 4][random.index(4)]
        var intro = request.music.theme == nil ? drawn : 0
        var outro = bars < 5 ? 1 : isShort ? 2 : [3, 4, 4][random.index(3)]
        if let wave {
            intro = intro == 0 ? 0 : wave
            outro += (bars - intro - outro) % wave
            // Whole phrases of two waves, where the outro can take the odd one.
            let odd = (bars - intro - outro) % (2 * wave)
            if outro + odd <= longestOutro { outro += odd }
        }
        let body = bars - intro - outro
        let phraseBars =
            wave.map { wave in [2 * wave, 4 * wave].filter { (4...8).contains($0) }.map { ($0, 1) } }
            ?? phraseBars
        let wanted = request.music.form ?? (bars < 10 ? "photograph" : nil)
        var options: [(weight: Float, form: FormTemplate, bars: Int, cycles: Int)] = []
        for form in FormTemplate.all where wanted == nil || form.name == wanted {
            let phrases = form.sections.reduce(0) { $0 + $1.phrases }
            let cycle = form.cycle.reduce(0) { $0 + $1.phrases }
            for (length, weight) in phraseBars {
                // Long pieces go round again.
                let missing = Float(body - phrases * length) / Float(cycle * length)
                let cycles = max(0, Int(missing.rounded()))
                let misfit = abs(Exact.log(Float((phrases + cycles * cycle) * length) / Float(body)))
                let liking = Exact.pow(form.weight(request.mood), 1.1)
                options.append((liking * weight * Exact.exp(-misfit / spread), form, length, cycles))
            }
        }
        let (_, form, length, cycles) = options[random.weighted(options.map { max($0.weight, 1e-30) })]
        let letters = form.sections(cycles: cycles, reducedTo: max(1, body / max(2, wave ?? 2)), &random)
        let lengths =
            wave.map { SectionLengths(letters.map { $0.phrases * length }, body: body, wave: $0) }
            ?? SectionLengths(letters, phrase: length, body: body, &random)
        let planned = labelled(letters, lengths, intro: intro, outro: outro, wave: wave)
        return (form.name, planned)
    }

    /// The sections with their levels: quiet at the start, the climax in the section around two thirds, quiet at the end.
    private static func labelled(
        _ sections: [(letter: String, phrases: Int)], _ shared: SectionLengths, intro: Int, outro: Int, wave: Int?
    ) -> [PlannedSection] {
        let letters = sections.map(\.letter)
        let lengths = shared.bars
        let total = lengths.reduce(0, +)
        var heard: [String: Int] = [:]
        var at = 0
        var levels: [Float] = []
        for (letter, bars) in zip(letters, lengths) {
            let variant = heard[letter, default: 0]
            heard[letter] = variant + 1
            let base: Float = letter == "A" ? 0.2 + 0.12 * Float(min(2, variant)) : letter == "B" ? 0.6 : 0.8
            levels.append(base + 0.15 * Float(at) / Float(max(1, total)))
            at += bars
        }
        // The section whose height, late in it, comes nearest to where two thirds of the piece have passed.
        var passed = intro
        var climax = letters.count - 1
        var nearest = Float.infinity
        let goal = Float(intro + total + outro) * 0.66
        for (i, bars) in lengths.enumerated() {
            let away = abs(Float(passed) + height * Float(bars) - goal)
            if away < nearest { (nearest, climax) = (away, i) }
            passed += bars
        }
        if climax == letters.count - 1, letters.count > 1, lengths[climax] <= total / 3 { climax -= 1 }
        levels[climax] = 1
        if letters.count > 1, climax != letters.count - 1 { levels[letters.count - 1] = 0.28 }
        heard = [:]
        var out: [PlannedSection] = []
        func add(_ letter: String, _ variant: Int, _ bars: Int, _ level: Float, phrases: Int) {
            var phrase = shared.phrase.map { min(bars, $0) } ?? max(min(2, bars), bars / phrases)
            // A phrase takes two waves, or four.
            if let wave { phrase = min(bars, max(phrase - phrase % (2 * wave), 2 * max(2, wave))) }
            out.append(
                PlannedSection(
                    letter: letter, variant: variant, bars: bars, level: min(1, level),
                    phraseBars: phrase, transposition: 0, isMinor: false))
        }
        if intro > 0 { add("i", 0, intro, 0, phrases: 1) }
        let first = out.count
        for (i, letter) in letters.enumerated() {
            add(letter, heard[letter, default: 0], lengths[i], levels[i], phrases: sections[i].phrases)
            heard[letter, default: 0] += 1
        }
        if let elided = shared.elided { out[first + elided].isElided = true }
        add("o", 0, outro, 0.1, phrases: 1)
        return out
    }

    // MARK: - Tension

    /// Tension of each bar (4.3): the sections' levels, an arch with its peak at two thirds, a slow release after it, the
    /// rise inside phrases of eight bars, rest at cadences.
    ///
    /// The weights are those that give the worked target of 4.14 its column of sections: levels weigh three times what
    /// 4.3 says, and what is heard follows that more closely.
    ///
    /// Where quiet moods and short sections would let the levels alone decide the peak, the arch is raised until the
    /// tension as it is heard, over 22 s (Farbood's harmonic clock), peaks after the middle.
    static func tension(_ sections: [PlannedSection], _ mood: Mood, barSeconds: Float) -> [Float] {
        let reach = max(1, Int(22 / barSeconds) / 2)
        var drawn: [Float] = []
        for arch in [0.2, 0.3, 0.45, 0.6, 0.9, 1.4, 2] as [Float] {
            drawn = tension(sections, mood, arch: arch)
            if (0.5...0.8).contains(heardPeak(drawn, reach: reach)) { break }
        }
        return drawn
    }

    /// Where the mean over `reach` bars to either side is highest, as a share of the piece.
    private static func heardPeak(_ tension: [Float], reach: Int) -> Float {
        let heard = tension.indices.map { bar in
            let part = tension[max(0, bar - reach)...min(tension.count - 1, bar + reach)]
            return part.reduce(0, +) / Float(part.count)
        }
        let peak = heard.indices.max { heard[$0] < heard[$1] } ?? 0
        return (Float(peak) + 0.5) / Float(max(1, tension.count))
    }

    private static func tension(_ sections: [PlannedSection], _ mood: Mood, arch height: Float) -> [Float] {
        let bars = sections.reduce(0) { $0 + $1.bars }
        let start = 0.35 + 0.3 * mood.tension
        let range = 0.5 + 0.3 * mood.energy + 0.2 * mood.openness
        var out: [Float] = []
        for section in sections {
            for bar in 0..<section.bars {
                let x = (Float(out.count) + 0.5) / Float(bars)
                let arch = x < 0.66 ? Exact.pow(x / 0.66, 1.6) : Exact.pow((1 - x) / 0.34, 2.2)
                let phrase = Exact.pow(Float(bar % 8) / 8, 1.5)
                let isCadence = bar == section.bars - 1 && section.letter != "i" && !section.isElided
                let release = max(0, (x - 0.66) / 0.34)
                let tension =
                    start + height * arch * range + 0.35 * section.level + 0.10 * phrase - 0.10 * release
                    - (isCadence ? 0.2 : 0)
                out.append(max(0, tension))
            }
        }
        // Uneasy moods would stand at the top from early on: all is scaled, so that the peak stays one.
        let top = max(1, out.max() ?? 1)
        return out.map { $0 / top }
    }
}
