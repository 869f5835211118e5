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

    /// The points as the performance carries them: the pulse as it is struck, so that who reads the notes on this grid
    /// finds what was written.
    ///
    /// - Parameter displaced: Places inside beats at which something is struck, rising, and by how many seconds it is
    ///   moved. Beats stay where they are, what lies between is moved with its neighbours.
    /// - Returns: A point at each quarter of a beat, both coordinates rising.
    func points(displaced: [(beat: Beat, seconds: Double)]) -> [TempoPoint] {
        var anchors: [(beat: Beat, seconds: Double)] = []
        var next = 0
        for beat in 0...(seconds.count - 1) / Grid.mapPoints + 1 {
            anchors.append((Beat(beat), 0))
            while next < displaced.count, displaced[next].beat < Beat(beat + 1) {
                if displaced[next].beat > Beat(beat) { anchors.append(displaced[next]) }
                next += 1
            }
        }
        var k = 0
        return seconds.enumerated().map { index, seconds in
            let beat = Beat(index, Grid.mapPoints)
            while k + 1 < anchors.count, anchors[k + 1].beat <= beat { k += 1 }
            var shift = anchors[k].seconds
            if anchors[k].beat < beat, k + 1 < anchors.count {
                let (a, b) = (anchors[k], anchors[k + 1])
                shift += (beat - a.beat).value / (b.beat - a.beat).value * (b.seconds - a.seconds)
            }
            return TempoPoint(beat: beat.value, seconds: seconds + limited(shift, at: index))
        }
    }

    /// A shift that keeps the points rising: less than half the way to either neighbour.
    private func limited(_ shift: Double, at index: Int) -> Double {
        guard index > 0, index + 1 < seconds.count else { return 0 }
        return max(
            -0.49 * (seconds[index] - seconds[index - 1]), min(0.49 * (seconds[index + 1] - seconds[index]), shift))
    }
}
