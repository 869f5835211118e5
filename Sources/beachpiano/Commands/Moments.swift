import ArgumentParser
import BeachPianoKit

struct MomentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moments", abstract: "The journal: list, show, search, rename, export, forget, render, play.",
        discussion: """
            'capture', 'retell', 'montage' and the key k in 'play' keep moments here; '--kept NAME' makes a piece of one.

            Examples:
              beachpiano moments
              beachpiano moments search beach
              beachpiano moments render last-light out.wav
              beachpiano render --kept last-light --duration 5m long.flac
            """,
        subcommands: [
            List.self, Show.self, Search.self, Rename.self, Export.self, Forget.self, RenderMoment.self,
            PlayMoment.self,
        ], defaultSubcommand: List.self)

    /// Prints a list; files that cannot be read are named, and make the exit code.
    private static func show(_ list: MomentList, _ console: Console) throws {
        try console.result(list.text)
        for finding in list.findings { console.error(finding) }
        if !list.findings.isEmpty { throw ExitCode(StudioError.Kind.badData.rawValue) }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All kept moments, the newest first.")
        @OptionGroup var common: CommonOptions

        func run() throws {
            try MomentsCommand.show(common.studio.momentList(json: common.json), common.console)
        }
    }

    struct Search: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Moments in whose name, title, words, place, date, mood or reasons all of these occur.")
        @Argument(help: "What to look for.") var terms: [String]
        @OptionGroup var common: CommonOptions

        func run() throws {
            try MomentsCommand.show(
                common.studio.momentList(matching: terms, json: common.json), common.console)
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a moment's file.")
        @Argument(help: "The moment's name.") var name: String
        @OptionGroup var common: CommonOptions

        func run() throws { try common.console.result(common.studio.momentText(name, json: common.json)) }
    }

    struct Rename: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a moment another title, and the name that goes with it.")
        @Argument(help: "The moment's name.") var name: String
        @Argument(help: "The new title.") var title: String
        @OptionGroup var common: CommonOptions

        func run() throws {
            common.console.message("kept as \(try common.studio.renameMoment(name, to: title))")
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Copy a moment's file to where others can have it.")
        @Argument(help: "The moment's name.") var name: String
        @Argument(help: "The file, or '-' for standard output.") var out = "-"
        @Flag(name: .long, help: "Replace an existing file.") var force = false
        @OptionGroup var common: CommonOptions

        func run() throws { try common.studio.exportMoment(name, to: out, force: force) }
    }

    struct Forget: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove moments from the journal; what was rendered elsewhere stays.")
        @Argument(help: "The moments' names.") var names: [String]
        @OptionGroup var common: CommonOptions

        func run() throws {
            try common.studio.forgetMoments(names)
            common.console.message(names.count == 1 ? "\(names[0]) is forgotten" : "\(names.count) are forgotten")
        }
    }

    struct RenderMoment: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "render", abstract: "Render a moment to a file, as 'render --kept' does.")
        @Argument(help: "The moment's name.") var name: String
        @Argument(help: "The sound file, or '-' for standard output.") var out: String
        @OptionGroup var output: OutputOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let bar = ProgressBar("rendering", console: common.console)
            defer { bar.finish() }
            var source = Source()
            source.kept = name
            let report = try common.studio.render(
                source, to: out, output: output.output, progress: { bar.update($0) })
            bar.finish()
            if out == "-" {
                common.console.message(report.line)
            } else if common.json {
                try common.console.result(report.json.text)
            } else if !common.quiet {
                try common.console.result(report.line)
            }
        }
    }

    struct PlayMoment: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "play", abstract: "Play a moment, as long as it is.")
        @Argument(help: "The moment's name.") var name: String
        @Option(help: "The playback device: see 'beachpiano doctor'.") var device: String?
        @OptionGroup var common: CommonOptions

        func run() throws {
            var source = Source()
            source.kept = name
            try common.studio.playMoment(source, device: device)
        }
    }
}
