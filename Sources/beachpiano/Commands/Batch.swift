import ArgumentParser
import BeachPianoKit

struct Batch: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Render a folder of presets, or a work list.",
        discussion: """
            What is already there and unchanged is skipped, so the same command goes on where it was stopped; a broken
            piece is reported while the rest is rendered. Packaging/README.md shows it under Slurm, GNU parallel, make
            and Kubernetes.

            Examples:
              beachpiano batch Presets/ --out renders/
              beachpiano batch Presets/ --out renders/ --seeds 10 --formats flac,mp3 --midi --jobs 4
              beachpiano batch game.csv --out music/ --name '{preset}-{words}' --list
              beachpiano batch Presets/ --out renders/ --shard 0/4
              beachpiano batch Presets/ --out renders/ --catalog
              beachpiano batch --verify renders/
            """)

    @Argument(help: "The folder of moment files or the work list (.yaml, .csv); with --verify or --merge the results.")
    var source: String

    @Option(help: "The folder for the results; made where it is missing.")
    var out: String?

    @Option(help: "How many seeds of each piece; the first is its own (default 1).")
    var seeds = 1

    @Option(help: "Tell each piece in each of these moods, with commas between.")
    var moods: String?

    @Option(help: "Several formats of each piece, with commas between.")
    var formats: String?

    @Option(help: "Template of the files' names, of {preset} {mood} {seed} {words} {index}.")
    var name: String?

    @Option(parsing: .unconditional, help: "Length of every piece (default: its own, else 2m30s).")
    var duration: String?

    @Option(help: "The piano of every piece.")
    var piano: String?

    @Option(help: "The room of every piece.")
    var room: String?

    @Option(help: "The sea under every piece: off, calm, swell or stormy (default: its own, else off).")
    var sea: String?

    @OptionGroup var work: BatchOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if work.verify && work.merge { throw ValidationError("--verify and --merge exclude one another") }
        if work.keepGoing && work.failFast { throw ValidationError("--keep-going and --fail-fast exclude one another") }
        if formats != nil && output.format != nil {
            throw ValidationError("--format and --formats exclude one another")
        }
        if work.verify && work.catalog { throw ValidationError("--verify and --catalog exclude one another") }
        if work.verify || work.merge {
            if out != nil { throw ValidationError("--verify and --merge take the folder of results alone") }
        } else if out == nil {
            throw ValidationError("say where the results go: --out DIR")
        }
    }

    func run() throws {
        if work.verify { return try verify() }
        if work.merge {
            return try merge()
        }
        if work.list {
            let list = try common.studio.batchList(wishes, json: common.json)
            try common.console.result(list.text)
            return try finish(list.failures)
        }
        try render()
    }

    private var wishes: BatchWishes {
        var wishes = BatchWishes(source: source, destination: out ?? "")
        wishes.seeds = seeds
        wishes.moods = moods.map(names) ?? []
        wishes.formats = formats.map(names) ?? []
        wishes.companions = work.companions
        wishes.makesCatalogue = work.catalog
        wishes.name = name
        wishes.duration = duration
        wishes.piano = piano
        wishes.room = room
        wishes.sea = sea
        wishes.output = output.output
        wishes.jobs = work.jobs
        wishes.shard = work.shard
        wishes.failsFast = work.failFast
        wishes.maxMinutes = work.maxMinutes
        return wishes
    }

    private func names(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }

    private func render() throws {
        let console = common.console
        let bar = ProgressBar("batch", console: console)
        defer { bar.finish() }
        let isStream = work.progress == .json
        let report = try common.studio.batch(wishes) { event in
            if isStream {
                if let json = event.json { console.event(json) }
                return
            }
            switch event {
            case .progress(let fraction, let done, let pieces, let failed, let rate):
                guard work.progress != .none else { return }
                let broken = failed > 0 ? ", \(failed) failed" : ""
                bar.update(fraction, note: "\(done) of \(pieces)\(broken), \(decimal(rate, 1)) a minute")
            case .note(let text):
                bar.finish()
                console.message("beachpiano: " + text)
            case .started, .finished, .failed: break
            }
        }
        bar.finish()
        if common.json {
            try console.result(report.json.text)
        } else if !common.quiet {
            try console.result(report.line)
        }
        if !isStream { for failure in report.failures { console.error(failure.message) } }
        if let code = report.exitCode { throw ExitCode(code) }
    }

    private func merge() throws {
        let (count, catalogue) = try common.studio.batchMerge(
            source, catalogue: work.catalog, force: output.output.force)
        if common.json {
            let object = JSON.object([
                ("files", .integer(count)), ("catalogue", catalogue.map { .string($0) } ?? .null),
            ])
            return try common.console.result(object.text)
        }
        let page = catalogue.map { " · " + $0 } ?? ""
        try common.console.result("\(source)/manifest.jsonl: \(count) files\(page)")
    }

    private func verify() throws {
        let found = try common.studio.batchVerify(source)
        for line in found.lines { try common.console.result(line) }
        try finish(found.failures)
    }

    private func finish(_ failures: [StudioError]) throws {
        for failure in failures { common.console.error(failure.message) }
        if !failures.isEmpty { throw ExitCode(StudioError.Kind.badData.rawValue) }
    }
}
