import AudioIO
import Mixing
import Moods
import Music
import Piano

extension Studio {
    /// What a live gain would be based on and what a meter finds, both LUFS at the instrument's own level: for fitting
    /// the prediction and holding it.
    package func predictedAndMeasuredLoudness(_ source: Source) throws(StudioError) -> (Double, Double) {
        let resolved = try resolve(source)
        let piece = try Piece(resolved)
        let (instrument, room) = (resolved.moment.instrument, resolved.moment.room)
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
