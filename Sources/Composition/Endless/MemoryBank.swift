import Moods
import Music

/// The themes that an endless piece remembers (music.md 4.11): up to five, the first for ever.
struct MemoryBank: Sendable {
    /// A theme and what became of it.
    struct Entry: Sendable {
        /// 1 for the first theme of all, then counted up.
        let number: Int
        let theme: Theme
        /// Seconds of the session.
        var lastHeard: Double
        var hearings: Int
        /// The moods in which it was heard.
        var moods: [Mood]
    }

    static let capacity = 5
    /// Seconds that a theme rests before it is recalled.
    static let shortestRest = 90.0

    private(set) var entries: [Entry] = []
    private(set) var current = 0
    private var count = 0

    /// The entry that sounds now; there must be one.
    var now: Entry { entries[current] }

    /// Takes in a new theme, and forgets the one that was heard least, but never the first.
    mutating func add(_ theme: Theme, mood: Mood, at time: Double) {
        if entries.count == Self.capacity {
            let rest = entries.indices.dropFirst()
            if let least = rest.min(by: { entries[$0].fondness < entries[$1].fondness }) { entries.remove(at: least) }
        }
        count += 1
        entries.append(Entry(number: count, theme: theme, lastHeard: time, hearings: 1, moods: [mood]))
        current = entries.count - 1
    }

    /// Remembers that a theme sounds.
    mutating func hear(_ index: Int, mood: Mood, at time: Double) {
        current = index
        entries[index].lastHeard = time
        entries[index].hearings += 1
        if entries[index].moods.last != mood { entries[index].moods.append(mood) }
        if entries[index].moods.count > 8 { entries[index].moods.removeFirst() }
    }

    /// Themes that may come back, with their weights: age of the last hearing times fondness.
    func recallable(at time: Double) -> [(index: Int, weight: Float)] {
        entries.indices.compactMap { i in
            let age = time - entries[i].lastHeard
            guard i != current, age >= Self.shortestRest else { return nil }
            return (i, Float(age) * entries[i].fondness)
        }
    }
}

extension MemoryBank.Entry {
    /// How much a theme is liked: by hearings, and by the number of moods that it has been through.
    var fondness: Float { Exact.log(1 + Float(hearings)) + 0.3 * Float(moods.count) }
}
