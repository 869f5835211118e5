import Composition
import Documents
import Moods
import Presets

extension Studio {
    private func composed(_ source: Source) throws(StudioError) -> Piece {
        let resolved = try resolve(source)
        return try composing { () throws(StudioError) in try Piece(resolved) }
    }

    /// The plan of a piece as text or JSON.
    public func planText(_ source: Source, why: Bool, json: Bool) throws(StudioError) -> String {
        let piece = try composed(source)
        if json { return PlanText.json(piece.plan, seed: piece.source.seedText) }
        var lines = [PlanText.text(piece.plan, seed: piece.source.seedText)]
        if why { lines += (piece.source.moment.why + piece.plan.reasons).map { "  " + $0 } }
        return lines.joined(separator: "\n")
    }

    /// The score of a piece as text or JSON.
    public func scoreText(_ source: Source, json: Bool) throws(StudioError) -> String {
        let piece = try composed(source)
        return json ? ScoreText.json(of: piece.score) : ScoreText.text(of: piece.score)
    }

    /// The performance of a piece as text or JSON.
    public func performanceText(_ source: Source, json: Bool) throws(StudioError) -> String {
        let piece = try composed(source)
        return json ? PerformanceText.json(of: piece.performance) : PerformanceText.text(of: piece.performance)
    }

    /// The performance of a piece as a MIDI file, without its sound.
    public func writeMIDI(_ source: Source, to path: String, force: Bool) throws(StudioError) {
        let piece = try composed(source)
        try CompanionWriter(piece, CompanionPaths(midi: path), force: force).publish()
    }
}
