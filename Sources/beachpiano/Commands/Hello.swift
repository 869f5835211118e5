import ArgumentParser
import BeachPianoKit

struct Hello: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A few personal questions; the answers tailor what is made afterwards.",
        discussion: """
            Seven questions, each may be skipped, none asks who you are. What is made from words, a photo, a sound or a mood
            afterwards has something of yours: '--why' says what, '--no-profile' leaves it out. Presets, batches and kept
            moments stay as they are.

            Examples:
              beachpiano hello
              beachpiano hello --show
              beachpiano hello --answers mine.yaml    # voice: felt, words: "the sea comes back"
              beachpiano hello --forget
            """)

    @Flag(name: .long, help: "Print the answers and what they do.")
    var show = false

    @Flag(name: .long, help: "Ask again: Enter keeps an answer, a minus takes it back.")
    var edit = false

    @Flag(name: .long, help: "Remove the profile; kept moments stay as they are.")
    var forget = false

    @Option(help: "Take the answers from a file: voice, place, words, pace, unrest, past, register.")
    var answers: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if [show, edit, forget, answers != nil].filter({ $0 }).count > 1 {
            throw ValidationError("--show, --edit, --forget and --answers exclude one another")
        }
    }

    func run() throws {
        let studio = common.studio
        if show { return try common.console.result(studio.profileText(json: common.json)) }
        if forget { return try studio.forgetProfile() }
        if let answers {
            try studio.hello(answersFrom: answers)
        } else {
            try studio.hello(edits: edit)
        }
    }
}
