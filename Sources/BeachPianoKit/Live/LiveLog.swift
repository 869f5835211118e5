import Music
import Piano

/// What was told to the audio thread: since the last section starts, to render it again, and all of it where a MIDI
/// file is wanted.
struct LiveLog: Sendable {
    /// Where a section began; bridges are no sections.
    struct Mark: Sendable {
        let section: Int
        let frame: Int
        let passage: Passage
        /// Number of the first event after it, the mark itself left out.
        let event: Int
    }

    /// Sections that are remembered.
    static let depth = 2

    private let isTranscribed: Bool
    /// Piano events from the start.
    private(set) var transcript: [LiveEvent] = []
    private(set) var marks: [Mark] = []
    private var events: [LiveEvent] = []
    /// Number of the first event that is still here.
    private var first = 0

    init(isTranscribed: Bool) { self.isTranscribed = isTranscribed }

    mutating func add(_ event: LiveEvent) {
        events.append(event)
        if isTranscribed, case .piano = event { transcript.append(event) }
    }

    /// A section begins with the event that is added next.
    mutating func mark(_ section: Int, frame: Int, passage: Passage) {
        marks.append(Mark(section: section, frame: frame, passage: passage, event: first + events.count + 1))
        while marks.count > Self.depth { marks.removeFirst() }
        if let oldest = marks.first, oldest.section > SnapshotShelf.first, oldest.event > first {
            events.removeFirst(oldest.event - 1 - first)
            first = oldest.event - 1
        }
    }

    /// The events from a number on.
    func events(from number: Int) -> ArraySlice<LiveEvent> { events[max(0, number - first)...] }
}

/// Events as a performance again.
enum LiveTranscript {
    /// The notes struck in a range of frames, on a clock that starts with it.
    ///
    /// - Parameters:
    ///   - events: in their order.
    ///   - range: frames; what is still held at its end is released there.
    ///   - rate: frames in a second.
    ///   - title: of the performance.
    /// - Returns: a performance without a written beat.
    static func performance(
        _ events: some Sequence<LiveEvent>, in range: Range<Int>, rate: Double, title: String
    ) -> Performance {
        func seconds(_ frame: Int) -> Double { Double(frame - range.lowerBound) / rate }
        var notes: [NoteEvent] = []
        var pedals: [PedalEvent] = []
        var held: [Pitch: Int] = [:]
        for case .piano(let event) in events where range.contains(event.frame) {
            let time = seconds(event.frame)
            func down(_ pitch: Pitch, _ velocity: Float) {
                if let before = held[pitch] { notes[before].release = time }
                held[pitch] = notes.count
                notes.append(
                    NoteEvent(onset: time, release: seconds(range.upperBound), pitch: pitch, velocity: velocity))
            }
            switch event.action {
            case .strike(let pitch, let velocity): down(pitch, velocity)
            // Any velocity without a blow is pressed again as it was.
            case .press(let pitch): down(pitch, 1)
            case .release(let pitch, let velocity):
                guard let index = held.removeValue(forKey: pitch) else { continue }
                notes[index].release = time
                notes[index].releaseVelocity = velocity
            case .approach: continue
            case .pedal(let pedal, let depth): pedals.append(PedalEvent(time: time, pedal: pedal, depth: depth))
            }
        }
        return Performance(
            title: title, notes: notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }, pedals: pedals,
            duration: seconds(range.upperBound))
    }
}
