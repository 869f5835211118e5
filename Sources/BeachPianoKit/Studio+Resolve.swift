import Composition
import Moods
import Music
import Presets
import Senses

extension Studio {
    /// Length of a piece where nobody says otherwise, seconds.
    static let defaultDuration = 150.0
    /// The shortest and the longest piece, seconds.
    static let durations = 3.0...86_400.0

    /// Reads a source: the moment with all options worked in, its name, seed and length.
    ///
    /// Options beat environment variables, these the configuration, this the moment, this the built-in value.
    package func resolve(_ source: Source) throws(StudioError) -> ResolvedSource {
        var (moment, name) = try moment(for: source)
        let given = moment.moods
        let isOwn = source.preset == nil && source.kept == nil && (source.hasSenses || source.mood != nil)
        if source.profile ?? (source.belongsToOwner && isOwn), let profile = try profile() {
            profile.bake(into: &moment)
        }
        try configuration().apply(to: &moment)
        try applyAxes(source, to: &moment)
        try applyMusic(source, to: &moment)
        try applyInstrument(source.piano ?? environment.variables["BEACHPIANO_PIANO"], to: &moment)
        try applyRoom(source.room ?? environment.variables["BEACHPIANO_ROOM"], to: &moment)
        if let sea = source.sea ?? environment.variables["BEACHPIANO_SEA"] {
            guard let state = SeaSettings.State(rawValue: sea) else {
                throw StudioError(.usage, unknown("sea", sea, SeaSettings.State.allCases.map(\.rawValue)))
            }
            moment.sea.state = state
        }
        let duration = try duration(source, moment)
        let seed = try seed(source, moment, given)
        try applyPlayer(source, to: &moment)
        let said = moment
        moment.takeSoundFromMood()
        var resolved = ResolvedSource(moment: moment, said: said, name: name, seed: seed, duration: duration)
        if !source.hasSenses, source.mood == nil { resolved.keptName = keptName(source) }
        return resolved
    }

    // MARK: - Where it comes from

    private func moment(for source: Source) throws(StudioError) -> (Moment, String) {
        if source.kept != nil, source.preset != nil {
            throw StudioError(.usage, "--kept and --preset both name a moment: give one of them")
        }
        if source.hasSenses { return try sensedMoment(source) }
        if let name = source.kept {
            let entry = try journal().entry(named: name)
            var moment = try entry.moment()
            guard let mood = source.mood else { return (moment, entry.name) }
            let named = try namedMood(mood)
            moment.moods = [TimedMood(name: named.name, mood: named.mood)]
            return (moment, named.name)
        }
        if source.preset != nil, source.mood == nil { return try preset(source.preset ?? "") }
        if let name = source.mood {
            let named = try namedMood(name)
            var moment = Moment(moods: [TimedMood(name: named.name, mood: named.mood)])
            if let preset = source.preset {
                moment = try self.preset(preset).0
                moment.moods = [TimedMood(name: named.name, mood: named.mood)]
            }
            return (moment, named.name)
        }
        if let last = lastKept() { return (try last.moment(), last.name) }
        return try preset("golden-hour")
    }

    /// The name in the journal of what a source without mood and senses names.
    private func keptName(_ source: Source) -> String? {
        guard let journal = try? journal() else { return nil }
        if let name = source.kept { return (try? journal.entry(named: name))?.name }
        guard let name = source.preset else { return lastKept()?.name }
        let found = try? presetText(named: name)
        return found?.origin == journal.path(name) ? name : nil
    }

    /// A mood by its name.
    func namedMood(_ name: String) throws(StudioError) -> NamedMood {
        if let named = NamedMood.named(name) { return named }
        let hint = name.isEmpty ? "" : ": did you mean '\(NamedMood.nearest(to: name))'?"
        throw StudioError(.usage, "mood '\(name)' is not known\(hint) ('beachpiano moods' lists all)")
    }

    /// A preset by name, or a moment file.
    func preset(_ name: String) throws(StudioError) -> (Moment, String) {
        do throws(PresetError) {
            let found = try presetText(named: name)
            return (try MomentReader.read(bytes: found.bytes, name: found.origin), found.name)
        } catch { throw StudioError(error) }
    }

    /// The bytes of a preset: a file where the name is a path, else from the user's folders, the system's, the binary.
    func presetText(named name: String) throws(PresetError) -> (name: String, origin: String, bytes: [UInt8]) {
        if name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            do throws(StudioError) {
                let bytes = try FileSystem.read(name, limit: 1 << 20)
                let base = String(name[(name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex)...])
                let stem = String(base[..<(base.lastIndex(of: ".") ?? base.endIndex)])
                return (stem, name, bytes)
            } catch {
                throw PresetError(error.kind == .notFound ? .notFound : .invalid, [error.message])
            }
        }
        for folder in environment.presetFolders + (environment.momentsFolder.map { [$0] } ?? []) {
            let path = "\(folder)/\(name).yaml"
            if FileSystem.kind(path) == .file, let bytes = try? FileSystem.read(path, limit: 1 << 20) {
                return (name, path, bytes)
            }
        }
        if let shipped = PresetLibrary.shipped.first(where: { $0.name == name }) {
            return (name, "\(name).yaml", Array(shipped.text.utf8))
        }
        let nearest = Spelling.nearest(to: name, among: PresetLibrary.shipped.map(\.name))
        throw PresetError(
            .unknownName,
            [
                "preset '\(name)' is not known\(nearest.map { ": did you mean '\($0)'?" } ?? "") ('beachpiano presets list' lists all)"
            ])
    }

    // MARK: - Options

    private func applyAxes(_ source: Source, to moment: inout Moment) throws(StudioError) {
        func value(_ name: String, _ value: Float?, _ low: Float) throws(StudioError) -> Float? {
            guard let value else { return nil }
            guard value.isFinite, value >= low, value <= 1 else {
                throw StudioError(.usage, "\(name) is \(value), outside \(low == 0 ? "0" : "-1")...1")
            }
            return value
        }
        let valence = try value("valence", source.valence, -1)
        let energy = try value("energy", source.energy, -1)
        let tension = try value("tension", source.tension, -1)
        let intimacy = try value("intimacy", source.intimacy, -1)
        let nostalgia = try value("nostalgia", source.nostalgia, 0)
        let openness = try value("openness", source.openness, 0)
        for i in moment.moods.indices {
            let old = moment.moods[i].mood
            moment.moods[i].mood = Mood(
                valence: valence ?? old.valence, energy: energy ?? old.energy, tension: tension ?? old.tension,
                intimacy: intimacy ?? old.intimacy, nostalgia: nostalgia ?? old.nostalgia,
                openness: openness ?? old.openness)
            if moment.moods[i].mood != old { moment.moods[i].name = nil }
        }
    }

    private func applyMusic(_ source: Source, to moment: inout Moment) throws(StudioError) {
        let variables = environment.variables
        if let text = source.tempo.map({ "\($0)" }) ?? variables["BEACHPIANO_TEMPO"] {
            guard let tempo = Float(text), tempo.isFinite, (30...200).contains(tempo) else {
                throw StudioError(.usage, "tempo is \(text), outside 30...200")
            }
            moment.music.tempo = tempo
        }
        if let name = source.key ?? variables["BEACHPIANO_KEY"] {
            guard let key = Key(name: name) else {
                throw StudioError(.usage, "key '\(name)' is not known: say it as 'D-flat major' or 'f# minor'")
            }
            moment.music.key = key
        }
        if let form = source.form ?? variables["BEACHPIANO_FORM"] {
            guard MusicSettings.forms.contains(form) else {
                throw StudioError(.usage, unknown("form", form, MusicSettings.forms))
            }
            if moment.music.form != form { moment.music.sections = [] }
            moment.music.form = form
        }
    }

    private func applyPlayer(_ source: Source, to moment: inout Moment) throws(StudioError) {
        if let pianist = source.pianist {
            guard pianist <= UInt64(UInt32.max) else {
                throw StudioError(.usage, "pianist is \(pianist), outside 0...\(UInt32.max)")
            }
            moment.pianist = pianist
        }
        for name in source.rerolls {
            guard let layer = ParameterTable.layers.first(where: { $0.rawValue == name }) else {
                throw StudioError(.usage, unknown("reroll", name, ParameterTable.layers.map(\.rawValue)))
            }
            moment.rerolls[layer, default: 0] += 1
        }
    }

    /// A moment without a mood, for music that comes from elsewhere: the configuration, then variables and options.
    func plainMoment(piano: String?, room: String?) throws(StudioError) -> Moment {
        var moment = Moment(
            moods: [
                TimedMood(mood: Mood(valence: 0, energy: 0, tension: 0, intimacy: 0, nostalgia: 0, openness: 0))
            ])
        try configuration().apply(to: &moment)
        try applyInstrument(piano ?? environment.variables["BEACHPIANO_PIANO"], to: &moment)
        try applyRoom(room ?? environment.variables["BEACHPIANO_ROOM"], to: &moment)
        return moment
    }

    /// `KIND` or `KIND:SEED`.
    func applyInstrument(_ text: String?, to moment: inout Moment) throws(StudioError) {
        guard let text else { return }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let kind = InstrumentSettings.Kind(rawValue: parts[0]) else {
            throw StudioError(.usage, unknown("piano", parts[0], InstrumentSettings.Kind.allCases.map(\.rawValue)))
        }
        var seed = moment.instrument.seed
        if parts.count == 2 {
            guard let number = UInt32(parts[1]) else {
                throw StudioError(.usage, "piano '\(text)': the instrument's seed is a number, as in felt:7")
            }
            seed = number
        }
        let old = moment.instrument
        moment.instrument = InstrumentSettings(
            kind: kind, body: kind == old.kind ? old.body : nil, felt: kind == old.kind ? old.felt : nil,
            hardness: old.hardness, lid: old.lid, mechanism: old.mechanism, age: old.age, a4: old.a4, seed: seed)
    }

    func applyRoom(_ text: String?, to moment: inout Moment) throws(StudioError) {
        guard let text else { return }
        guard let kind = RoomSettings.Kind(rawValue: text) else {
            throw StudioError(.usage, unknown("room", text, RoomSettings.Kind.allCases.map(\.rawValue)))
        }
        moment.room.kind = kind
    }

    func duration(_ source: Source, _ moment: Moment) throws(StudioError) -> Double {
        guard let text = source.duration ?? environment.variables["BEACHPIANO_DURATION"] else {
            return moment.duration ?? Self.defaultDuration
        }
        guard let seconds = DurationText.parse(text), Self.durations.contains(seconds) else {
            throw StudioError(.usage, "duration is '\(text)', not a length from 3s to 24h such as 2m30s")
        }
        return seconds
    }

    /// The seed that is named, else one from the mood before single axes have moved it.
    private func seed(_ source: Source, _ moment: Moment, _ moods: [TimedMood]) throws(StudioError) -> Seed {
        if let text = source.seed {
            guard let seed = Seed(parsing: text) else {
                throw StudioError(
                    .usage, "seed '\(text)' is neither an integer nor three words, such as salt-lantern-window")
            }
            return seed
        }
        // As many bits as three words hold.
        let fresh = Seed(Entropy.bits() & 0x1_FFFF_FFFF)
        if source.isNew { return fresh }
        // A preset told in another mood keeps its seed, and what the senses take in has one of its own.
        let keepsSeed = source.mood == nil || source.preset != nil || source.kept != nil || source.hasSenses
        if keepsSeed, let text = moment.seed, let seed = Seed(parsing: text) {
            return seed
        }
        if source.prefersFresh { return fresh }
        return Seed.derived(from: moods.map { $0.name ?? Axes($0.mood).effects(atMost: 6) }.joined(separator: ", "))
    }

    /// `WHAT 'VALUE' is not known: did you mean …`, with all names.
    func unknown(_ what: String, _ value: String, _ names: [String]) -> String {
        let nearest = Spelling.nearest(to: value, among: names).map { "did you mean '\($0)'? " } ?? ""
        return "\(what) '\(value)' is not known: \(nearest)use one of \(names.joined(separator: ", "))"
    }
}

extension StudioError {
    init(_ error: PresetError) {
        let kind: Kind =
            switch error.kind {
            case .notFound: .notFound
            case .invalid: .badData
            case .unknownName: .usage
            }
        self.init(kind, error.description)
    }
}
