import Documents
import Moods
import Music
import Presets

extension Studio {
    /// Reads a MIDI file and the instrument that it is to be played on.
    func readPerformance(_ wishes: PerformWishes) throws(StudioError) -> (Performance, Moment) {
        if let channel = wishes.channel, !(1...16).contains(channel) {
            throw StudioError(.usage, "channel is \(channel), outside 1...16")
        }
        var moment = Moment(
            moods: [
                TimedMood(mood: Mood(valence: 0, energy: 0, tension: 0, intimacy: 0, nostalgia: 0, openness: 0))
            ])
        try configuration().apply(to: &moment)
        try applyInstrument(wishes.piano ?? environment.variables["BEACHPIANO_PIANO"], to: &moment)
        try applyRoom(wishes.room ?? environment.variables["BEACHPIANO_ROOM"], to: &moment)
        let bytes = try FileSystem.read(wishes.input, limit: 64 << 20)
        do throws(MIDIFileError) {
            var performance = try MIDIFileReader.performance(bytes, channel: wishes.channel)
            if performance.title.isEmpty { performance.title = wishes.input }
            return (performance, moment)
        } catch { throw StudioError(.badData, "\(wishes.input): \(error.description)") }
    }
}
