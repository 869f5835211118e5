import BeachPianoKit
import Composition
import Music

/// How closely a piece as played follows its plan, bar by bar (music.md 6.2).
struct PlanFollowing {
    /// Correlations over bars: of tension as it is heard with the plan's; of density with the plan's; of loudness
    /// with the plan's levels.
    let tension: Double
    let density: Double
    let loudness: Double

    /// Harmony is felt over 22 s, all else over 3 s (Farbood 2012).
    private static let (harmonyWindow, surfaceWindow) = (22.0, 3.0)

    init(_ piece: Piece) {
        let score = piece.score
        let measures = PerformanceMeasures(score, piece.performance)
        let barSeconds = Double(score.metre.beats) * 60 / Double(score.tempo)
        var velocities = [[Double]](repeating: [], count: score.bars)
        var pitches = velocities
        var attacks = [Set<Beat>](repeating: [], count: score.bars)
        for note in measures.notes {
            let bar = note.written.onset.floor / score.metre.beats
            guard velocities.indices.contains(bar) else { continue }
            velocities[bar].append(Double(note.played.velocity))
            pitches[bar].append(Double(note.written.pitch.midi))
            attacks[bar].insert(note.written.onset)
        }
        func surface(_ values: [Double]) -> [Double] {
            BarCurve.smoothed(values, seconds: Self.surfaceWindow, barSeconds: barSeconds)
        }
        // The last bar is one chord, held: it has no density to plan.
        let bars = score.bars - 1
        let loud = Array(surface(velocities.map(mean)).prefix(bars))
        let dense = Array(surface(attacks.map { Double(Exact.log2(Float(1 + $0.count))) }).prefix(bars))
        let high = Array(surface(pitches.map { percentile($0, 0.9) }).prefix(bars))
        let harmony = Array(
            BarCurve.smoothed(
                SpiralTension.bars(score), seconds: Self.harmonyWindow, barSeconds: barSeconds
            ).prefix(bars))
        let heard = [harmony, loud, dense, high].map(BarCurve.standardised)
        let sum = (0..<bars).map { bar in heard.reduce(0) { $0 + $1[bar] } }
        let tensions = Array(piece.plan.tension.map(Double.init).prefix(bars))
        func planned(_ value: (PlannedSection) -> Double) -> [Double] {
            let each = piece.plan.sections.flatMap { [Double](repeating: value($0), count: $0.bars) }
            return Array(surface(each).prefix(bars))
        }
        tension = correlation(sum, tensions)
        let densities = piece.plan.density.map { Double(Exact.log2($0)) }
        density = correlation(dense, Array(surface(densities).prefix(bars)))
        loudness = correlation(loud, planned { Double($0.level) })
    }
}
