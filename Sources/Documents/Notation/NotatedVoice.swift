import Music

/// One written note, chord or rest.
struct NotatedEvent {
    /// Ticks from the start of the bar.
    var place: Int
    var value: NoteValue
    /// Empty for a rest; rising.
    var pitches: [Pitch]
    var isTiedFromBefore: Bool
    var isTiedOn: Bool
    /// First and last of a group of triplets.
    var startsTriplet = false
    var endsTriplet = false
    /// What each beam does at this note, outermost first: `begin`, `continue`, `end`, `forward hook`...
    var beams: [String] = []
}

/// The notes of one role as a line without overlaps, cut into bars.
struct NotatedVoice {
    /// A chord of the line in ticks from the start of the piece.
    private struct Span {
        var start: Int
        var end: Int
        var pitches: [Pitch]
    }

    private let spans: [Span]
    private let barTicks: Int

    /// Notes that sound into the next one are cut to it, gaps shorter than a sixteenth closed.
    init(_ notes: [ScoreNote], metre: Metre, bars: Int) {
        barTicks = metre.beats * NoteValue.divisions
        let total = bars * barTicks
        var spans: [Span] = []
        for note in notes.sorted(by: { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }) {
            let start = max(0, Self.ticks(note.onset))
            let end = min(total, max(start + 1, Self.ticks(note.end)))
            guard start < end else { continue }
            if let last = spans.last, last.start == start {
                if !last.pitches.contains(note.pitch) { spans[spans.count - 1].pitches.append(note.pitch) }
                spans[spans.count - 1].end = max(last.end, end)
            } else {
                spans.append(Span(start: start, end: end, pitches: [note.pitch]))
            }
        }
        for i in spans.indices {
            let barline = (spans[i].end + barTicks - 1) / barTicks * barTicks
            let next = i + 1 < spans.count ? spans[i + 1].start : total
            if spans[i].end > next || min(next, barline) - spans[i].end < NoteValue.divisions / 4 {
                spans[i].end = spans[i].end > next ? next : min(next, barline)
            }
        }
        self.spans = spans
    }

    private static func ticks(_ beat: Beat) -> Int {
        Int((beat.value * Double(NoteValue.divisions)).rounded())
    }

    /// The events that fill a bar exactly; empty where the voice is silent in it.
    func bar(_ bar: Int) -> [NotatedEvent] {
        let first = bar * barTicks
        let sounding = spans.filter { $0.start < first + barTicks && $0.end > first }
        guard !sounding.isEmpty else { return [] }
        var cuts: [(start: Int, end: Int, span: Span?)] = []
        var place = 0
        for span in sounding {
            let (start, end) = (max(0, span.start - first), min(barTicks, span.end - first))
            if start > place { cuts.append((place, start, nil)) }
            cuts.append((start, end, span))
            place = end
        }
        if place < barTicks { cuts.append((place, barTicks, nil)) }
        let triplets = Set(cuts.map(\.start).filter { $0 % 3 != 0 }.map { $0 / NoteValue.divisions })

        var events: [NotatedEvent] = []
        for cut in cuts {
            var place = cut.start
            let values = NoteValue.fill(cut.start, cut.end, tripletBeats: triplets)
            for (i, value) in values.enumerated() {
                let before = i > 0 || (cut.span.map { $0.start < first } ?? false)
                let on = i + 1 < values.count || (cut.span.map { $0.end > first + barTicks } ?? false)
                events.append(
                    NotatedEvent(
                        place: place, value: value, pitches: cut.span?.pitches ?? [],
                        isTiedFromBefore: cut.span != nil && before, isTiedOn: cut.span != nil && on))
                place += value.ticks
            }
        }
        Self.markTriplets(&events)
        Self.beam(&events)
        return events
    }

    private static func markTriplets(_ events: inout [NotatedEvent]) {
        for i in events.indices where events[i].value.isTriplet {
            let beat = events[i].place / NoteValue.divisions
            func belongs(_ j: Int) -> Bool {
                events.indices.contains(j) && events[j].value.isTriplet
                    && events[j].place / NoteValue.divisions == beat
            }
            events[i].startsTriplet = !belongs(i - 1)
            events[i].endsTriplet = !belongs(i + 1)
        }
    }

    /// Beams flagged notes that follow each other in one beat.
    private static func beam(_ events: inout [NotatedEvent]) {
        func flags(_ i: Int, inBeatOf j: Int) -> Int {
            guard events.indices.contains(i), !events[i].pitches.isEmpty,
                events[i].place / NoteValue.divisions == events[j].place / NoteValue.divisions
            else { return 0 }
            return events[i].value.flags
        }
        for i in events.indices where !events[i].pitches.isEmpty && events[i].value.flags > 0 {
            let (before, after) = (flags(i - 1, inBeatOf: i), flags(i + 1, inBeatOf: i))
            guard before > 0 || after > 0 else { continue }
            events[i].beams = (1...events[i].value.flags).map { level in
                switch (before >= level, after >= level) {
                case (true, true): "continue"
                case (false, true): "begin"
                case (true, false): "end"
                case (false, false): before > 0 ? "backward hook" : "forward hook"
                }
            }
        }
    }
}
