import Composition
import Documents
import Moods
import Presets

extension Studio {
    /// The plan of a piece as text or JSON.
    public func planText(_ source: Source, why: Bool, json: Bool) throws(StudioError) -> String {
        let piece = try Piece(try resolve(source))
        if json { return PlanText.json(piece.plan) }
        var lines = [PlanText.text(piece.plan)]
        if why { lines += (piece.source.moment.why + piece.plan.reasons).map { "  " + $0 } }
        return lines.joined(separator: "\n")
    }

    /// The score of a piece as text or JSON.
    public func scoreText(_ source: Source, json: Bool) throws(StudioError) -> String {
        let piece = try Piece(try resolve(source))
        return json ? ScoreText.json(of: piece.score) : ScoreText.text(of: piece.score)
    }

    /// The performance of a piece as text or JSON.
    public func performanceText(_ source: Source, json: Bool) throws(StudioError) -> String {
        let piece = try Piece(try resolve(source))
        return json ? PerformanceText.json(of: piece.performance) : PerformanceText.text(of: piece.performance)
    }

    /// The performance of a piece as a MIDI file, without its sound.
    public func writeMIDI(_ source: Source, to path: String, force: Bool) throws(StudioError) {
        let piece = try Piece(try resolve(source))
        try CompanionWriter(piece, CompanionPaths(midi: path), force: force).publish()
    }
}
