import ArgumentParser
import BeachPianoKit

struct PresetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "presets", abstract: "List, show, check and make moment files.",
        subcommands: [List.self, Show.self, Check.self, New.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All presets, a sentence each.")
        @OptionGroup var common: CommonOptions

        func run() throws { try common.console.result(common.studio.presetList(json: common.json)) }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a preset's file.")
        @Argument(help: "The preset's name or file.") var name: String
        @OptionGroup var common: CommonOptions

        func run() throws { try common.console.result(common.studio.presetText(name, json: common.json)) }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say what is wrong in moment files.")
        @Argument(help: "The files, or folders of them.") var files: [String]
        @OptionGroup var common: CommonOptions

        func run() throws {
            let console = common.console
            let (checked, findings) = try common.studio.presetCheck(files)
            if common.json {
                try console.result(JSON.object([("findings", .array(findings.map { .string($0) }))]).text)
            } else {
                for finding in findings { console.error(finding) }
            }
            if !findings.isEmpty { throw ExitCode(StudioError.Kind.badData.rawValue) }
            console.message(checked.count == 1 ? "\(checked[0]): good" : "\(checked.count) files: all good")
        }
    }

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a moment file to start from.",
            discussion: "Example:\n  beachpiano presets new evening.yaml --mood warm --piano felt")
        @Argument(help: "The file to write, or '-' for standard output.") var file: String
        @Flag(name: .long, help: "Replace an existing file.") var force = false
        @OptionGroup var source: SourceOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            // A preset is everybody's.
            var preset = source.source
            preset.belongsToOwner = false
            try common.studio.presetNew(preset, to: file, force: force)
        }
    }
}

struct MoodsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moods", abstract: "All moods and everyday aliases, a sentence each.")
    @OptionGroup var common: CommonOptions

    func run() throws { try common.console.result(common.studio.moodList(json: common.json)) }
}

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Devices, versions and rights: the text to paste in a bug report.")
    @OptionGroup var common: CommonOptions
    @Option(help: "Open this device and say what it negotiates.") var device: String?

    func run() throws { try common.console.result(common.studio.doctor(device: device, json: common.json)) }
}
