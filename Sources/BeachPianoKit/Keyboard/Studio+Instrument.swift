import AudioIO
import Moods
import Music
import Piano
import Presets

/// How to play the piano from a MIDI keyboard.
public struct InstrumentWishes: Hashable, Sendable {
    /// `-`, a raw MIDI device, a named pipe, or a port of the ALSA sequencer; nil takes the first keyboard.
    public var input: String?
    /// `grand`, `upright` or `felt`, with an instrument seed after a colon.
    public var piano: String?
    public var room: String?
    public var playing: PlayWishes

    public init(input: String? = nil, piano: String? = nil, room: String? = nil, playing: PlayWishes = PlayWishes()) {
        self.input = input
        self.piano = piano
        self.room = room
        self.playing = playing
    }
}

extension Studio {
    /// Milliseconds of the device's buffer under a keyboard, where nobody says otherwise.
    private static let keyboardLatency = 20

    /// The piano under a MIDI keyboard, live, until the input or the player ends it.
    public func instrument(_ wishes: InstrumentWishes) throws(StudioError) {
        let moment = try plainMoment(piano: wishes.piano, room: wishes.room)
        let input = try studio { () throws(AudioIOError) in try openMIDIInput(wishes.input) }
        var playing = wishes.playing
        playing.latencyMilliseconds = playing.latencyMilliseconds ?? Self.keyboardLatency
        let stage = try beginStage(playing)
        try play(input, from: wishes.input, on: stage, moment)
    }

    private func play(_ input: any MIDIInput, from name: String?, on stage: Stage, _ moment: Moment)
        throws(StudioError)
    {
        RenderThread.prepare()
        let expected = TablesCache.tables(moment.instrument, rate: stage.rate)
        let configuration = try finish(stage)
        console.message("listening to: \(input.name)")
        let rate = configuration.sampleRate
        let tables = rate == stage.rate ? expected : TablesCache.tables(moment.instrument, rate: rate)
        let control = stage.control
        let session = KeyboardSession(
            link: LiveLink(tables: tables, room: moment.room), input: input, control: control,
            cancellation: cancellation, console: console, device: stage.device.name, rate: rate,
            isTranscribed: stage.midi != nil)
        let failure = Failure()
        let recorder = try Recorder(stage, rate: rate, failure) { [console] in console.message($0) }
        let playing = try Thread {
            do throws(StudioError) { try session.play() } catch { failure.set(error) }
        }
        let steering = try Thread { session.steer(listens: name != "-") }
        var source = LiveSource(session.link, tables: tables, room: moment.room, recording: recorder.ring)
        var player = LivePlayer(
            device: stage.device, configuration: configuration, latency: stage.latency, control: control)
        do throws(AudioIOError) { _ = try player.play(&source) } catch { failure.set(StudioError(error)) }
        session.link.isStopping = true
        session.ended.set()
        for thread in [playing, steering] { thread.join() }
        recorder.finish()
        if let midi = stage.midi {
            let played = Transcript(
                events: session.played, frames: session.link.frame, rate: rate, title: "Played on beachpiano")
            failure.set(played.write(to: midi))
        }
        if let line = control.glitchLine { console.message(line) }
        if let problem = failure.first { throw problem }
        try cancellation.check()
    }
}
