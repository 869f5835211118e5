import Interpretation
package import Music
import Piano

extension Performance {
    /// The performance of a file with time at its end for strings and room to die away.
    ///
    /// An end that leaves them that time is kept to the frame. Where a pedal is down at the end, the strings ring on for
    /// up to eight seconds; then the pedal rises slowly.
    ///
    /// - Parameter room: where it sounds.
    /// - Returns: the same notes, with a length that is bounded: at most 15 s more.
    package func rungOut(in room: RoomSettings) -> Performance {
        var whole = self
        let quiet = Dying.quietTime(of: self)
        let tail = Dying.roomTail(room.kind)
        if quiet > duration + Dying.longestRing {
            let rise = duration + Dying.longestRing...duration + Dying.longestRing + Dying.rise
            let depth = pedals.last { $0.pedal == .sustain }?.depth ?? .zero
            if depth > .zero { whole.pedals += RingOut.events(rise, from: depth) }
            if pedals.last(where: { $0.pedal == .sostenuto })?.depth ?? .zero > .zero {
                whole.pedals.append(PedalEvent(time: rise.upperBound, pedal: .sostenuto, depth: .zero))
            }
            whole.duration = rise.upperBound + tail + Dying.rest
        } else if quiet > duration - Dying.shortestRest {
            whole.duration = quiet + tail + Dying.rest
        }
        return whole
    }

    /// Seconds of the closing fade that leave every string its time: the silence at the end, at most the usual fade.
    package var closing: Double {
        min(ClosingFade.seconds, max(Dying.shortestRest, duration - Dying.quietTime(of: self)))
    }
}

/// How long strings go on sounding, roughly: the last stroke of each key falls in a straight line of decibels, first
/// quickly, then slowly, and faster by far where the felt grips.
///
/// The numbers are read from the grand's own strokes: held, 50 dB down after 30 s at C1, 7 s at C4, 3.5 s at C6, 3.4 s at
/// A6, 2.8 s at C7, 0.9 s at C8, which other pianos reach sooner; let go, after 0.3 s at C2, 0.2 s at C4; the rooms 50 dB
/// down after 0.45 s, the hall after 1.2 s.
private enum Dying {
    /// dB of a stroke of velocity 60 at which nothing is heard any more.
    static let threshold = -50.0
    /// dB for one step of velocity: that of the live gain's prediction.
    static let slope = 0.27
    /// dB of the first, quick decay, and how many times slower the aftersound is.
    static let prompt = 15.0
    static let slowing = 3.0
    /// Seconds in which strings may ring on after the end of a file, and in which the pedal then rises.
    static let longestRing = 8.0
    static let rise = 3.0
    /// Seconds that stay nearly silent at the end of a file that needed more time: most of the closing fade.
    static let rest = 1.0
    /// Seconds after the strings that a file must leave for its end to be kept: what our own files have.
    static let shortestRest = 0.6

    /// Seconds for the room to fall silent behind the strings.
    static func roomTail(_ room: RoomSettings.Kind) -> Double {
        switch room {
        case .near, .room: 0.6
        case .hall: 1.4
        case .beach: 0.2
        }
    }

    /// When the last string falls silent, seconds, if the pedals stay as they are at the end.
    static func quietTime(of performance: Performance) -> Double {
        var last: [Pitch: NoteEvent] = [:]
        for note in performance.notes where !note.isSilent { last[note.pitch] = note }
        return last.values.reduce(0) { max($0, quietTime(of: $1, pedals: performance.pedals)) }
    }

    private static func quietTime(of note: NoteEvent, pedals: [PedalEvent]) -> Double {
        var string = DyingString(note)
        for pedal in pedals {
            if string.fall(until: pedal.time) { return string.time }
            string.obey(pedal)
        }
        _ = string.fall(until: .infinity)
        return string.time
    }
}

/// The string of one stroke on its way to silence.
private struct DyingString {
    private let note: NoteEvent
    private(set) var time: Double
    private var level: Double
    private let start: Double
    private var sustain: Float = 0
    /// Depth of the right pedal from which dampers are off the strings.
    private static let lifted: Float = 0.7
    private var isSostenutoDown = false
    private var isLatched = false

    init(_ note: NoteEvent) {
        self.note = note
        time = note.onset
        start = Dying.slope * Double(note.velocity - 60)
        level = start
    }

    mutating func obey(_ pedal: PedalEvent) {
        switch pedal.pedal {
        case .sustain: sustain = pedal.depth.value
        case .sostenuto:
            let isDown = pedal.depth.value >= 0.5
            // It catches what is off the string: held keys, and those that the right pedal has lifted.
            let isLifted = pedal.time < note.release || sustain >= Self.lifted
            if isDown, !isSostenutoDown { isLatched = pedal.time >= note.onset && isLifted }
            isLatched = isLatched && isDown
            isSostenutoDown = isDown
        case .unaCorda: break
        }
    }

    /// Falls until a time; true where it was silent before.
    mutating func fall(until end: Double) -> Bool {
        while time < end {
            let isHeld = time < note.release
            let until = isHeld ? min(end, note.release) : end
            let isPrompt = level > start - Dying.prompt
            let target = isPrompt ? max(Dying.threshold, start - Dying.prompt) : Dying.threshold
            let rate = decay(isHeld: isHeld, isPrompt: isPrompt)
            let needed = max(0, level - target) / rate
            guard time + needed <= until else {
                level -= (until - time) * rate
                time = until
                continue
            }
            time += needed
            level = target
            if level <= Dying.threshold { return true }
        }
        return false
    }

    /// dB in a second: of free strings, and what the felt adds.
    private func decay(isHeld: Bool, isPrompt: Bool) -> Double {
        let key = Float(note.pitch.midi)
        // Seconds in which the prompt sound would fall by 60 dB.
        let prompt = min(15, 4.4 * Exact.exp2((60 - min(key, 93)) / 24 - max(0, key - 93) / 7))
        let free = 60 / Double(prompt) / (isPrompt ? 1 : Dying.slowing)
        guard !isHeld, !isLatched, note.pitch.midi <= 90 else { return free }
        let grip = Damping.grip(lift: Damping.lift(depth: sustain))
        return free + Double(grip * 200 * Exact.exp2((key - 60) / 36))
    }
}
