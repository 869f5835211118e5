/// What a sound came to.
struct LevelReport: Sendable {
    /// Seconds of the file.
    var duration: Double
    /// LUFS after the gain; nil where it was not measured.
    var loudness: Double?
    /// dBTP after the gain.
    var truePeak: Double?
    /// dB applied to the instrument's own level.
    var gain: Double
    /// Samples that the limiter of a stream held back.
    var limited = 0
}
