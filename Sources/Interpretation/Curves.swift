/// What the rules write and the hands follow: tempo and loudness over the grid, pauses and emphasis of the melody.
struct Curves {
    /// Natural logarithm of the beat's length relative to the mean, per cell.
    var logDuration: [Float]
    /// Loudness relative to the mean, dB = 40 log10 of the velocity's ratio, per cell.
    var level: [Float]
    /// Seconds by which each melody note is let go early.
    var pauses: [Float]
    /// Loudness of each melody note, dB.
    var emphasis: [Float]

    init(cells: Int, melodyNotes: Int) {
        logDuration = [Float](repeating: 0, count: cells)
        level = [Float](repeating: 0, count: cells)
        pauses = [Float](repeating: 0, count: melodyNotes)
        emphasis = [Float](repeating: 0, count: melodyNotes)
    }

    /// The cells of two beats' span that exist.
    func cells(from: Int, to: Int) -> Range<Int> {
        let low = min(max(0, from), logDuration.count)
        return low..<min(max(low, to), logDuration.count)
    }
}
