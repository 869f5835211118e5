/// What is heard in one twentieth of a second.
struct SoundFrame: Sendable {
    /// A-weighted level, dB re full scale.
    var level: Float
    /// Centre of the spectrum by power, Hz.
    var centroid: Float
    /// Geometric over arithmetic mean of the power from 100 Hz to 8 kHz: 0 for a tone, 1 for noise.
    var flatness: Float
    /// Level of the noise between all tones in each band, dB.
    var floor: SIMD8<Float>
    /// Level of all that sounds in each band, dB.
    var bands: SIMD8<Float>
    /// How far the strongest tone stands out above its surroundings, dB, and its frequency: of voices, 250 Hz to 2 kHz.
    var voice: Tone
    /// The same of birds, 2 to 8 kHz.
    var bird: Tone

    struct Tone: Sendable {
        var level: Float
        var prominence: Float
        var frequency: Float
    }

    /// Octaves from 125 Hz to 16 kHz, and what lies below.
    static let edges: [Float] = [40, 125, 250, 500, 1000, 2000, 4000, 8000, 16_000]
    /// What counts as silence, dB.
    static let silence: Float = -120
}
