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
}
