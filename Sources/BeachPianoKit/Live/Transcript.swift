import AudioIO
import Documents

/// All that was heard of a session, for a MIDI file.
struct Transcript {
    let events: [LiveEvent]
    let frames: Int
    let rate: Int
    let title: String

    /// Writes the file and gives it its name; answers what went wrong.
    func write(to sink: FileByteSink) -> StudioError? {
        let performance = LiveTranscript.performance(events, in: 0..<max(1, frames), rate: Double(rate), title: title)
        do throws(AudioIOError) {
            try sink.write(contentsOf: MIDIFileWriter.bytes(of: performance))
            try sink.sync()
            try sink.publish()
            return nil
        } catch { return StudioError(error) }
    }
}
