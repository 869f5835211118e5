import Moods
import Music

/// How a piece keeps the time of a sea: whole bars to a wave (music.md 3.4).
enum SeaClock {
    /// How far (ln) a mood's tempo goes to meet the sea's clock.
    private static let reach: Float = 0.13

    /// The tempo next to a mood's own at which whole bars last a wave of so many seconds; nil where it lies too far.
    static func tempo(near tempo: Double, _ metre: Metre, swell: Double) -> Double? {
        let bars = (swell * tempo / 60 / Double(metre.beats)).rounded()
        guard (1...4).contains(bars) else { return nil }
        let clock = 60 * bars * Double(metre.beats) / swell
        return abs(Exact.log(Float(clock / tempo))) < reach ? clock : nil
    }

    /// Bars of a wave, one to four, where whole bars at this tempo last a wave and the piece has room for some.
    static func waveBars(_ request: CompositionRequest, _ metre: Metre, tempo: Double, bars: Int) -> Int? {
        guard let swell = request.swell else { return nil }
        let exact = swell * tempo / 60 / Double(metre.beats)
        let wave = Int(exact.rounded())
        guard (1...4).contains(wave), abs(exact / Double(wave) - 1) < 0.04, bars >= 8 * wave else { return nil }
        return wave
    }
}
