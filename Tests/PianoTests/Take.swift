import BeachPianoTestSupport
import Music
import Piano

/// What an instrument plays, for measuring: both channels at 48 kHz.
struct Take {
    let left: [Float]
    let right: [Float]
    let tables: InstrumentTables

    init(_ tables: InstrumentTables, _ events: [EngineEvent], seconds: Double) {
        (left, right) = rendered(events, frames: Int(seconds * 48000), tables: tables)
        self.tables = tables
    }

    /// A key struck at the start and held.
    init(_ tables: InstrumentTables, key: Int, _ velocity: Float, seconds: Double) {
        self.init(tables, [struck(key, velocity)], seconds: seconds)
    }

    /// Both channels' mean power between two times in seconds, dB.
    func level(_ seconds: Range<Double>) -> Double {
        let frames = Int(seconds.lowerBound * 48000)..<Int(seconds.upperBound * 48000)
        let power = [left, right].reduce(0.0) { $0 + Levels.power(10, Levels.decibels(Array($1[frames])) / 10) }
        return 10 * Levels.log10(power / 2 + 1e-30)
    }

    func spectrum(from start: Double = 0, padding: Int = 4) -> Spectrum {
        let first = Int(start * 48000)
        return Spectrum(channels: [left[first...], right[first...]], padding: padding)
    }

    /// Level of a partial over time.
    func envelope(_ key: Int, _ partial: Int, window: Double = 0.1) -> PartialEnvelope {
        PartialEnvelope(channels: [left, right], hz: hz(key, partial), window: window)
    }

    /// Where a partial stands in the tables, Hz.
    func hz(_ key: Int, _ partial: Int) -> Double {
        let modes = tables.keys[key - 21].modes.filter { $0.partial == partial && !$0.isHorizontal }
        return modes.reduce(0) { $0 + $1.pole.im } / Double(max(1, modes.count)) / (2 * .pi)
    }

    /// Power between a key's partials and within a band, dB.
    func between(_ key: Int, _ band: Range<Double>, from start: Double) -> Double {
        let spectrum = spectrum(from: start, padding: 1)
        let own = (1...80).map { hz(key, $0) }.filter { $0 > 0 }
        var power = 0.0
        for (i, a) in spectrum.amplitudes.enumerated() {
            let hz = Double(i) * spectrum.binWidth
            guard band.contains(hz), !own.contains(where: { abs($0 - hz) < max(5, 0.006 * $0) }) else { continue }
            power += Double(a) * Double(a)
        }
        return 10 * Levels.log10(power + 1e-30)
    }
}

func released(_ key: Int, at frame: Int) -> EngineEvent {
    EngineEvent(frame: frame, action: .release(pitch: Pitch(key)))
}

func pedal(_ pedal: Pedal, _ depth: Float, at frame: Int = 0) -> EngineEvent {
    EngineEvent(frame: frame, action: .pedal(pedal, depth: UnitInterval(depth)))
}

/// The strings of a piano a million times softer: what is left are the noises.
func muted(_ tables: InstrumentTables) -> InstrumentTables {
    var tables = tables
    for k in tables.keys.indices {
        for m in tables.keys[k].modes.indices {
            let read = tables.keys[k].modes[m].read
            tables.keys[k].modes[m].read = ComplexDouble(1e-6 * read.re, 1e-6 * read.im)
        }
    }
    return tables
}

/// Standard deviation.
func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
}
