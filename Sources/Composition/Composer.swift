import Moods
public import Music

/// Plan to score, and request to both: all composing stages in order.
public enum Composer {
    /// How often the critic may have its worst sections drawn again (music.md 4.2).
    private static let rounds = 6

    /// Decides form, key, metre, tempo and tension.
    public static func plan(_ request: CompositionRequest) -> Plan { Planner.plan(request) }

    /// A piece from a request.
    public static func compose(_ request: CompositionRequest) -> (plan: Plan, score: Score) {
        let plan = plan(request)
        return (plan, compose(plan))
    }

    /// The score of a plan; phrases that break a rule are drawn again, and the best of all rounds is kept.
    ///
    /// Where the melody is drawn again, the left hand still stands beside the one that was there before: only the melody
    /// changes, and what has to make room for it.
    public static func compose(_ plan: Plan) -> Score {
        let salts = plan.request.rerolls
        guard let again = salts[.melody], again > 0 else { return best(plan, salts, beside: []).score }
        let before = best(plan, salts.filter { $0.key != .melody }, beside: [])
        return best(plan, salts, beside: before.melodies).score
    }

    /// A score with the melody of each of its sections.
    private typealias Draft = (score: Score, melodies: [[MelodyNote]])

    private static func best(_ plan: Plan, _ salts: [Seed.Layer: UInt64], beside melodies: [[MelodyNote]]) -> Draft {
        var streams = CompositionStreams(
            seed: plan.request.seed, mood: Planner.moodKey(plan.request.mood), salts: salts)
        var best = write(plan, streams, beside: melodies)
        var findings = Critic.review(best.score)
        var redrawing = Redrawing(plan.sections)
        for _ in 0..<rounds where !findings.isEmpty {
            streams.phraseSalts = redrawing.salts(for: findings)
            let draft = write(plan, streams, beside: melodies)
            let again = Critic.review(draft.score)
            if again.count < findings.count {
                (best, findings) = (draft, again)
                redrawing.keep()
            }
        }
        return best
    }

    private static func write(_ plan: Plan, _ streams: CompositionStreams, beside melodies: [[MelodyNote]]) -> Draft {
        let bar = plan.metre.beats * Grid.beat
        let template = FormTemplate.all.first { $0.name == plan.form }
        var harmony = HarmonyWriter(plan, streams)
        var melody = MelodyWriter(
            plan.parameters, streams, metre: plan.metre, tempo: plan.tempo,
            hasOneMotif: template?.hasOneMotif ?? false, returns: plan.returns, opening: plan.frame.opening,
            contrast: plan.contrast, music: plan.request.music)
        var texture = TextureWriter(plan, streams, theme: melody.motifs["A"] ?? .empty)
        var sections: [Section] = []
        var heard: [String: HeardSection] = [:]
        var notes: [Note] = []
        var time = 0
        var bars = 0
        for (index, planned) in plan.sections.enumerated() {
            let hasOneGround = template?.hasOneGround ?? false
            // What a montage brings home stands on the first ground, unless it was at home before.
            let isBrought =
                planned.variant > 0 && planned.parameters == nil
                && plan.sections.contains {
                    $0.letter == planned.letter && $0.transposition != planned.transposition
                }
            let ground = isBrought || hasOneGround && planned.letter != "i" ? "A" : planned.letter
            var section = Section(
                letter: planned.letter, harmony: ground + (planned.light?.rawValue ?? ""),
                variant: planned.variant, bars: planned.bars, level: planned.level, phraseBars: planned.phraseBars,
                transposition: planned.transposition, isMinor: planned.isMinor,
                density: planned.density / planned.pace, start: time,
                silence: planned.silence * Grid.beat, isRetold: planned.isRetold, cast: planned.cast,
                texture: planned.texture, parameters: planned.parameters, isRedressed: planned.isRedressed,
                isElided: planned.isElided)
            let isBeforeOutro = index == plan.sections.count - 2
            // A montage is to end at home: tension takes its chords nowhere else.
            harmony.write(
                &section, index: index, isBeforeOutro: isBeforeOutro,
                tension: plan.request.music.montage.isEmpty ? Array(plan.tension[bars..<bars + planned.bars]) : [],
                approach: isBeforeOutro && plan.sections[index + 1].bars == 1 ? plan.approach : nil)
            melody.write(&section, index: index)
            let left = Guards.left(
                texture.leftHand(section, beside: melodies.isEmpty ? section.melody : melodies[index]), section.melody,
                section.chords)
            let right = Guards.right(texture.rightHand(section, left: left), left, section.melody)
            var hands = MontageLayers(section: section, themes: melody.themes, bar: bar).layered(left + right)
            if let before = heard[section.letter], plan.returns == .copied, section.level < 1,
                before.section.texture == section.texture, before.section.harmony == section.harmony,
                !section.isRedressed
            {
                hands = before.again(section, hands, bar: bar)
            }
            if heard[section.letter] == nil { heard[section.letter] = HeardSection(section: section, notes: hands) }
            notes += Guards.silenced(hands, from: time + planned.bars * bar - section.silence)
            time += planned.bars * bar
            bars += planned.bars
            sections.append(section)
        }
        let own = plan.lastReturn.contains(.canon) ? melody.motifs["A"]?.theme : nil
        let theme = plan.request.music.theme.map {
            RetellingPlan.theme($0, plan.request.music.retelling, metre: plan.metre)
        }
        let sung = sections.map(\.melody)
        let retelling = Retelling(
            plan.request.music.retelling + plan.lastReturn, sections, theme: theme ?? own, bar: bar)
        notes = retelling.told(notes)
        sections = retelling.sections
        notes = Ending.close(
            Guards.unclashed(Guards.clearLow(Guards.belowMelody(Guards.reachable(notes)))), sections, bar: bar,
            parameters: plan.parameters)
        var score = ScoreAssembly.score(plan, sections, notes, motif: melody.motifs["A"]?.main)
        score.course = plan.trajectory?.course ?? []
        return (score, sung)
    }
}
