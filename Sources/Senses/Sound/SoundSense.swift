import Music

/// What a sound makes of a moment, and the waves that are in it.
package struct SoundImpression: Hashable, Sendable {
    package var impression: Impression
    package var swell: Swell?
    /// Whether there may be waves whose period cannot be told.
    package var hasUnclearWaves = false
}

/// Listens to what is to be heard at a place (music.md 3.4).
enum SoundSense {
    private static let confidence: Float = 0.6
    /// Seconds from which a recording is fully believed.
    private static let whole = 20.0

    /// The rows of music.md 3.4, for a file whose level is not calibrated.
    ///
    /// Energy comes from how often sounds begin, and steady noise counts as loud where there are no waves in it. The sea
    /// pleases, and its water is eventful (Rådsten-Ekman).
    static func impression(_ heard: SoundMeasures) -> SoundImpression {
        guard !heard.isSilent else {
            let axes = Axes(energy: -0.8, tension: -0.3)
            return SoundImpression(
                impression: Impression(
                    sense: .sound, axes: axes, confidence: Axes(energy: 0.3, tension: 0.3),
                    reasons: ["sound, nothing but silence -> \(axes.effects())"]))
        }
        func z(_ x: Float, _ mean: Float, _ deviation: Float) -> Float { max(-1, min(1, (x - mean) / deviation)) }
        let waves = heard.swell
        let steady = waves == nil ? heard.flatness : 0
        // Each wave is a beginning.
        let onsets = heard.onsets + Float(waves.map { 1 / $0.period } ?? 0)
        let rate = Axes(
            energy: max(-0.8, min(0.8, Exact.log2(max(0.05, onsets) / 0.5) / 3)),
            tension: 0.4 * z(heard.roughness, 2.5, 2) + 0.3 * min(1.5, heard.impulses / 10))
        let colour = Axes(valence: 0.3 - 0.35 * steady)
        // Waves as slow as a calm breath are restful.
        let rest: Float = (waves?.period ?? 0) >= 7 ? -0.15 : 0
        let water = waves == nil ? Axes() : Axes(valence: 0.15, energy: 0.15, tension: rest)
        let room = Axes(
            openness: 0.5 * min(1, (heard.reverberation ?? 0) / 2) + 0.4 * min(1, (waves?.strength ?? 0) * 1.5))
        let birds = Axes(valence: 0.3 * min(1, heard.birds * 2))
        let voices = Axes(intimacy: 0.4 * min(1, heard.voices * 2))
        var reasons: [String] = []
        func reason(_ what: String, _ axes: Axes) {
            let effects = axes.effects()
            if !effects.isEmpty { reasons.append("sound, \(what) -> \(effects)") }
        }
        reason(pace(heard.onsets), rate)
        reason(colourName(heard.flatness, heard.centroid), colour)
        reason(waves == nil ? "the room" : "waves of the sea", room + water)
        reason("birds", birds)
        reason("voices nearby", voices)
        let trust = confidence * Float(min(1, heard.seconds / whole))
        // What sounds is there now, which says little of the past; only voices say how near somebody is.
        let confidence = Axes(
            valence: trust, energy: trust, tension: trust, intimacy: heard.voices > 0.1 ? trust : 0,
            nostalgia: 0.5 * trust,
            openness: trust)
        return SoundImpression(
            impression: Impression(
                sense: .sound, axes: (rate + colour + water + room + birds + voices).clamped, confidence: confidence,
                reasons: reasons),
            swell: waves, hasUnclearWaves: heard.hasUnclearWaves)
    }

    private static func pace(_ onsets: Float) -> String {
        switch onsets {
        case ..<0.25: "hardly anything begins"
        case ..<1: "few sounds"
        case ..<3: "many sounds"
        default: "a bustle"
        }
    }

    private static func colourName(_ flatness: Float, _ centroid: Float) -> String {
        let noise = flatness > 0.25 ? "noise" : flatness > 0.05 ? "noise and tones" : "tones"
        return "\(centroid > 2500 ? "bright" : centroid > 700 ? "soft" : "dark") \(noise)"
    }
}
