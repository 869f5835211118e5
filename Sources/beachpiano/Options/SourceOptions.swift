import ArgumentParser
import BeachPianoKit

/// Where the piece comes from.
struct SourceOptions: ParsableArguments {
    @Option(help: "A mood by name: see 'beachpiano moods'.")
    var mood: String?

    @Option(help: "A preset by name, or a moment file.")
    var preset: String?

    @Option(help: "A kept moment by name: see 'beachpiano moments'.")
    var kept: String?

    @OptionGroup var senses: SenseOptions

    @Option(parsing: .unconditional, help: "Valence, dark -1 ... 1 bright.")
    var valence: Float?

    @Option(parsing: .unconditional, help: "Energy, still -1 ... 1 driven.")
    var energy: Float?

    @Option(parsing: .unconditional, help: "Tension, at rest -1 ... 1 uneasy.")
    var tension: Float?

    @Option(parsing: .unconditional, help: "Intimacy, distant -1 ... 1 close.")
    var intimacy: Float?

    @Option(parsing: .unconditional, help: "Nostalgia, 0 ... 1.")
    var nostalgia: Float?

    @Option(parsing: .unconditional, help: "Openness, 0 ... 1.")
    var openness: Float?

    @Option(
        parsing: .unconditional, help: "Length of the piece, such as 2m30s (default: the preset's own, else 2m30s).")
    var duration: String?

    @Option(help: "The piano: grand, upright or felt, with an instrument of its own after a colon, as in felt:7.")
    var piano: String?

    @Option(help: "The room: near, room, hall or beach.")
    var room: String?

    @Option(help: "The sea under the piano: off, calm, swell or stormy (default: the preset's own, else off).")
    var sea: String?

    @Option(parsing: .unconditional, help: "Quarter notes per minute, 30 ... 200.")
    var tempo: Float?

    @Option(help: "Home key, such as 'D-flat major'.")
    var key: String?

    @Option(help: "Form, such as aaba, rondo or passacaglia.")
    var form: String?

    @Option(help: "Seed: an integer or three words (default: the preset's own, else from the mood).")
    var seed: String?

    @Flag(name: .long, help: "A fresh seed.")
    var new = false

    @Option(help: "Whose hands: another number plays the same notes as another pianist.")
    var pianist: UInt64?

    @Option(help: "Draw one layer again: form, harmony, motif, melody, texture or performance. Can be repeated.")
    var reroll: [String] = []

    @Flag(
        inversion: .prefixedNo,
        help: "Work in what 'hello' knows of you, or leave it out (default: in what is made from a mood or the senses)."
    )
    var profile: Bool?

    var source: Source {
        var source = Source()
        source.belongsToOwner = true
        source.profile = profile
        source.mood = mood
        source.preset = preset
        source.kept = kept
        senses.apply(to: &source)
        source.valence = valence
        source.energy = energy
        source.tension = tension
        source.intimacy = intimacy
        source.nostalgia = nostalgia
        source.openness = openness
        source.duration = duration
        source.piano = piano
        source.room = room
        source.sea = sea
        source.tempo = tempo
        source.key = key
        source.form = form
        source.seed = seed
        source.isNew = new
        source.pianist = pianist
        source.rerolls = reroll
        return source
    }
}
