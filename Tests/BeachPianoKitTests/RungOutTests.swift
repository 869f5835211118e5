import BeachPianoKit
import Music
import Testing

@Suite("The end of a MIDI file")
struct RungOutTests {
    private let room = RoomSettings()

    private func performance(pedal: UnitInterval, end: Double, keys: [Int] = [60]) -> Performance {
        let notes = keys.map { NoteEvent(onset: 0, release: 1, pitch: Pitch($0), velocity: 80) }
        return Performance(
            title: "", notes: notes, pedals: [PedalEvent(time: 0.1, pedal: .sustain, depth: pedal)], duration: end)
    }

    @Test("an end that leaves time is kept to the frame")
    func kept() {
        for end in [2.0, 7.25, 60] {
            #expect(performance(pedal: .zero, end: end).rungOut(in: room).duration == end)
        }
    }

    @Test("an end on the last release gets the time of felt and room, and no more")
    func damped() {
        let whole = performance(pedal: .zero, end: 1).rungOut(in: room)
        #expect((2.0...3.5).contains(whole.duration), "\(whole.duration) s")
        #expect(whole.pedals.count == 1)
        let hall = performance(pedal: .zero, end: 1).rungOut(in: RoomSettings(kind: .hall))
        #expect(hall.duration > whole.duration)
    }

    @Test("strings under a pedal that stays down ring on, then it rises slowly")
    func pedalled() throws {
        let whole = performance(pedal: .one, end: 1, keys: [36, 60]).rungOut(in: room)
        #expect((12...14).contains(whole.duration), "\(whole.duration) s")
        let last = try #require(whole.pedals.last)
        #expect(last.depth == .zero && last.time < whole.duration - 1)
        #expect(zip(whole.pedals, whole.pedals.dropFirst()).allSatisfy { $0.depth >= $1.depth || $0.time < 1 })
        // Half a pedal lets them go earlier; a short treble string needs no pedal's rise.
        let half = performance(pedal: UnitInterval(0.5), end: 1, keys: [36, 60]).rungOut(in: room)
        #expect(half.duration < whole.duration && half.pedals.count == 1)
        #expect(performance(pedal: .one, end: 1, keys: [106]).rungOut(in: room).duration < 9)
    }

    @Test("what the sostenuto pedal holds rings on too, and is let go")
    func sostenuto() {
        var caught = performance(pedal: .zero, end: 1, keys: [48])
        caught.pedals = [PedalEvent(time: 0.5, pedal: .sostenuto, depth: .one)]
        let whole = caught.rungOut(in: room)
        #expect(whole.duration > 11 && whole.pedals.last?.depth == .zero)
        // A key struck after the pedal went down is not caught.
        caught.notes[0].onset = 0.6
        #expect(caught.rungOut(in: room).duration < 3.5)
    }

    @Test("a sostenuto pedal catches what the right pedal has lifted")
    func caughtUnderPedal() {
        var piece = performance(pedal: .one, end: 2, keys: [48])
        let pedals = { (lift: Double) in
            [
                PedalEvent(time: 0.1, pedal: .sustain, depth: .one),
                PedalEvent(time: 1.5, pedal: .sostenuto, depth: .one),
                PedalEvent(time: lift, pedal: .sustain, depth: .zero),
            ]
        }
        piece.pedals = pedals(2)
        #expect(piece.rungOut(in: room).duration > 10)
        // The right pedal had let it go before.
        piece.pedals = pedals(1.2).sorted { $0.time < $1.time }
        #expect(piece.rungOut(in: room).duration < 4)
    }

    /// Until the felt lands at 1 s; without felt, by when they are 20 dB down and more.
    @Test(
        "the closing fade leaves a late note of the top its time",
        arguments: zip([90, 96, 102, 108], [1, 1.2, 0.5, 0.5]))
    func late(_ key: Int, _ seconds: Double) {
        var piece = performance(pedal: .zero, end: 5.4)
        piece.notes.append(NoteEvent(onset: 4.4, release: 5.4, pitch: Pitch(key), velocity: 60))
        for end in [5.4, 6, 7, 8] {
            piece.duration = end
            let whole = piece.rungOut(in: room)
            #expect(whole.duration - whole.closing > 4.4 + seconds, "end at \(end)")
            #expect(whole.closing >= 0.6 && whole.closing <= 1.5)
        }
    }
}
