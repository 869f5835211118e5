import ArgumentParser
import BeachPianoKit

/// What the piece is made from beside a mood.
struct SenseOptions: ParsableArguments {
    @Option(
        help: """
            A few words on the moment, such as 'on the beach with you, last light'; '-' reads them from standard input.
            """)
    var words: String?

    @Option(help: "A photo (JPEG or PNG): its colours, and what the camera wrote down about time and place.")
    var photo: String?

    @Flag(name: .customLong("no-exif"), help: "Leave alone what the camera wrote into the photo.")
    var ignoresCameraNotes = false

    @Option(help: "A sound file of the place: its waves set tempo, metre and phrases, voices and birds touch the mood.")
    var sound: String?

    @Option(
        name: .customLong("at"), parsing: .unconditional,
        help: "The place in degrees, such as 38.7,-9.42: with the time it gives the light and the season.")
    var place: String?

    @Option(help: "The time, such as 2024-06-21T20:45 (local), 2024-06-21T20:45+02:00 or 20:45 (default: now).")
    var time: String?

    @Option(help: "The weather in words, such as 'windy, rain'.")
    var weather: String?

    func apply(to source: inout Source) {
        source.words = words
        source.photo = photo
        source.ignoresCameraNotes = ignoresCameraNotes
        source.sound = sound
        source.place = place
        source.time = time
        source.weather = weather
    }
}
