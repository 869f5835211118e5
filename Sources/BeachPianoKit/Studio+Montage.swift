public import Composition
import Moods
import Music
import Presets
import Senses

extension Studio {
    /// Makes one moment out of several: their motifs, one key and metre, their moods one after the other.
    ///
    /// The first moment gives key, metre, piano and room.
    public func montage(_ names: [String], wishes: RetellWishes, duration: String? = nil) throws(StudioError)
        -> (report: CaptureReport, table: [MontageRow])
    {
        guard MontageVoice.count.contains(names.count) else {
            throw StudioError(.usage, "a montage takes two to six moments, not \(names.count)")
        }
        var source = Source()
        source.duration = duration
        var voices: [MontageVoice] = []
        var moods: [Mood] = []
        var first: (name: String, source: ResolvedSource, plan: Plan, score: Score)?
        var seed = ""
        for name in names {
            let old = try remembered(name)
            let told = old.source.said.music.retelling.isEmpty ? nil : old.source.said.music.theme
            let theme = told ?? Composer.theme(of: old.plan).heard(in: old.score)
            voices.append(MontageVoice(name: old.name, theme: theme, isMinor: old.score.key.isMinor))
            moods.append(Axes(old.plan.request.mood).mood)
            seed += old.name + " " + old.source.seedText + "\n"
            if first == nil { first = old }
        }
        guard let first else { throw StudioError(.usage, "a montage takes two to six moments") }
        var moment = Moment(moods: [TimedMood(mood: moods[0])])
        let seconds = try self.duration(source, moment)
        moment.duration = seconds
        moment.seed = Seed.derived(from: seed).words
        moment.instrument = first.source.said.instrument
        moment.unaCorda = first.source.said.unaCorda
        moment.room = first.source.said.room
        moment.music.key = first.score.key
        moment.music.metre = first.score.metre
        moment.music.montage = voices
        // Each in its own light over the statements, the first again at the end.
        let share = seconds * 0.6 / Double(moods.count)
        moment.moods = moods.enumerated().map {
            TimedMood(at: (Double($0.offset) * share).rounded(), mood: $0.element)
        }
        moment.moods.append(TimedMood(at: (seconds * 0.85).rounded(), mood: moods[0]))
        let nearest = Axes(moment.mood(over: seconds)).nearestMood
        let request = CompositionRequest(
            mood: moment.mood(over: seconds), title: "", seed: Seed.derived(from: seed), duration: seconds,
            music: moment.music, course: moment.moods)
        let table = Montage.table(Composer.plan(request))
        moment.why =
            ["montage of \(voices.map(\.name).joined(separator: ", ")) in \(first.score.key.name)"] + table.map(\.text)
        let title = wishes.title ?? voices.prefix(2).map(\.name).joined(separator: ", ")
        let report = try keep(moment, title: title, nearest: nearest, path: wishes.path, force: wishes.force)
        return (report, table)
    }
}
