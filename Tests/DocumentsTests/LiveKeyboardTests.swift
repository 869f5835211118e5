import Documents
import Music
import Testing

@Suite("A MIDI cable, byte by byte")
struct LiveKeyboardTests {
    private func events(_ bytes: [UInt8]...) -> [LiveKeyboard.Event] {
        var keyboard = LiveKeyboard()
        return bytes.flatMap { keyboard.take($0) }
    }

    @Test("a note is struck and released with its velocities, wherever the bytes are cut")
    func cuts() {
        let bytes: [UInt8] = [0x90, 60, 100, 0x80, 60, 30]
        let whole: [LiveKeyboard.Event] = [.strike(Pitch(60), velocity: 100), .release(Pitch(60), velocity: 30)]
        for cut in 0...bytes.count { #expect(events(Array(bytes[..<cut]), Array(bytes[cut...])) == whole) }
    }

    @Test("running status goes on, velocity 0 releases, real-time bytes may stand anywhere")
    func running() {
        #expect(
            events([0x90, 60, 0xF8, 100, 64, 0xFE, 90, 60, 0]) == [
                .strike(Pitch(60), velocity: 100), .strike(Pitch(64), velocity: 90),
                .release(Pitch(60), velocity: 64),
            ])
    }

    @Test("system exclusive messages, other messages and data without a status are skipped")
    func skipped() {
        #expect(
            events([1, 2, 3, 0xF0, 0x7E, 60, 100, 0xF7, 60, 100, 0xC0, 5, 0xD0, 7, 0xE0, 1, 2, 0x90, 72, 1]) == [
                .strike(Pitch(72), velocity: 1)
            ])
    }

    @Test("pedals have half positions; of several channels the deepest counts")
    func pedals() {
        #expect(
            events([0xB0, 64, 64, 0xB1, 64, 127, 0xB0, 64, 0, 0xB1, 64, 32, 0xB2, 66, 127, 0xB3, 67, 100]) == [
                .pedal(.sustain, depth: UnitInterval(64 / 127)), .pedal(.sustain, depth: .one),
                .pedal(.sustain, depth: UnitInterval(32 / 127)), .pedal(.sostenuto, depth: .one),
                .pedal(.unaCorda, depth: UnitInterval(100 / 127)),
            ])
    }

    @Test("controller 88 gives the next velocity its low bits")
    func prefix() {
        #expect(
            events([0xB0, 88, 64, 0x90, 60, 70, 62, 70]) == [
                .strike(Pitch(60), velocity: 70.5), .strike(Pitch(62), velocity: 70),
            ])
    }

    @Test("a key comes up with the last channel that holds it; strangers and keys beyond the piano do nothing")
    func holders() {
        #expect(
            events([0x90, 60, 80, 0x91, 60, 90, 0x80, 60, 64, 0x82, 60, 64, 0x81, 60, 64, 0x90, 10, 99]) == [
                .strike(Pitch(60), velocity: 80), .strike(Pitch(60), velocity: 90), .release(Pitch(60), velocity: 64),
            ])
    }

    @Test("all notes off, all sound off and the end let go")
    func off() {
        var keyboard = LiveKeyboard()
        _ = keyboard.take([0x90, 60, 80, 64, 80, 0xB0, 64, 127])
        #expect(keyboard.take([0xB0, 123, 0]).count == 2)
        #expect(keyboard.take([0xB0, 120, 0]) == [.pedal(.sustain, depth: .zero)])
        _ = keyboard.take([0x95, 70, 80])
        #expect(keyboard.letGo() == [.release(Pitch(70), velocity: 64)])
        #expect(keyboard.letGo().isEmpty)
    }

    @Test("any bytes are taken without complaint, and what sounds can be let go")
    func noise() {
        var random = SystemRandomNumberGenerator()
        var keyboard = LiveKeyboard()
        var down = Set<Pitch>()
        for _ in 0..<200 {
            let bytes = (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) }
            for event in keyboard.take(bytes) {
                if case .strike(let pitch, _) = event { down.insert(pitch) }
                if case .release(let pitch, _) = event { down.remove(pitch) }
            }
        }
        for event in keyboard.letGo() { if case .release(let pitch, _) = event { down.remove(pitch) } }
        #expect(down.isEmpty)
    }
}
