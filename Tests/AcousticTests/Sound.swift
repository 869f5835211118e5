import BeachPianoTestSupport
import Foundation
import Music
import Piano

/// What the piano gives to the microphones without a room, in stereo at 48 kHz and at its calibrated level.
struct Sound {
    var left: [Float] = []
    var right: [Float] = []

    static let rate = 48000.0
    /// The grand; with `BEACHPIANO_FIT=FILE` one with the constants in a file of `fit search`, before they are its own.
    static let grand: InstrumentTables = {
        let settings = InstrumentSettings()
        guard let path = ProcessInfo.processInfo.environment["BEACHPIANO_FIT"] else {
            return InstrumentTables.make(settings: settings, sampleRate: rate)
        }
        do {
            let fit = try JSONDecoder().decode(InstrumentFit.self, from: Data(contentsOf: URL(filePath: path)))
            return InstrumentTables.make(settings: settings, sampleRate: rate, fit: fit)
        } catch {
            fatalError("\(path): no constants that can be read: \(error)")
        }
    }()

    /// Events, their frames counted from the first frame of the sound.
    static func render(
        _ events: [EngineEvent], seconds: Double, tables: InstrumentTables = grand, block: Int = 512
    ) -> Sound {
        RenderThread.prepare()
        var engine = PianoEngine(tables: tables)
        for event in events { engine.schedule(event) }
        var sound = Sound()
        var (left, right) = ([Float](repeating: 0, count: block), [Float](repeating: 0, count: block))
        while Double(sound.left.count) < seconds * rate {
            var l = left.mutableSpan
            var r = right.mutableSpan
            engine.render(left: &l, right: &r)
            sound.left += left
            sound.right += right
        }
        let frames = Int((seconds * rate).rounded())
        sound.left.removeLast(sound.left.count - frames)
        sound.right.removeLast(sound.right.count - frames)
        return sound
    }

    /// One key struck at the start and held.
    static func note(_ key: Int, _ velocity: Float, seconds: Double, tables: InstrumentTables = grand) -> Sound {
        render([.strike(key, velocity)], seconds: seconds, tables: tables)
    }

    /// Both channels' power between two times, dB.
    func level(_ seconds: Range<Double>) -> Double {
        let frames = Int((seconds.lowerBound * Self.rate).rounded())..<Int((seconds.upperBound * Self.rate).rounded())
        let both = [Levels.decibels(Array(left[frames])), Levels.decibels(Array(right[frames]))]
        return 10 * Levels.log10(both.reduce(0) { $0 + Levels.power(10, $1 / 10) } / 2)
    }

    /// What remains after the first seconds.
    func dropFirst(_ seconds: Double) -> Sound {
        let frames = Int((seconds * Self.rate).rounded())
        return Sound(left: Array(left.dropFirst(frames)), right: Array(right.dropFirst(frames)))
    }

    /// Both channels from a time on, up to another.
    func channels(from start: Double = 0, to end: Double? = nil) -> [ArraySlice<Float>] {
        let frames = Int((start * Self.rate).rounded())..<(end.map { Int(($0 * Self.rate).rounded()) } ?? left.count)
        return [left[frames], right[frames]]
    }

    /// Power of both channels over frequency.
    func spectrum(from start: Double = 0, to end: Double? = nil, padding: Int = 4) -> Spectrum {
        Spectrum(channels: channels(from: start, to: end), padding: padding)
    }

    /// Level of a partial over time, both channels' power.
    func envelope(_ hz: Double, window: Double = 0.1, step: Double = 0.02) -> PartialEnvelope {
        PartialEnvelope(channels: [left, right], hz: hz, window: window, step: step)
    }
}

extension EngineEvent {
    private static func frame(_ seconds: Double) -> Int { Int((seconds * Sound.rate).rounded()) }

    static func strike(_ key: Int, _ velocity: Float, at seconds: Double = 0) -> EngineEvent {
        EngineEvent(frame: frame(seconds), action: .strike(pitch: Pitch(key), velocity: velocity))
    }

    static func release(_ key: Int, at seconds: Double) -> EngineEvent {
        EngineEvent(frame: frame(seconds), action: .release(pitch: Pitch(key)))
    }

    static func pedal(_ pedal: Pedal, _ depth: Float, at seconds: Double = 0) -> EngineEvent {
        EngineEvent(frame: frame(seconds), action: .pedal(pedal, depth: UnitInterval(depth)))
    }
}
