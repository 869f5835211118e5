import Composition
import Moods
import Music
import Presets
import Senses

extension Studio {
    /// Seconds that each moment beyond the second adds to a montage.
    private static let roomForOne = 30.0

    /// Makes one moment out of several: their motifs, one key and metre, their moods one after the other.
    ///
    /// The first gives key, piano, room and sea, most of them the metre. Moment and companions appear together, or
    /// neither; then the sound is rendered where it is wanted.
    public func montage(_ names: [String], wishes: MontageWishes, progress: (Double) -> Void = { _ in })
        throws(StudioError) -> MontageReport
    {
        let olds = try several(names)
        let piece = try composing { () throws(StudioError) in
            try draw(montage(of: olds, duration: wishes.duration), title: wishes.title ?? Self.title(of: olds))
        }
        let resolved = piece.source
        let table = Montage.table(piece.plan)
        guard Set(table.filter { $0.place != .closes }.map(\.voice)).count == olds.count,
            table.contains(where: { $0.place == .under })
        else {
            let seconds = Montage.shortest(piece.plan).rounded(.up)
            throw StudioError(
                .usage,
                "a montage of \(olds.count) needs about \(decimal(seconds, 0)) s, not \(decimal(resolved.duration, 1))")
        }
        let output = OutputWishes(force: wishes.force)
        var companions = wishes.companions
        if let sound = wishes.sound {
            if wishes.path == "-" {
                throw StudioError(.usage, "to render it, a montage is kept in a file, not on standard output")
            }
            try OutputChoice(path: sound, wishes: output, moment: resolved.moment, environment: environment)
                .checkDestination()
            companions = CompanionPaths()
        }
        let writer = try CompanionWriter(piece, companions, force: wishes.force)
        let nearest = Axes(resolved.said.mood(over: resolved.duration)).nearestMood
        let kept = try keep(
            resolved.said, title: piece.score.title, nearest: nearest, path: wishes.path, force: wishes.force)
        try writer.publish()
        var report = MontageReport(moment: kept, table: table, companions: writer.paths)
        if let sound = wishes.sound, let file = kept.file {
            var source = Source()
            if wishes.path == nil { source.kept = Self.stem(file) } else { source.preset = file }
            report.render = try render(
                source, to: sound, output: output, companions: wishes.companions, progress: progress)
            report.companions = report.render?.companions ?? []
        }
        return report
    }

    /// Pieces that are drawn until one has a structure like people's.
    private static let draws = 8

    /// The first piece whose structure lies within the windows of people's music, or the one that leaves the fewest.
    private func draw(_ moment: Moment, title: String) throws(StudioError) -> Piece {
        var best: (left: Int, piece: Piece)?
        for number in 0..<Self.draws {
            var moment = moment
            if number > 0 { moment.seed = Seed.derived(from: "\(moment.seed ?? "") \(number)").words }
            let piece = try Piece(resolved(moment, title: title))
            let metrics = StructureMetrics(piece.score)
            let left = StructureMetrics.windows.count { !$0.holds(metrics) }
            if left < best?.left ?? .max { best = (left, piece) }
            if left == 0 { break }
        }
        guard let best else { preconditionFailure("a piece is drawn at least once") }
        return best.piece
    }

    /// Their titles, where one line has room for them.
    private static func title(of olds: [Remembered]) -> String {
        let titles = olds.map(\.score.title)
        let all = titles.dropLast().joined(separator: ", ") + " and " + (titles.last ?? "")
        return all.count <= longestTitle
            ? all : String(titles[0].prefix(longestTitle)) + " and \(titles.count - 1) more"
    }

    private static let longestTitle = 96

    private typealias Remembered = (name: String, source: ResolvedSource, plan: Plan, score: Score)

    /// Two to six moments, none of them twice.
    private func several(_ names: [String]) throws(StudioError) -> [Remembered] {
        let count = MontageVoice.count
        guard count.contains(names.count) else {
            throw StudioError(
                .usage, "a montage takes two to six moments, not \(names.count == 1 ? "one" : "\(names.count)")")
        }
        var olds: [Remembered] = []
        for name in names {
            var old = try remembered(name)
            old.name = old.source.name
            if let twin = olds.first(where: { Self.isSame($0.source, old.source) }) {
                throw StudioError(
                    .usage,
                    twin.name == old.name
                        ? "'\(name)' is there twice: each moment of a montage has its say once"
                        : "'\(name)' is the same moment as '\(twin.name)'")
            }
            // Two files of one name in different folders.
            if olds.contains(where: { $0.name == old.name }) { old.name += " \(olds.count + 1)" }
            olds.append(old)
        }
        return olds
    }

    /// Whether two sources make the same notes.
    private static func isSame(_ a: ResolvedSource, _ b: ResolvedSource) -> Bool {
        a.seed == b.seed && a.said.moods == b.said.moods && a.said.music == b.said.music
    }

    private func montage(of olds: [Remembered], duration: String?) throws(StudioError) -> Moment {
        let first = olds[0]
        let moods = olds.map { $0.plan.request.mood }
        var source = Source()
        source.duration = duration
        var moment = Moment(moods: moods.map { TimedMood(mood: $0) })
        moment.duration = Self.defaultDuration + Self.roomForOne * Double(olds.count - 2)
        let seconds = try self.duration(source, moment)
        moment.duration = seconds
        moment.seed = Seed.derived(from: olds.map { "\($0.name) \($0.source.seedText)" }.joined(separator: "\n")).words
        moment.instrument = first.source.said.instrument
        moment.unaCorda = first.source.said.unaCorda
        moment.room = first.source.said.room
        moment.sea = first.source.said.sea
        moment.music.key = first.score.key
        moment.music.metre = Self.metre(olds.map(\.score.metre))
        moment.music.montage = olds.map { old in
            let told = old.source.said.music.retelling.isEmpty ? nil : old.source.said.music.theme
            return MontageVoice(
                name: old.name, theme: told ?? Composer.theme(of: old.plan).heard(in: old.score),
                isMinor: old.score.key.isMinor)
        }
        // Each in its own light over the statements, the first again at the end.
        let share = seconds * 0.45 / Double(moods.count)
        for i in moods.indices { moment.moods[i].at = (Double(i) * share).rounded() }
        moment.moods.append(TimedMood(at: (seconds * 0.85).rounded(), mood: moods[0]))
        moment.why = why(olds, moment)
        return moment
    }

    /// The metre that most have, of several the one that comes first.
    private static func metre(_ metres: [Metre]) -> Metre {
        let counts = metres.map { metre in metres.filter { $0 == metre }.count }
        return zip(metres, counts).first { $0.1 == counts.max() }?.0 ?? metres[0]
    }

    private func why(_ olds: [Remembered], _ moment: Moment) -> [String] {
        guard let key = moment.music.key, let metre = moment.music.metre else { return [] }
        let count = olds.filter { $0.score.metre == metre }.count
        var lines = [
            "\(olds[0].name) -> \(key.name), its piano and its room",
            "\(count) of \(olds.count) in \(metre) -> \(metre) for all",
        ]
        for (old, voice) in zip(olds, moment.music.montage) {
            let mood = Axes(old.plan.request.mood).nearestMood
            let light = voice.isMinor == key.isMinor ? "" : ", stated in the relative key, then brought home"
            lines.append(
                "\(voice.name), \(mood) in \(old.score.key.name) -> a motif of \(voice.theme.main.count) notes" + light)
        }
        return lines
    }

    private static func stem(_ path: String) -> String {
        String(path.split(separator: "/").last?.dropLast(".yaml".count) ?? "")
    }

    /// A moment made here, as `resolve` reads it from its file.
    private func resolved(_ made: Moment, title: String) throws(StudioError) -> ResolvedSource {
        var moment = made
        moment.title = title
        try configuration().apply(to: &moment)
        let said = moment
        moment.takeSoundFromMood()
        return ResolvedSource(
            moment: moment, said: said, name: "montage", seed: Seed(parsing: made.seed ?? "") ?? Seed(0),
            duration: made.duration ?? Self.defaultDuration)
    }
}
