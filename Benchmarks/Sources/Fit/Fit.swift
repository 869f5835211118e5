import ArgumentParser
import Foundation
import Music
import Piano

@main
struct Fit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Fit the free constants of an instrument to measurements of recorded pianos.",
        discussion: """
            The constants are those of InstrumentFit: factors over five registers and a few numbers of the whole piano. \
            `render` writes the notes that a tone report reads, `search` changes constants and keeps what brings the \
            report's score down without making any note dead, `show` prints constants to start from.
            """,
        subcommands: [Render.self, Search.self, Show.self, Picture.self])
}

/// Prints the constants of a kind.
struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the constants in use as JSON.")

    @Option(help: "grand, upright or felt.") var kind = Piece.Kind.grand

    func run() throws { print(String(decoding: try encoded(InstrumentFit.fitted(kind)), as: UTF8.self)) }
}

/// Writes the grid of notes.
struct Render: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write the notes of the grid as WAV files.")

    @OptionGroup var piece: Piece
    @Flag(help: "Let each note end where a report of single notes stops reading.") var short = false
    @Argument(help: "The folder to write note_KEY_VELOCITY.wav to, which exists.") var folder: String

    func run() throws {
        for note in try Grid(piece, fit: piece.fit(), isShort: short).written(to: folder) { print(note.line) }
    }
}
