import AudioIO
import Mixing
import Moods
import Music
import Piano

extension Studio {
    /// A piece without its sound: for measuring scores and performances.
    package func piece(_ source: Source) throws(StudioError) -> Piece { try Piece(try resolve(source)) }

    /// What a live gain would be based on and what a meter finds, both LUFS at the instrument's own level: for fitting
    /// the prediction and holding it.
    package func predictedAndMeasuredLoudness(_ source: Source) throws(StudioError) -> (Double, Double) {
        let piece = try piece(source)
        let (instrument, room) = (piece.source.moment.instrument, piece.source.moment.room)
        let predicted = LoudnessPredictor.loudness(piece.performance, instrument: instrument, room: room)
        RenderThread.prepare()
        var sound = LiveSound(
            performance: piece.performance, tables: TablesCache.tables(instrument, rate: 48000), room: room, gain: 0)
        var meter = LoudnessMeter(sampleRate: 48000)
        var left = [Float](repeating: 0, count: 4096)
        var right = left
        for _ in 0..<Int(sound.frames) / 4096 {
            do {
                var l = left.mutableSpan
                var r = right.mutableSpan
                sound.render(&l, &r)
            }
            meter.add(left: left.span, right: right.span)
        }
        return (Double(predicted), Double(meter.measurement().integrated ?? -70))
    }
}
