import Moods
import Music

/// Decides form, key, metre, tempo and tension so that the bars fill the time asked for (music.md 4.3, 4.5).
enum Planner {
    private static let warmKeys = [1, 8, 3, 6, 10, 5, 0]
    private static let openKeys = [2, 9, 7, 5, 0, 4, 10]
    private static let minorKeys = [0, 2, 6, 11, 9, 4, 7, 5]
    private static let phraseBars: [(bars: Int, weight: Float)] = [(4, 1.3), (6, 0.5), (5, 0.3), (8, 0.25), (7, 0.1)]
    /// How closely (ln) the bars of a form must fit the time asked for.
    private static let spread: Float = 0.18
    /// Quarters are a little faster in 3/4.
    private static let waltz: Float = 1.12

    static func plan(_ request: CompositionRequest) -> Plan {
        let streams = CompositionStreams(seed: request.seed, mood: moodKey(request.mood), salts: request.rerolls)
        var random = streams.at(.form, "parameters")
        var parameters = MusicalParameters.derived(from: request.mood, stream: &random)
        if let density = request.music.density { parameters.density = 1.4 * Exact.exp2(2.3 * density) }
        if let key = request.music.key { parameters = parameters.inMode(isMinor: key.isMinor) }
        var choices = streams.at(.form, "choices")
        let isThree = choices.chance(request.mood.intimacy > 0.4 && request.mood.energy < 0.2 ? 0.6 : 0.3)
        let metre = request.music.metre ?? Metre(beats: isThree ? 3 : 4)
        let tonic = choices.pick(
            parameters.isMinor ? minorKeys : request.mood.intimacy > 0.4 ? warmKeys : openKeys)
        let key = request.music.key ?? Key(tonic: tonic, isMinor: parameters.isMinor)
        let shift = middleShift(parameters, &choices)

        let ringOut = Plan.ringOut(request.duration)
        let time = max(1, request.duration - ringOut - Plan.leadIn)
        let wished = request.music.tempo ?? parameters.tempo * (metre.beats == 3 ? waltz : 1)
        let bars = max(2, Int((time * Double(wished) / 60 / Double(metre.beats)).rounded()))
        let (form, sections) = sections(bars, request, &choices)
        let tempo = Float(Double(bars * metre.beats) * 60 / time)
        return Plan(
            request: request, parameters: parameters, form: form, key: key, metre: metre, tempo: tempo,
            sections: sections, shift: shift, tension: tension(sections, request.mood), ringOut: ringOut)
    }

    /// The mood as a place of its own among the streams, so that the same seed differs between moods.
    static func moodKey(_ mood: Mood) -> String {
        [mood.valence, mood.energy, mood.tension, mood.intimacy, mood.nostalgia, mood.openness]
            .map { String(Int(($0 * 1000).rounded())) }.joined(separator: " ")
    }

    /// Semitones by which C (and sometimes B) leaves the home key: relative or mediant for nostalgia and openness,
    /// fourth, a tone up for energy (4.5).
    private static func middleShift(_ p: MusicalParameters, _ random: inout RandomStream) -> Int {
        var choices = [0, 0]
        if p.mood.nostalgia + p.mood.openness > 0.4 { choices += p.mood.valence > 0.4 ? [5] : [p.isMinor ? 3 : -3, 5] }
        if p.mood.openness > 0.5 { choices += [p.isMinor ? -4 : 4] }
        if p.mood.energy > 0.3 { choices += [2, 5] }
        return random.pick(choices)
    }

    // MARK: - Form

    /// Sections that have exactly `bars` bars together.
    private static func sections(_ bars: Int, _ request: CompositionRequest, _ random: inout RandomStream)
        -> (form: String, sections: [PlannedSection])
    {
        if bars < 10 { return photograph(bars) }
        let intro = bars < 20 ? [0, 0, 1][random.index(3)] : [0, 2, 2, 4][random.index(4)]
        let outro = bars < 20 ? 2 : [3, 4, 4][random.index(3)]
        let body = bars - intro - outro
        let wanted = request.music.form
        var options: [(weight: Float, form: FormTemplate, bars: Int)] = []
        for form in FormTemplate.all where wanted == nil || form.name == wanted {
            let phrases = form.sections.reduce(0) { $0 + $1.phrases }
            for (length, weight) in phraseBars {
                let misfit = abs(Exact.log(Float(phrases * length) / Float(body)))
                let liking = Exact.pow(form.weight(request.mood), 1.1)
                options.append((liking * weight * Exact.exp(-misfit / spread), form, length))
            }
        }
        let (_, form, length) = options[random.weighted(options.map { max($0.weight, 1e-30) })]
        var letters = form.sections
        // Long pieces go round again, the last statement kept for the end.
        var total = letters.reduce(0) { $0 + $1.phrases * length }
        while Double(body) > 1.6 * Double(total), letters.count < 4000 {
            let middle = form.sections.dropFirst()
            letters.insert(contentsOf: middle, at: letters.count - 1)
            total += middle.reduce(0) { $0 + $1.phrases * length }
        }
        var lengths = letters.map { $0.phrases * length }
        fit(&lengths, to: body, &random)
        // A form that does not fit is heard as far as it goes.
        let heard = letters.prefix(lengths.count).map(\.letter)
        return (form.name, labelled(heard, lengths, intro: intro, outro: outro))
    }

    /// Stretches or shortens sections by whole bars until they fill `body`: first those that people extend, the last
    /// and the middle ones, never below two bars.
    private static func fit(_ lengths: inout [Int], to body: Int, _ random: inout RandomStream) {
        var total = lengths.reduce(0, +)
        if total > 0, abs(total - body) > lengths.count {
            let scale = Float(body) / Float(total)
            lengths = lengths.map { max(2, Int((Float($0) * scale).rounded())) }
            // Whole phrases of two bars sound meant.
            lengths = lengths.map { $0 > 5 && $0 % 2 == 1 ? $0 - 1 : $0 }
            total = lengths.reduce(0, +)
        }
        var i = lengths.count - 1
        while total != body {
            let step = total < body ? 1 : -1
            if lengths[i] + step >= 2 {
                lengths[i] += step
                total += step
            } else if lengths.allSatisfy({ $0 <= 2 }) {
                lengths.removeLast()
                total = lengths.reduce(0, +)
                i = lengths.count
            }
            i = i > 0 ? i - 1 : lengths.count - 1
        }
    }

    /// A piece of a few bars: a statement and its close.
    private static func photograph(_ bars: Int) -> (form: String, sections: [PlannedSection]) {
        let outro = bars > 4 ? 2 : 1
        return (
            "photograph",
            [
                PlannedSection(letter: "A", variant: 0, bars: bars - outro, level: 0.45),
                PlannedSection(letter: "o", variant: 0, bars: outro, level: 0.15),
            ]
        )
    }

    /// Levels: quiet at the start, the climax in the section around two thirds, quiet at the end.
    private static func labelled(_ letters: [String], _ lengths: [Int], intro: Int, outro: Int) -> [PlannedSection] {
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
        // Where two thirds of the piece have passed.
        var passed = intro
        var climax = letters.count - 1
        let goal = Float(intro + total + outro) * 0.66
        for (i, bars) in lengths.enumerated() {
            if Float(passed) <= goal, goal < Float(passed + bars) { climax = i }
            passed += bars
        }
        if climax == letters.count - 1, letters.count > 1, lengths[climax] <= total / 3 { climax -= 1 }
        levels[climax] = 1
        if letters.count > 1, climax != letters.count - 1 { levels[letters.count - 1] = 0.28 }
        heard = [:]
        var out: [PlannedSection] = []
        if intro > 0 { out.append(PlannedSection(letter: "i", variant: 0, bars: intro, level: 0)) }
        for (i, letter) in letters.enumerated() {
            out.append(
                PlannedSection(
                    letter: letter, variant: heard[letter, default: 0], bars: lengths[i], level: min(1, levels[i])))
            heard[letter, default: 0] += 1
        }
        out.append(PlannedSection(letter: "o", variant: 0, bars: outro, level: 0.1))
        return out
    }

    // MARK: - Tension

    /// Tension of each bar (4.3): an arch with its peak at two thirds, the sections' levels, the rise inside phrases
    /// of eight bars, rest at cadences.
    static func tension(_ sections: [PlannedSection], _ mood: Mood) -> [Float] {
        let bars = sections.reduce(0) { $0 + $1.bars }
        let start = 0.35 + 0.3 * mood.tension
        let range = 0.5 + 0.3 * mood.energy + 0.2 * mood.openness
        var out: [Float] = []
        for section in sections {
            for bar in 0..<section.bars {
                let x = (Float(out.count) + 0.5) / Float(bars)
                let arch = x < 0.66 ? Exact.pow(x / 0.66, 1.6) : Exact.pow((1 - x) / 0.34, 2.2)
                let phrase = Exact.pow(Float(bar % 8) / 8, 1.5)
                let isCadence = bar == section.bars - 1
                let tension =
                    start + 0.3 * arch * range + 0.12 * (section.level - 0.4) + 0.18 * phrase - (isCadence ? 0.35 : 0)
                out.append(clamp(tension, 0, 1))
            }
        }
        return out
    }
}
