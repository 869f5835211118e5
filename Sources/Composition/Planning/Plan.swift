public import Moods
public import Music

/// What a piece is asked to be.
public struct CompositionRequest: Hashable, Sendable {
    public var mood: Mood
    public var title: String
    public var seed: Seed
    /// Seconds of the finished sound, ring-out included.
    public var duration: Double
    /// Wishes that override the composer's own decisions.
    public var music: MusicSettings
    /// How often each layer has been drawn again; only that layer changes.
    public var rerolls: [Seed.Layer: UInt64]
    /// How the mood goes on, as timed points; empty or of one point where it stays.
    public var course: [TimedMood]
    /// Seconds from wave to wave of the sea that the piece breathes with, if any.
    public var swell: Double?

    public init(
        mood: Mood, title: String, seed: Seed, duration: Double, music: MusicSettings = .init(),
        rerolls: [Seed.Layer: UInt64] = [:], course: [TimedMood] = [], swell: Double? = nil
    ) {
        self.mood = mood
        self.title = title
        self.seed = seed
        self.duration = duration
        self.music = music
        self.rerolls = rerolls
        self.course = course
        self.swell = swell
    }
}

/// Light in which a letter stands on chords of its own (music.md 4.12, re-lighting).
public enum Light: String, Hashable, Sendable {
    /// Of the other mode.
    case turned = " turned"
    /// Of a mood much brighter or darker, in the same mode.
    case moved = " moved"
}

/// A section as planned.
public struct PlannedSection: Hashable, Sendable {
    /// A B C material, i intro, o outro.
    public let letter: String
    /// 0 for the first statement, 1 and up for returns.
    public let variant: Int
    public let bars: Int
    /// 0 quiet to 1 climax.
    public let level: Float
    /// Length of a phrase in bars; the last one of a section may be longer.
    public let phraseBars: Int
    /// Semitones from the home tonic to the section's.
    public var transposition: Int
    public var isMinor: Bool
    /// Attacks per second, both hands together.
    public var density: Float = 0
    /// Beats at its end in which nothing sounds.
    public var silence = 0
    /// Whether it is the last return, told as a memory: `A~`.
    public var isRetold = false
    /// Who sings, in a montage; empty elsewhere.
    public var cast: [MontagePart] = []
    /// What accompanies it where that is wished for, one of `FormSection.textures`.
    public var texture: String?
    /// Tension wished for, mean of its bars.
    public var tension: Float?
    /// What the mood of its time makes of it, where the mood changes within the piece.
    public var parameters: MusicalParameters?
    /// In which other light its letter has other chords, if any.
    public var light: Light?
    /// Its tempo re the mean.
    public var pace: Float = 1
    /// Whether the mood has moved so far that its accompaniment is another than its letter had before.
    public var isRedressed = false
    /// Whether its last bar is also the first one of the next: it does not close, but leads there.
    public var isElided = false
}

/// What a piece decides once, before its notes: form, key, metre, tempo, tension.
public struct Plan: Hashable, Sendable {
    public let request: CompositionRequest
    public let parameters: MusicalParameters
    public let form: String
    public let key: Key
    public let metre: Metre
    /// Quarter notes per minute, such that the bars fill the time before the ring-out.
    public let tempo: Float
    public let sections: [PlannedSection]
    /// Bars of a wave, where the piece breathes with a sea: intro and phrases are whole waves.
    public let waveBars: Int?
    /// How closely what was heard comes again.
    public let returns: ReturnKind
    /// Whether all letters are accompanied alike, as in a prelude.
    public let hasOneFigure: Bool
    /// How far its sections lie apart in density, thickness and height, re the usual.
    public let contrast: Float
    /// How the piece begins and ends around its sections.
    public let frame: Frame
    /// What happens to the last return of the first theme, where it is told as a memory.
    public let lastReturn: [RetellingOperator]
    /// Where the middle goes.
    public let keyScheme: KeyScheme
    /// Planned tension of each bar, 0...1.
    public let tension: [Float]
    /// Planned attacks a second of each bar, both hands together.
    public let density: [Float]
    /// How the piece closes on its last bar.
    public let finalCadence: ScoreCadence.Kind
    /// Seconds at the end in which the strings ring out.
    public let ringOut: Double
    /// The course of its mood, bar by bar; nil where the mood stays.
    package var trajectory: Trajectory?

    /// The key of a section.
    public func key(of section: PlannedSection) -> Key {
        Key(tonic: key.tonic + section.transposition, isMinor: section.isMinor)
    }

    /// Semitones by which the middle leaves the home key.
    public var shift: Int { sections.first { $0.transposition != 0 }?.transposition ?? 0 }

    /// Name of the chord before the last one.
    var approach: String {
        let end = sections.last?.parameters ?? parameters
        return Cadence.approach(finalCadence, isMinor: end.isMinor, isDark: end.mood.nostalgia > 0.5)
    }

    /// Whether there was no time for all sections of the form.
    public var isShortened: Bool {
        func isMain(_ letter: String) -> Bool { letter != "i" && letter != "o" }
        let wished = request.music.sections.count { isMain($0.letter) }
        let named = FormTemplate.all.filter { $0.name == form }.map(\.sections.count).min() ?? 0
        return sections.count { isMain($0.letter) } < (wished > 0 ? wished : named)
    }

    public var bars: Int { sections.reduce(0) { $0 + $1.bars } }

    /// The beat of the first crest of waves so many bars long: the first section after an intro begins with a crest.
    package func firstCrest(_ wave: Int) -> Int {
        let intro = sections.first.map { $0.letter == "i" ? $0.bars : 0 } ?? 0
        return intro % wave * metre.beats
    }

    /// Seconds from the first beat to a bar, before the performer.
    package func seconds(before bar: Int) -> Double {
        guard let course = trajectory?.course else { return Double(bar * metre.beats) * 60 / Double(tempo) }
        return course.prefix(bar).reduce(0) {
            $0 + Double(metre.beats) * 60 / Double(tempo * Exact.exp2($1.tempo))
        }
    }

    /// Seconds of ring-out for a length.
    static func ringOut(_ duration: Double) -> Double {
        duration >= 60 ? 5 : duration >= 30 ? 4 + (duration - 30) / 30 : max(0.8, duration * 0.133)
    }

    /// Seconds before the first beat.
    static let leadIn = 0.15

    /// Why the plan is as it is, a line each.
    public var reasons: [String] {
        let mood = request.mood
        var lines: [String] = []
        func signed(_ x: Float) -> String { (x < 0 ? "-" : "+") + hundredths(abs(x)) }
        let pace =
            request.music.tempo.map { "as asked for -> \(Int($0.rounded())) bpm, " }
            ?? "energy \(signed(mood.energy)), valence \(signed(mood.valence)) -> \(Int(parameters.tempo.rounded())) bpm, "
        lines.append(
            waveBars == nil
                ? pace + "played at \(Int(tempo.rounded())) so that \(bars) bars fill the time"
                : pace + "played at \(hundredths(tempo)), the clock of the sea")
        lines.append(reason(request.music.key, "lightness \(hundredths(parameters.lightness))") + key.name)
        lines.append(reason(request.music.metre, "intimacy \(signed(mood.intimacy))") + "\(metre)")
        lines.append(
            "form \(form)\(request.music.form == nil ? "" : ", as asked for")\(isShortened ? ", shortened" : ""): "
                + sections.map { "\($0.letter)\($0.isRetold ? "~" : "")\($0.bars)" }.joined(separator: " "))
        if lastReturn == [.canon] {
            lines.append("the theme comes back last in two voices, half a bar apart")
        } else if !lastReturn.isEmpty {
            lines.append("the theme comes back last as a memory: " + lastReturn.map(\.rawValue).joined(separator: ", "))
        }
        if let elided = sections.firstIndex(where: \.isElided), elided + 1 < sections.count {
            let (from, to) = (sections[elided].letter, sections[elided + 1].letter)
            lines.append("the last \(from) does not close: its last bar is the first of the \(to) that follows")
        }
        if let before = sections.firstIndex(where: { $0.silence > 0 }), before + 1 < sections.count {
            lines.append("\(sections[before].silence) beats of silence before the last \(sections[before + 1].letter)")
        }
        let families: [(String, Float)] = [
            ("golden", parameters.families.golden), ("nostalgic", parameters.families.nostalgic),
            ("melancholic", parameters.families.melancholic), ("wonder", parameters.families.wonder),
            ("hopeful", parameters.families.hopeful), ("tense", parameters.families.tense),
        ]
        lines.append(
            "harmony: "
                + families.filter { $0.1 > 0 }.map { "\($0.0) \(Int(($0.1 * 100).rounded())) %" }.joined(
                    separator: ", "))
        if let away = sections.first(where: { $0.transposition != 0 || $0.isMinor != parameters.isMinor }) {
            let there = key(of: away).written(in: key)
            let way = away.transposition == 0 ? "the same tonic" : keyScheme.rawValue
            lines.append("\(away.letter) in \(there.name) (\(way)), \(finalCadence.phrase)")
        } else {
            lines.append("one key, \(finalCadence.phrase)")
        }
        if let swell = request.swell, let wave = waveBars, let phrase = sections.first(where: { $0.letter == "A" }) {
            let beats = Float(wave * metre.beats)
            lines.append(
                "waves of \(hundredths(Float(swell))) s -> \(wave * metre.beats) beats for each, "
                    + "\(hundredths(60 * beats / tempo)) s as played, phrases of \(phrase.phraseBars) bars")
        }
        if request.course.count > 1 {
            lines.append(
                "\(request.course.count) points of the mood's course -> "
                    + (keys.count > 1 ? "from \(keys.joined(separator: " to ")); " : "")
                    + "levels and tension of the sections")
        }
        return lines + Montage.table(self).map(\.text)
    }

    /// The keys that the course goes through.
    private var keys: [String] {
        guard trajectory != nil else { return [] }
        var keys: [String] = []
        for section in sections {
            let name = key(of: section).written(in: key).name
            if keys.last != name { keys.append(name) }
        }
        return keys
    }

    /// Where something comes from: the wish, else the mood.
    private func reason<Wish>(_ wish: Wish?, _ mood: String) -> String {
        (wish == nil ? mood : "as asked for") + " -> "
    }

    private func hundredths(_ x: Float) -> String {
        let n = Int((x * 100).rounded())
        return n % 100 < 10 ? "\(n / 100).0\(n % 100)" : "\(n / 100).\(n % 100)"
    }
}
