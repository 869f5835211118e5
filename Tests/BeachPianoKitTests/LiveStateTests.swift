import AudioIO
import BeachPianoKit
import CAllocationCounter
import Mixing
import Music
import Piano
import Testing

@Suite("Live state")
struct LiveStateTests {
    private static let tables = InstrumentTables.make(settings: InstrumentSettings(), sampleRate: 48_000)
    private static let block = 64
    private static let hall = Rooms.Move(to: .hall, RoomSettings(), sampleRate: 48_000)

    /// Notes, pedals, gains and a mark in every second, for some seconds.
    private static func events(seconds: Int) -> [LiveEvent] {
        var events: [LiveEvent] = [.gain(frame: 0, factor: 2, frames: 0)]
        for second in 0..<seconds {
            let frame = second * 48_000
            if second > 0 { events.append(.mark(frame: frame, section: second)) }
            events.append(.piano(EngineEvent(frame: frame + 100, action: .pedal(.sustain, depth: .one))))
            for (i, key) in [40, 52, 59, 64, 71].enumerated() {
                events.append(
                    .piano(
                        EngineEvent(
                            frame: frame + 1000 + 5000 * i,
                            action: .strike(pitch: Pitch(key + second % 5), velocity: Float(50 + 7 * i)))))
            }
            if second == 2 { events.append(.room(frame: frame + 20_000, to: Self.hall)) }
            if second == 3 { events.append(.sea(frame: frame + 25_000, to: .stormy)) }
            events.append(.gain(frame: frame + 30_000, factor: Float(1 + second % 2), frames: 9_000))
            for key in [40, 52, 59, 64, 71] {
                events.append(
                    .piano(EngineEvent(frame: frame + 40_000, action: .release(pitch: Pitch(key + second % 5)))))
            }
            events.append(
                .piano(
                    EngineEvent(
                        frame: frame + 45_000, action: .pedal(.sustain, depth: UnitInterval(Float(second % 3) / 2)))))
        }
        return events
    }

    private static func render(
        _ state: inout LiveState, _ feed: LiveEventLog, frames: Int, saving shelf: SnapshotShelf? = nil
    )
        -> [Float]
    {
        var sound: [Float] = []
        var left = [Float](repeating: 0, count: block)
        var right = left
        while sound.count < 2 * frames {
            while let section = state.take(block, from: feed) { shelf?.save(section, state) }
            do {
                var l = left.mutableSpan
                var r = right.mutableSpan
                _ = state.render(&l, &r)
            }
            for i in 0..<block { sound += [left[i], right[i]] }
        }
        return sound
    }

    @Test(
        "from a remembered state the same events give the same samples, by the sea and in another room too",
        arguments: [(RoomSettings.Kind.near, SeaSettings.State.off), (.hall, .off), (.near, .swell)])
    func snapshots(kind: RoomSettings.Kind, waves: SeaSettings.State) {
        var room = RoomSettings()
        room.kind = kind
        var settings = SeaSettings()
        settings.state = waves
        let sea = Seas(settings, seed: Seed(7), sampleRate: 48_000)
        let events = Self.events(seconds: 5)
        let shelf = SnapshotShelf(tables: Self.tables, room: room, sea: sea)
        shelf.prepare()
        var state = LiveState(tables: Self.tables, room: room, sea: sea)
        let heard = Self.render(&state, LiveEventLog(events[...]), frames: 5 * 48_000, saving: shelf)
        #expect((heard.max() ?? 0) > 0.01)
        for section in 2...4 {
            guard var copy = shelf.load(section) else {
                Issue.record("section \(section) is not remembered")
                continue
            }
            let start = copy.frame
            #expect(start <= section * 48_000 && start > section * 48_000 - 512)
            let again = Self.render(&copy, LiveEventLog(events[copy.consumed...]), frames: 5 * 48_000 - start)
            #expect(again == Array(heard[(2 * start)...].prefix(again.count)))
        }
        // The first starts from rest, and what nobody remembers is not there.
        #expect(Self.frame(shelf.load(SnapshotShelf.first)) == 0)
        #expect(Self.frame(shelf.load(5)) == nil)
    }

    private static func frame(_ state: consuming LiveState?) -> Int? {
        switch consume state {
        case .some(let state): state.frame
        case .none: nil
        }
    }

    @Test("a section's start, rendering, volume and recording allocate nothing on the audio thread")
    func allocations() {
        let sea = Seas(SeaSettings(), seed: Seed(7), sampleRate: 48_000)
        let link = LiveLink(tables: Self.tables, room: RoomSettings(), sea: sea)
        let ring = FrameRing(capacity: 48_000 * 6)
        link.snapshots.prepare()
        var source = LiveSource(link, tables: Self.tables, room: RoomSettings(), sea: sea, recording: ring)
        for event in Self.events(seconds: 5) { #expect(link.events.push(event)) }
        link.events.commit(5 * 48_000)
        var left = [Float](repeating: 0, count: Self.block)
        var right = left
        var most = 0
        for block in 0..<4 * 48_000 / Self.block {
            var l = left.mutableSpan
            var r = right.mutableSpan
            if block == 800 { link.volume = -6 }
            allocation_counter_start()
            let count = source.read(left: &l, right: &r)
            most = max(most, allocation_counter_stop())
            #expect(count == Self.block)
        }
        #expect(most == 0)
        #expect(link.frame == 4 * 48_000 && link.takePeak() > 0.01)
    }

    @Test("a volume above 0 dB leaves nothing outside full scale, and one of 0 dB changes nothing")
    func loud() {
        var heard: [[Float]] = []
        for volume in [Float(0), 6] {
            let link = LiveLink(tables: Self.tables, room: RoomSettings())
            var source = LiveSource(link, tables: Self.tables, room: RoomSettings())
            for event in Self.events(seconds: 3) { _ = link.events.push(event) }
            // As loud as the limiter lets it be.
            _ = link.events.push(.gain(frame: 144_000, factor: 40, frames: 0))
            for event in Self.events(seconds: 6).dropFirst(60) where event.frame > 144_000 {
                _ = link.events.push(event)
            }
            link.events.commit(.max)
            link.volume = volume
            var sound: [Float] = []
            var left = [Float](repeating: 0, count: Self.block)
            var right = left
            while sound.count < 6 * 48_000 {
                var l = left.mutableSpan
                var r = right.mutableSpan
                _ = source.read(left: &l, right: &r)
                sound += left
            }
            heard.append(sound)
        }
        let most = heard.map { $0.map(abs).max() ?? 0 }
        #expect(most[0] > 0.5 && most[0] <= 0.9 && most[1] > 0.8 && most[1] <= 0.951, "\(most)")
        // Where there is room it is twice as loud: 6 dB.
        let quiet = heard[0].indices.prefix(40_000).filter { abs(heard[0][$0]) > 1e-4 }
        #expect(quiet.allSatisfy { abs(heard[1][$0] / heard[0][$0] / 1.995 - 1) < 1e-3 })
    }

    @Test("the end comes at its frame, after a fade that leaves silence")
    func end() {
        let link = LiveLink(tables: Self.tables, room: RoomSettings())
        var source = LiveSource(link, tables: Self.tables, room: RoomSettings())
        for event in Self.events(seconds: 2) { _ = link.events.push(event) }
        _ = link.events.push(.fade(frame: 96_000, frames: 24_000))
        _ = link.events.push(.end(frame: 120_001))
        link.events.commit(.max)
        var frames = 0
        var last: [Float] = []
        var left = [Float](repeating: 0, count: Self.block)
        var right = left
        while true {
            var l = left.mutableSpan
            var r = right.mutableSpan
            let count = source.read(left: &l, right: &r)
            frames += count
            last = Array(left.prefix(count)) + last.prefix(500)
            if count < Self.block { break }
        }
        #expect(frames == 120_001)
        #expect(last.allSatisfy { abs($0) < 1e-4 })
    }
}

@Suite("Live queue")
struct LiveQueueTests {
    private static func performance(_ notes: [(Double, Double, Int)], pedals: [(Double, Float)] = []) -> Performance {
        Performance(
            title: "",
            notes: notes.map { NoteEvent(onset: $0.0, release: $0.1, pitch: Pitch($0.2), velocity: 60) },
            pedals: pedals.map { PedalEvent(time: $0.0, pedal: .sustain, depth: UnitInterval($0.1)) }, duration: 60)
    }

    private static func all(_ queue: inout LiveQueue) -> [EngineEvent] {
        var events: [EngineEvent] = []
        while let event = queue.pop(before: .max) { events.append(event) }
        return events
    }

    @Test("at a seam nothing of the old is struck any more, its keys come up, its pedal holds until the new one's")
    func seam() {
        var queue = LiveQueue(rate: 1000)
        queue.join(
            Self.performance([(0.1, 5, 60), (1, 9, 62), (3, 4, 64)], pedals: [(0.5, 1), (3, 0)]), base: 0, seam: 0,
            frontier: 0)
        var played: [EngineEvent] = []
        while let event = queue.pop(before: 1500) { played.append(event) }
        #expect(played.filter { if case .strike = $0.action { true } else { false } }.count == 2)
        queue.join(Self.performance([(0.15, 1, 62), (0.5, 1, 67)]), base: 1850, seam: 2000, frontier: 1500)
        let rest = Self.all(&queue)
        #expect(rest.map(\.frame) == rest.map(\.frame).sorted())
        func frames(_ wanted: (EngineEvent.Action) -> Bool) -> [Int] { rest.filter { wanted($0.action) }.map(\.frame) }
        // 60 is held into the new passage, 62 comes up before it is struck again, 64 was never struck.
        #expect(frames { $0 == .release(pitch: Pitch(60)) } == [2120])
        #expect(frames { $0 == .release(pitch: Pitch(62)) } == [1980, 2850])
        #expect(frames { $0 == .release(pitch: Pitch(64)) }.isEmpty)
        #expect(frames { if case .strike(Pitch(64), _) = $0 { true } else { false } }.isEmpty)
        // The old pedal is let go after the new chord.
        #expect(frames { $0 == .pedal(.sustain, depth: .zero) } == [2140])
    }

    @Test("velocities of 1 to 4 press a key without a blow, and let it go")
    func silent() {
        var queue = LiveQueue(rate: 1000)
        var performance = Self.performance([(0.1, 2, 48), (0.5, 1, 60)])
        performance.notes[0].velocity = 4.9
        performance.notes[1].velocity = 5
        queue.join(performance, base: 0, seam: 0, frontier: 0)
        let actions = Self.all(&queue).map(\.action)
        #expect(actions.filter { $0 == .press(pitch: Pitch(48)) || $0 == .release(pitch: Pitch(48)) }.count == 2)
        #expect(actions.contains(.strike(pitch: Pitch(60), velocity: 5)))
        let blows = actions.filter {
            switch $0 {
            case .approach(let pitch, _, _), .strike(let pitch, _): pitch == Pitch(48)
            default: false
            }
        }
        #expect(blows.isEmpty)
    }

    @Test("every key that goes down comes up, however often it is turned")
    func balance() {
        var queue = LiveQueue(rate: 1000)
        var down: [Pitch: Int] = [:]
        var random = RandomStream(seed: 5)
        var frame = 0
        func take(_ event: EngineEvent) {
            switch event.action {
            case .strike(let pitch, _): down[pitch, default: 0] += 1
            case .release(let pitch, _): down[pitch, default: 0] -= 1
            case .approach, .press, .pedal: break
            }
        }
        for _ in 0..<50 {
            let notes = (0..<30).map { _ -> (Double, Double, Int) in
                let onset = Double(random.uniform(0.15, 4))
                return (onset, onset + Double(random.uniform(0.05, 3)), 40 + random.index(12))
            }.sorted { $0.0 < $1.0 }
            queue.join(Self.performance(notes), base: frame, seam: frame + 150, frontier: frame)
            frame += 500 + random.index(2000)
            while let event = queue.pop(before: frame) { take(event) }
        }
        while let event = queue.pop(before: .max) { take(event) }
        #expect(down.values.allSatisfy { $0 == 0 }, "\(down)")
    }
}
