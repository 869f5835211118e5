import Composition
import Moods
import Music

/// Moods at the corners of the map, as the fact sheet names them.
enum Examples {
    static let moods: [(name: String, mood: Mood)] = [
        ("golden-hour", mood(0.60, -0.35, -0.60, 0.70, 0.35, 0.55)),
        ("lullaby", mood(0.45, -0.90, -0.85, 0.85, 0.25, 0.15)),
        ("nostalgic", mood(0.25, -0.35, -0.20, 0.65, 0.95, 0.35)),
        ("grief", mood(-0.80, -0.60, 0.25, 0.55, 0.40, 0.10)),
        ("lonely", mood(-0.50, -0.65, 0.05, 0.15, 0.45, 0.55)), ("joyful", mood(0.80, 0.60, -0.20, 0.35, 0, 0.25)),
        ("exhilarated", mood(0.80, 0.90, 0.10, 0.05, 0, 0.70)), ("wonder", mood(0.45, 0.05, 0.05, 0.10, 0.10, 1)),
        ("stormy", mood(-0.60, 0.85, 0.80, -0.30, 0, 0.40)), ("anxious", mood(-0.55, 0.45, 0.85, 0.05, 0, 0.15)),
    ]

    static let goldenHour = moods[0].mood

    static func request(
        _ mood: Mood = goldenHour, seed: UInt64 = 1, duration: Double = 150, music: MusicSettings = .init(),
        rerolls: [Seed.Layer: UInt64] = [:]
    ) -> CompositionRequest {
        CompositionRequest(
            mood: mood, title: "Test", seed: Seed(seed), duration: duration, music: music, rerolls: rerolls)
    }

    private static func mood(_ v: Float, _ e: Float, _ t: Float, _ i: Float, _ n: Float, _ o: Float) -> Mood {
        Mood(valence: v, energy: e, tension: t, intimacy: i, nostalgia: n, openness: o)
    }
}
