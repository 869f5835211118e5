import Music

/// Where the slurs of the melody begin and end: one over each gesture that has two notes or more.
struct PhraseSlurs {
    /// An event by its bar and its number in the bar.
    private struct Place: Hashable {
        let bar: Int
        let event: Int
    }

    private var starts: Set<Place> = []
    private var stops: Set<Place> = []

    /// - Parameters:
    ///   - phrases: Of the score; the gestures among them are slurred.
    ///   - bars: The events of the melody's voice, bar by bar.
    ///   - barTicks: Ticks in a bar.
    init(_ phrases: [ScorePhrase], _ bars: [[NotatedEvent]], barTicks: Int) {
        var sounding: [(place: Place, tick: Int, isStruck: Bool)] = []
        for (bar, events) in bars.enumerated() {
            for (i, event) in events.enumerated() where !event.pitches.isEmpty {
                sounding.append((Place(bar: bar, event: i), bar * barTicks + event.place, !event.isTiedFromBefore))
            }
        }
        func ticks(_ beat: Beat) -> Int { Int((beat.value * Double(NoteValue.divisions)).rounded()) }
        for phrase in phrases where phrase.level == .gesture {
            let inside = sounding.filter { $0.tick >= ticks(phrase.onset) && $0.tick < ticks(phrase.end) }
            guard let first = inside.first(where: \.isStruck), let last = inside.last,
                inside.count(where: \.isStruck) > 1
            else { continue }
            starts.insert(first.place)
            stops.insert(last.place)
        }
    }

    /// The marks of an event, the end of the slur before first.
    func marks(bar: Int, event: Int) -> String {
        let place = Place(bar: bar, event: event)
        return (stops.contains(place) ? "<slur type=\"stop\" number=\"1\"/>" : "")
            + (starts.contains(place) ? "<slur type=\"start\" number=\"1\"/>" : "")
    }
}
