import Music

/// A bar that is played again at once answers like an echo; a third time it comes forward (music.md 5.3).
enum Echo {
    /// Loudness of the second and the third time, dB.
    static let second: Float = -2.5
    static let third: Float = 1
    /// Lengthening of the second time.
    static let broader: Float = 0.015

    /// How often each bar has been heard without a break: 1 where it differs from the one before.
    static func repetitions(_ reading: Reading) -> [Int] {
        var bars = [[Stroke]](repeating: [], count: reading.score.bars)
        for note in reading.notes {
            let bar = note.onset.floor / reading.metre
            guard bars.indices.contains(bar) else { continue }
            let place = note.onset - Beat(bar * reading.metre)
            bars[bar].append(Stroke(place: place, length: note.length, pitch: note.pitch))
        }
        var counts: [Int] = []
        for (k, bar) in bars.enumerated() {
            let isRepeat = k > 0 && !bar.isEmpty && bar == bars[k - 1]
            counts.append(isRepeat ? (counts.last ?? 0) + 1 : 1)
        }
        return counts
    }

    private struct Stroke: Equatable {
        var place: Beat
        var length: Beat
        var pitch: Pitch
    }
}

extension Curves {
    /// Adds the echoes of bars that are repeated exactly.
    mutating func addEchoes(_ reading: Reading) {
        let width = reading.metre * Grid.cells
        for (bar, count) in Echo.repetitions(reading).enumerated() where count == 2 || count == 3 {
            for i in cells(from: bar * width, to: (bar + 1) * width) {
                level[i] += count == 2 ? Echo.second : Echo.third
                if count == 2 { logDuration[i] += Exact.log(1 + Echo.broader) }
            }
        }
    }
}
