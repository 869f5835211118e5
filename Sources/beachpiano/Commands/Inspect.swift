import ArgumentParser
import BeachPianoKit

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Print what would be composed: form, key, tempo, tension.",
        discussion: "Example:\n  beachpiano plan --mood wonder --why")

    @OptionGroup var source: SourceOptions
    @OptionGroup var common: CommonOptions

    @Flag(name: .long, help: "Say why the piece is as it is.")
    var why = false

    func run() throws {
        try common.console.result(common.studio.planText(source.source, why: why, json: common.json))
    }
}

struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Print the composed score, bar by bar.",
        discussion: "Example:\n  beachpiano score --mood wonder --duration 30s")

    @OptionGroup var source: SourceOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.console.result(common.studio.scoreText(source.source, json: common.json))
    }
}

struct PerformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "performance", abstract: "Print what the pianist's hands and feet do, in seconds.",
        discussion: """
            Examples:
              beachpiano performance --mood wonder --duration 30s --json
              beachpiano performance --mood wonder --midi wonder.mid     # the MIDI file alone, at once
            """)

    @OptionGroup var source: SourceOptions
    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: "Write it as a MIDI file instead of printing it.")
    var midi: String?

    @Flag(name: .long, help: "Replace the file if it exists.")
    var force = false

    func run() throws {
        if let midi { return try common.studio.writeMIDI(source.source, to: midi, force: force) }
        try common.console.result(common.studio.performanceText(source.source, json: common.json))
    }
}
