package import Music
package import Piano

/// What is still to be played, at absolute frames: the rest of one passage, joined to the next at a seam.
package struct LiveQueue {
    private struct Entry {
        var frame: Int
        /// Releases, keys on their way down, pedals, strikes, the sostenuto pedal last: as `Performance.events`.
        let rank: Int
        /// Joins a release to its strike.
        let note: Int
        let action: EngineEvent.Action
    }

    /// Seconds that tones are held into the next passage, and by which a key comes up before it is struck again.
    private static let overlap = 0.12
    private static let lift = 0.02
    /// Seconds after the first stroke that the pedal changes, and within which a passage changes it by itself.
    private static let change = 0.14
    private static let patience = 0.5

    private let rate: Double
    private var entries: [Entry] = []
    private var at = 0
    private var notes = 0

    package init(rate: Double) { self.rate = rate }

    var isEmpty: Bool { at == entries.count }

    /// Takes the first event before a frame.
    package mutating func pop(before frame: Int) -> EngineEvent? {
        guard at < entries.count, entries[at].frame < frame else { return nil }
        defer { at += 1 }
        return EngineEvent(frame: entries[at].frame, action: entries[at].action)
    }

    /// Puts a performance that starts at `base` in the place of everything struck from `seam` on.
    ///
    /// - Parameters:
    ///   - performance: what comes.
    ///   - base: frame of its second 0.
    ///   - seam: no later than its first stroke; nil leaves what is there.
    ///   - frontier: no event may come before this frame.
    package mutating func join(_ performance: Performance, base: Int, seam: Int, frontier: Int) {
        var coming: [Entry] = []
        var firstStroke: [Pitch: Int] = [:]
        var lastUp: [Pitch: Int] = [:]
        func frame(_ seconds: Double) -> Int { max(frontier, base + Int((seconds * rate).rounded())) }
        for note in performance.notes {
            notes += 1
            let strike = frame(note.onset)
            let up = max(frame(note.release), strike + 1)
            let start = max(base, frame(note.onset - Performance.approach), lastUp[note.pitch] ?? 0)
            if start < strike, !note.isSilent {
                let action = EngineEvent.Action.approach(
                    pitch: note.pitch, velocity: note.velocity, lead: strike - start)
                coming.append(Entry(frame: start, rank: 1, note: notes, action: action))
            }
            lastUp[note.pitch] = max(lastUp[note.pitch] ?? 0, up)
            coming.append(
                Entry(frame: strike, rank: 3, note: notes, action: .down(note.pitch, velocity: note.velocity)))
            coming.append(
                Entry(
                    frame: up, rank: 0, note: notes,
                    action: .release(pitch: note.pitch, velocity: note.releaseVelocity)))
            firstStroke[note.pitch] = min(firstStroke[note.pitch] ?? .max, strike)
        }
        for pedal in performance.pedals {
            coming.append(
                Entry(
                    frame: frame(pedal.time), rank: pedal.pedal == .sostenuto ? 4 : 2, note: 0,
                    action: .pedal(pedal.pedal, depth: pedal.depth)))
        }
        let first = performance.notes.first.map { frame($0.onset) } ?? base
        var all = ending(at: seam, frontier: frontier, before: firstStroke)
        all += lifts(coming, base: max(base, frontier), first: first)
        all += coming
        entries = Self.sorted(all)
        at = 0
    }

    /// What is left of the passage that ends: no strokes and no pedalling from the seam on, keys up soon after.
    private func ending(at seam: Int, frontier: Int, before stroke: [Pitch: Int]) -> [Entry] {
        let rest = entries[at...]
        let dropped = Set(rest.filter { $0.rank == 3 && $0.frame >= seam }.map(\.note))
        let latest = seam + Int(Self.overlap * rate)
        return rest.compactMap { entry in
            var entry = entry
            switch entry.action {
            case .approach: return dropped.contains(entry.note) ? nil : entry
            case .strike, .press, .pedal: return entry.frame < seam ? entry : nil
            case .release(let pitch, _):
                guard !dropped.contains(entry.note) else { return nil }
                let struckAgain = (stroke[pitch] ?? .max) - (stroke[pitch] == nil ? 0 : Int(Self.lift * rate))
                entry.frame = max(frontier, min(entry.frame, latest, struckAgain))
                return entry
            }
        }
    }

    /// Lets pedals go that the coming passage does not move in time.
    private func lifts(_ coming: [Entry], base: Int, first: Int) -> [Entry] {
        func moves(_ wanted: Pedal, before frame: Int) -> Bool {
            coming.contains { entry in
                if case .pedal(wanted, _) = entry.action { return entry.frame < frame }
                return false
            }
        }
        var lifts: [Entry] = []
        if !moves(.sustain, before: first + Int(Self.patience * rate)) {
            let frame = first + Int(Self.change * rate)
            lifts.append(Entry(frame: frame, rank: 2, note: 0, action: .pedal(.sustain, depth: .zero)))
        }
        if !moves(.unaCorda, before: base + 1) {
            lifts.append(Entry(frame: base, rank: 2, note: 0, action: .pedal(.unaCorda, depth: .zero)))
        }
        return lifts
    }

    /// Takes all movements of a pedal from a frame on out and puts others in their place.
    mutating func replace(_ pedal: Pedal, from frame: Int, by movements: [(frame: Int, depth: UnitInterval)]) {
        let rest = entries[at...].filter { entry in
            if case .pedal(pedal, _) = entry.action { return entry.frame < frame }
            return true
        }
        let others = movements.map { Entry(frame: $0.frame, rank: 2, note: 0, action: .pedal(pedal, depth: $0.depth)) }
        entries = Self.sorted(rest + others)
        at = 0
    }

    private static func sorted(_ entries: [Entry]) -> [Entry] {
        entries.enumerated().sorted {
            ($0.element.frame, $0.element.rank, $0.offset) < ($1.element.frame, $1.element.rank, $1.offset)
        }.map(\.element)
    }
}
