import BeachPianoKit
import BeachPianoTestSupport
import Glibc
import Mixing
import Moods
import Music
import Piano

/// What the piano, the room and the microphones of a piece are where they sound: read from the tables that the engine plays
/// and from the room's answer to an impulse, beside the same piano as it was fitted.
struct SoundReading {
    private let tables: InstrumentTables
    private let fitted: InstrumentTables
    private let piece: Piece

    private static let rate = 48_000.0
    /// Decades of the felt's stiffness between the fitted hammer and the softest voicing.
    private static let softest = 0.7
    private static let middleC = 60 - 21

    init(_ piece: Piece) {
        self.piece = piece
        let settings = piece.source.moment.instrument
        var plain = settings
        (plain.hardness, plain.lid, plain.mechanism) = (nil, nil, nil)
        tables = .make(settings: settings, sampleRate: Self.rate)
        fitted = .make(settings: plain, sampleRate: Self.rate)
    }

    /// How the hammer of middle C is voiced, -1...1, by the stiffness of its felt.
    var hardness: Double {
        log10(tables.keys[Self.middleC].hammer.stiffness / fitted.keys[Self.middleC].hammer.stiffness) / Self.softest
    }

    /// What the lid does to the treble, dB re a lid half open.
    var lidTreble: Double { Self.treble(tables.board.listening) - Self.treble(fitted.board.listening) }

    /// Level of the key beds, dB, where -40 is the piano as it is.
    var mechanism: Double { 20 * log10(tables.action.keyBottom / fitted.action.keyBottom) - 40 }

    /// T60 at middle frequencies, seconds.
    var reverberation: Double {
        let instrument = piece.source.moment.instrument
        var room = Room(settings: piece.source.moment.room, nearness: instrument.nearness, sampleRate: Self.rate)
        var left = [Float](repeating: 0, count: Int(4 * Self.rate))
        left[0] = 1
        var right = left
        var l = left.mutableSpan
        var r = right.mutableSpan
        room.process(left: &l, right: &r)
        return ReverberationTime.t60(of: left, around: 1400, sampleRate: Self.rate)
    }

    /// Level at 16 kHz of what lies between board and listener, dB.
    private static func treble(_ listening: Listening) -> Double {
        let w = 2 * Double.pi * 16_000 / rate
        func power(_ b0: Double, _ b1: Double, _ b2: Double) -> Double {
            let re = b0 + b1 * cos(w) + b2 * cos(2 * w)
            let im = b1 * sin(w) + b2 * sin(2 * w)
            return re * re + im * im
        }
        return listening.sections.reduce(0) {
            $0 + 10 * log10(power($1.b0, $1.b1, $1.b2) / power(1, $1.a1, $1.a2))
        }
    }
}
