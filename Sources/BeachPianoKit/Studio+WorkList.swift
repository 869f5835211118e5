import AudioIO
import Moods
import Music
import Presets

/// What a batch has to do, before anything is done.
struct BatchPlan: Sendable {
    var pieces: [BatchPiece] = []
    /// What cannot be used, one line each.
    var failures: [StudioError] = []
}

extension Studio {
    /// All pieces of a batch in order, those of other shards left out.
    func workList(_ wishes: BatchWishes) throws(StudioError) -> BatchPlan {
        guard (1...10_000).contains(wishes.seeds) else {
            throw StudioError(.usage, "seeds is \(wishes.seeds), outside 1...10000")
        }
        let shard = try wishes.shard.map { (text) throws(StudioError) in try Shard(text, environment: environment) }
        let template = try wishes.name.map { (text) throws(StudioError) in try BatchNames(text) }
        try checkOptions(wishes)
        var plan = BatchPlan()
        var names = BatchNameTable()
        for row in try rows(wishes, &plan.failures) {
            for mood in wishes.moods.isEmpty ? [nil] : wishes.moods.map(Optional.some) {
                do throws(StudioError) {
                    for piece in try pieces(row, mood: mood, template: template, wishes) {
                        try names.add(piece)
                        if (shard ?? .whole).holds(piece.identity) { plan.pieces.append(piece) }
                    }
                } catch {
                    let says = error.message.hasPrefix(row.origin) ? error.message : "\(row.origin): \(error.message)"
                    plan.failures.append(StudioError(.badData, says))
                    break
                }
            }
        }
        // A broken row is reported by one shard: the union of all then says each thing once.
        if let shard {
            plan.failures.removeAll { !shard.holds(FileSystem.digest(Array($0.message.utf8))) }
        }
        return plan
    }

    /// What is wrong with an option is wrong with the call, not with each piece.
    private func checkOptions(_ wishes: BatchWishes) throws(StudioError) {
        var source = Source()
        source.duration = wishes.duration
        source.piano = wishes.piano
        source.room = wishes.room
        source.sea = wishes.sea
        let moment = try resolve(source).moment
        for mood in wishes.moods {
            source.mood = mood
            _ = try resolve(source)
        }
        for format in wishes.formats.isEmpty ? [wishes.output.format ?? "wav"] : wishes.formats {
            var output = wishes.output
            output.format = format
            _ = try OutputChoice(path: "piece", wishes: output, moment: moment, environment: environment)
        }
    }

    // MARK: - Rows

    private func rows(_ wishes: BatchWishes, _ failures: inout [StudioError]) throws(StudioError) -> [WorkRow] {
        switch FileSystem.kind(wishes.source) {
        case .folder: return try folderRows(wishes.source, &failures)
        case .missing: throw StudioError(.notFound, "\(wishes.source): there is no such folder or work list")
        case .pipe, .other: throw StudioError(.badData, "\(wishes.source): is neither a folder nor a work list")
        case .file: break
        }
        let bytes = try FileSystem.read(wishes.source, limit: 16 << 20)
        let list: WorkList
        do throws(PresetError) { list = try WorkListReader.read(bytes: bytes, name: wishes.source) } catch {
            throw StudioError(.badData, error.findings[0])
        }
        failures += list.findings.map { StudioError(.badData, $0) }
        guard !list.rows.isEmpty || !list.findings.isEmpty else {
            throw StudioError(.badData, "\(wishes.source): there is no piece in it")
        }
        // A path in a work list starts where the list is.
        let folder = wishes.source.lastIndex(of: "/").map { String(wishes.source[...$0]) } ?? ""
        return list.rows.map { row in
            var row = row
            if let preset = row.preset, !preset.hasPrefix("/"),
                preset.contains("/") || preset.hasSuffix(".yaml") || preset.hasSuffix(".yml")
            {
                row.preset = (folder.isEmpty ? "./" : folder) + preset
            }
            return row
        }
    }

    private func folderRows(_ folder: String, _ failures: inout [StudioError]) throws(StudioError) -> [WorkRow] {
        var rows: [WorkRow] = []
        for path in try Self.momentFiles(in: folder) {
            // Pipes and devices among the presets must not block, links to nowhere not be followed for ever.
            guard FileSystem.kind(path) == .file else {
                failures.append(StudioError(.badData, "\(path): is not a file"))
                continue
            }
            var row = WorkRow(origin: path)
            row.preset = path
            rows.append(row)
        }
        return rows
    }

    /// The paths of what is named like a moment file in a folder, sorted.
    static func momentFiles(in folder: String) throws(StudioError) -> [String] {
        let names = try FileSystem.list(folder).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        guard !names.isEmpty else {
            throw StudioError(.notFound, "\(folder): there is no moment file (*.yaml) in it")
        }
        return names.map { folder + "/" + $0 }
    }

    // MARK: - Pieces

    /// The pieces of a row, in this mood where one is given, one for each seed.
    private func pieces(_ row: WorkRow, mood: String?, template: BatchNames?, _ wishes: BatchWishes)
        throws(StudioError) -> [BatchPiece]
    {
        if let preset = row.preset, preset.contains("/"), [.pipe, .other].contains(FileSystem.kind(preset)) {
            throw StudioError(.badData, "\(preset): is not a file")
        }
        var source = Source()
        source.preset = row.preset
        source.mood = mood ?? row.mood
        source.seed = row.seed
        source.duration = row.duration ?? wishes.duration
        source.piano = row.piano ?? wishes.piano
        source.room = row.room ?? wishes.room
        source.sea = row.sea ?? wishes.sea
        let resolved = try resolve(source)
        let label = row.preset.map(Self.stem) ?? resolved.name
        let seeds = row.seeds ?? wishes.seeds
        var standard = "{preset}"
        if row.preset != nil, source.mood != nil { standard += "-{mood}" }
        if row.seed != nil { standard += "-{words}" }
        if seeds > 1 { standard += "-{index}" }
        let own = try row.name.map { (text) throws(StudioError) in try BatchNames(text) }
        let usual = try BatchNames(standard)
        let names = own ?? template ?? usual
        let choices = try choices(row, resolved.moment, wishes)
        return (0..<seeds).map { index in
            var one = resolved
            if index > 0 { one.seed = Seed.derived(from: "\(resolved.seed.value)/\(index)") }
            let name = names.name([
                "preset": label, "mood": one.moment.moods[0].name ?? "own", "seed": "\(one.seed.value)",
                "words": one.seedText, "index": "\(index + 1)",
            ])
            return piece(one, label: label, origin: row.origin, name: name, choices: choices, wishes)
        }
    }

    private static func stem(_ path: String) -> String {
        let base = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
        return String(base[..<(base.lastIndex(of: ".") ?? base.endIndex)])
    }

    private func choices(_ row: WorkRow, _ moment: Moment, _ wishes: BatchWishes) throws(StudioError) -> [OutputChoice]
    {
        var formats = row.formats.isEmpty ? wishes.formats : row.formats
        if formats.isEmpty {
            let asked = wishes.output.format ?? environment.variables["BEACHPIANO_FORMAT"]
            formats = [asked ?? moment.output.format ?? "wav"]
        }
        var choices: [OutputChoice] = []
        for format in formats {
            var output = wishes.output
            output.format = format
            output.threads = 1
            choices.append(
                try OutputChoice(path: "piece", wishes: output, moment: moment, environment: environment))
        }
        return choices
    }

    private func piece(
        _ source: ResolvedSource, label: String, origin: String, name: String, choices: [OutputChoice],
        _ wishes: BatchWishes
    ) -> BatchPiece {
        var moment = source.moment
        moment.seed = "\(source.seed.value)"
        moment.duration = source.duration
        let recipe = "\(Self.version)\n\(source.name)\n" + MomentWriter.text(moment)
        func digest(_ text: String) -> String { FileSystem.digest(Array((recipe + text).utf8)) }
        var outputs: [BatchOutput] = []
        for choice in choices {
            let loudness = choice.loudness.map { "\($0)" } ?? "off"
            let frames = Int64(source.duration * Double(choice.rate))
            outputs.append(
                BatchOutput(
                    file: "\(name).\(choice.format.container.rawValue)", kind: .sound(choice),
                    inputs: digest("\(choice.format) \(choice.rate) \(loudness)"),
                    estimate: Int(choice.format.estimatedBytes(frames: frames, sampleRate: choice.rate))))
        }
        var companions = wishes.companions
        if wishes.makesCatalogue { companions.insert(.picture) }
        for companion in Companion.allCases where companions.contains(companion) {
            // Notes in text form: some 150 bytes a note at up to six notes a second.
            outputs.append(
                BatchOutput(
                    file: "\(name).\(companion.ending)", kind: .companion(companion),
                    inputs: digest(companion.rawValue), estimate: 4096 + Int(source.duration * 900)))
        }
        let mood = source.moment.moods.map { "\($0.name ?? "") \($0.mood) \($0.at)" }.joined(separator: "\n")
        let identity = "\(label)\n\(mood)\n\(source.seed.value)\n\(source.duration)"
        return BatchPiece(
            identity: String(FileSystem.digest(Array(identity.utf8)).prefix(16)), source: source, label: label,
            origin: origin, outputs: outputs)
    }
}

/// Who has asked for which file: two pieces must not have the same.
private struct BatchNameTable {
    private var owners: [String: String] = [:]

    mutating func add(_ piece: BatchPiece) throws(StudioError) {
        for output in piece.outputs {
            if let other = owners.updateValue(piece.origin, forKey: output.file) {
                throw StudioError(
                    .badData,
                    "\(output.file) is wanted twice, here and by \(other): tell them apart with {mood}, {words} or "
                        + "{index} in --name")
            }
        }
    }
}
