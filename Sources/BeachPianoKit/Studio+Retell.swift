import Composition
import Moods
import Music
import Presets
import Senses

/// How a kept moment is heard again.
public struct RetellWishes: Hashable, Sendable {
    /// The mood that it is heard in; nil leaves it to the years.
    public var mood: String?
    /// How long ago it was, 0...120.
    public var years: Float?
    /// Where the moment file goes; nil keeps it in the journal, `-` prints it.
    public var path: String?
    public var title: String?
    public var force: Bool

    public init(
        mood: String? = nil, years: Float? = nil, path: String? = nil, title: String? = nil, force: Bool = false
    ) {
        self.mood = mood
        self.years = years
        self.path = path
        self.title = title
        self.force = force
    }
}

extension Studio {
    /// Tells a kept moment, a preset or a moment file again: its motif and form under another mood, or after years.
    public func retell(_ name: String, wishes: RetellWishes) throws(StudioError) -> CaptureReport {
        guard wishes.mood != nil || wishes.years != nil else {
            throw StudioError(.usage, "nothing changes: give --mood, --years, or both")
        }
        let old = try remembered(name)
        let before = old.source.moment.mood(over: old.source.duration)
        var mood = before
        var reasons: [String] = []
        if let years = wishes.years {
            guard years.isFinite, (0...120).contains(years) else {
                throw StudioError(.usage, "years is \(years), outside 0...120")
            }
            guard years > 0 || wishes.mood != nil else {
                throw StudioError(.usage, "nothing changes in 0 years: give more, or --mood")
            }
            mood = Axes(RetellingPlan.drifted(mood, years: years)).mood
            reasons.append("\(decimal(Double(years), 0)) years -> \(Self.effects(from: before, to: mood))")
        }
        var moodName: String?
        if let name = wishes.mood {
            let named = try namedMood(name)
            (mood, moodName) = (named.mood, named.name)
            reasons.append("heard in the mood '\(named.name)' -> \(Self.effects(from: before, to: mood))")
        }
        let moment = retold(old, in: mood, named: moodName, reasons: reasons, isLater: (wishes.years ?? 0) > 0)
        let nearest = moodName ?? Axes(mood).nearestMood
        let title =
            try Self.line(wishes.title, "--title")
            ?? "\(Self.firstTitle(old.source.said, old.score.title)), \(wishes.mood == nil ? Self.later : nearest)"
        return try keep(moment, title: title, nearest: nearest, path: wishes.path, force: wishes.force)
    }

    private static let later = "later"

    /// What changes, in words.
    private static func effects(from old: Mood, to new: Mood) -> String {
        let effects = (Axes(new) - Axes(old)).effects()
        return effects.isEmpty ? "the mood stays as it was" : effects
    }

    /// The title before a moment was retold: a memory of a memory has one `later`.
    private static func firstTitle(_ moment: Moment, _ title: String) -> String {
        guard moment.retoldFrom != nil, let comma = title.lastIndex(of: ",") else { return title }
        let told = title[title.index(after: comma)...].drop { $0 == " " }
        return told == later || NamedMood.all.contains { $0.name == told } ? String(title[..<comma]) : title
    }

    /// A moment as it was composed, by its name in the journal or as a preset.
    func remembered(_ name: String) throws(StudioError) -> (
        name: String, source: ResolvedSource, plan: Plan, score: Score
    ) {
        var source = Source()
        source.preset = name
        if let entry = try? journal().entry(named: name) { (source.preset, source.kept) = (nil, entry.name) }
        if source.kept == nil { try checkName(name) }
        let resolved = try resolve(source)
        let piece = try Piece(resolved)
        return (source.kept ?? name, resolved, piece.plan, piece.score)
    }

    /// Refuses a name that is neither kept nor a preset's, with the nearest of both.
    private func checkName(_ name: String) throws(StudioError) {
        do throws(PresetError) { _ = try presetText(named: name) } catch {
            guard error.kind == .unknownName else { return }
            let kept = (try? journal().entries().map(\.name)) ?? []
            let nearest = Spelling.nearest(to: name, among: kept + PresetLibrary.shipped.map(\.name))
            throw StudioError(
                .usage,
                "moment '\(name)' is neither kept nor a preset\(nearest.map { ": did you mean '\($0)'?" } ?? "") "
                    + "('beachpiano moments' and 'beachpiano presets list' list all)")
        }
    }

    /// The moment of a retelling: what is remembered, what the operators change, and why.
    private func retold(
        _ old: (name: String, source: ResolvedSource, plan: Plan, score: Score), in mood: Mood, named: String?,
        reasons: [String], isLater: Bool
    ) -> Moment {
        let origin = old.source.said
        // What was remembered once is remembered as it was; else as it was heard.
        let told = origin.music.retelling.isEmpty ? nil : origin.music.theme
        let theme =
            told ?? Composer.theme(of: old.plan).heard(in: old.score)
        let key = old.score.key
        let wanted = MusicalParameters.derived(from: mood)
        let operators = RetellingPlan.operators(
            from: old.plan.request.mood, to: mood, isMinor: key.isMinor, turnsMinor: wanted.isMinor,
            theme: theme, metre: old.score.metre, isLater: isLater)
        var moment = origin
        moment.title = nil
        moment.moods = [TimedMood(name: named, mood: mood)]
        moment.seed = old.source.seedText
        moment.duration = old.source.duration
        moment.kept = KeptNotes(place: origin.kept.place)
        moment.retoldFrom = old.name
        // A montage keeps its own motifs and form.
        if moment.music.montage.isEmpty {
            (moment.music.theme, moment.music.form) = (theme, old.score.form)
            moment.music.sections = old.plan.sections.map {
                FormSection(letter: $0.letter, bars: $0.bars, phraseBars: min($0.phraseBars, $0.bars))
            }
        }
        moment.music.metre = old.score.metre
        moment.music.key = RetellingPlan.key(key, operators)
        moment.music.tempo = nil
        moment.music.retelling = operators
        Self.set(&moment, told: origin.music.retelling, operators, SoundParameters(mood: mood))
        moment.why =
            ["retold from '\(old.name)': its motif of \(theme.main.count) notes and its form \(old.score.form)"]
            + reasons
            + operators.map { "\($0.rawValue) -> \($0.sentence)" }
        return moment
    }

    /// Tempo, pedal, room and distance as the operators have them.
    ///
    /// A memory of a memory is as far away as a memory: what the last telling set stays as it is, and goes with its
    /// operator.
    private static func set(
        _ moment: inout Moment, told: [RetellingOperator], _ operators: [RetellingOperator], _ sound: SoundParameters
    ) {
        func turns(_ op: RetellingOperator) -> Bool? {
            told.contains(op) == operators.contains(op) ? nil : operators.contains(op)
        }
        if let isSlower = turns(.slower) { moment.music.pace = isSlower ? 0.9 : nil }
        if let isSoft = turns(.unaCorda) { moment.unaCorda = isSoft ? .on : .auto }
        if let isLarger = turns(.moreRoom) {
            moment.room.reverbLevel = min(0, (moment.room.reverbLevel ?? sound.reverbLevel) + (isLarger ? 4 : -4))
        }
        if let isFarther = turns(.farther) {
            let distance = moment.room.microphoneDistance ?? sound.microphoneDistance
            let hardness = moment.instrument.hardness ?? sound.hardness
            moment.room.microphoneDistance = isFarther ? min(8, 3 * distance) : distance / 3
            moment.instrument.hardness = max(-1, min(1, hardness + (isFarther ? -0.3 : 0.3)))
        }
    }

    /// Keeps a moment that was made from others, or writes it where it was asked for.
    func keep(_ made: Moment, title: String, nearest: String, path: String?, force: Bool) throws(StudioError)
        -> CaptureReport
    {
        var moment = made
        moment.title = title
        if path == nil { moment.kept.date = LocalClock.stamp() }
        let text = MomentWriter.text(moment)
        var report = CaptureReport(title: title, nearest: nearest, moment: moment, file: nil, text: text)
        if path == "-" { return report }
        if let path {
            try FileSystem.write(Array(text.utf8), to: path, force: force)
            report.file = path
        } else {
            report.file = try journal().keep(text, title: title)
        }
        return report
    }
}
