import Music

/// Written beats against the clock: straight lines between quarters of a beat.
struct TimeMap {
    /// Seconds at each quarter of a beat, rising.
    let seconds: [Double]

    /// Follows the curve from `start` to exactly `end`, which fixes the tempo.
    init(logDuration: [Float], start: Double, end: Double) {
        let width = Grid.cells / Grid.mapPoints
        var elapsed: [Double] = [0]
        for i in stride(from: 0, to: logDuration.count - width + 1, by: width) {
            let mean = logDuration[i..<i + width].reduce(0, +) / Float(width)
            elapsed.append(elapsed[elapsed.count - 1] + Double(Exact.exp(mean)))
        }
        let total = elapsed[elapsed.count - 1]
        let scale = total > 0 ? (end - start) / total : 0
        var seconds = elapsed.map { start + $0 * scale }
        if seconds.count > 1 { seconds[seconds.count - 1] = end }
        self.seconds = seconds
    }

    /// Seconds at a beat; beyond the ends the outermost tempo goes on.
    func callAsFunction(_ beat: Beat) -> Double {
        guard seconds.count > 1 else { return seconds.first ?? 0 }
        let place = beat * Grid.mapPoints
        let left = min(seconds.count - 2, max(0, place.floor))
        return seconds[left] + (seconds[left + 1] - seconds[left]) * (place - Beat(left)).value
    }

    /// The points as the performance carries them.
    var points: [TempoPoint] {
        seconds.enumerated().map { TempoPoint(beat: Double($0.offset) / Double(Grid.mapPoints), seconds: $0.element) }
    }
}
