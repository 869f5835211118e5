import Music

/// The melody above the horizon: a flowing line through its contour, and every note a drop of light where it sounds.
enum PostcardMelody {
    private static let highest = 150.0
    private static let lowest = Postcard.horizon - 58

    static func drawing(of score: Score, _ light: PostcardLight) -> String {
        let notes = score.notes.filter { $0.role == .melody }
        guard let low = notes.map(\.pitch).min(), let high = notes.map(\.pitch).max() else { return "" }
        let span = Double(max(9, high - low))
        let start = Postcard.margin + 34
        let width = Postcard.width - 2 * start
        let beats = Double(max(1, score.beats))
        func x(_ beat: Double) -> Double { start + beat / beats * width }
        func y(_ midi: Double) -> Double { lowest - (midi - Double(low.midi)) / span * (lowest - highest) }

        let line = light.line.hex
        let path = contour(notes, score.metre, within: beats).map { run in
            smooth(run.map { (x($0.beat), y($0.midi)) })
        }.joined()
        var out = "<g fill=\"none\" stroke=\"\(line)\" stroke-linecap=\"round\">\n"
        for (width, opacity) in [(13.0, 0.08), (6.0, 0.14), (2.6, 0.92)] {
            out += "<path d=\"\(path)\" stroke-width=\"\(n(width))\" stroke-opacity=\"\(n2(opacity))\"/>\n"
        }
        out += "</g>\n<g fill=\"\(line)\">\n"
        for note in notes {
            let radius = min(5.5, 1.5 + 0.9 * note.length.value)
            let opacity = min(0.9, 0.35 + 0.14 * note.length.value)
            out += "<circle cx=\"\(n(x(note.onset.value)))\" cy=\"\(n(y(Double(note.pitch.midi))))\" "
            out += "r=\"\(n(radius))\" fill-opacity=\"\(n2(opacity))\"/>\n"
        }
        return out + "</g>\n"
    }

    /// The mean pitch around every bar, weighted by length and nearness, in runs that end where the melody rests
    /// for more than two bars; what rings on past the last bar stays within `beats`.
    private static func contour(_ notes: [ScoreNote], _ metre: Metre, within beats: Double) -> [[(
        beat: Double, midi: Double
    )]] {
        let bar = Double(metre.beats)
        let end = min(beats, notes.map(\.end.value).max() ?? 0)
        var runs: [[(beat: Double, midi: Double)]] = [[]]
        for step in 0...max(0, Int(end / bar)) {
            let beat = min(beats, (Double(step) + 0.5) * bar)
            var (sum, weight) = (0.0, 0.0)
            for note in notes {
                let distance = max(0, note.onset.value - beat, beat - note.end.value) / bar
                guard distance < 1.5 else { continue }
                let share = note.length.value * (1.5 - distance) * (1.5 - distance)
                sum += share * Double(note.pitch.midi)
                weight += share
            }
            if weight > 0 {
                runs[runs.count - 1].append((beat, sum / weight))
            } else if runs.last?.isEmpty == false {
                runs.append([])
            }
        }
        return runs.filter { $0.count > 1 }
    }

    /// A curve through points whose slope at each is that between its neighbours (Catmull-Rom, written as Bezier).
    private static func smooth(_ points: [(x: Double, y: Double)]) -> String {
        var path = "M\(n(points[0].x)) \(n(points[0].y))"
        for i in 1..<points.count {
            let (a, b) = (points[i - 1], points[i])
            let (before, after) = (points[max(0, i - 2)], points[min(points.count - 1, i + 1)])
            path += "C\(n(a.x + (b.x - before.x) / 6)) \(n(a.y + (b.y - before.y) / 6)) "
            path += "\(n(b.x - (after.x - a.x) / 6)) \(n(b.y - (after.y - a.y) / 6)) \(n(b.x)) \(n(b.y))"
        }
        return path
    }

    private static func n(_ value: Double) -> String { Decimal.short(value, 1) }
    private static func n2(_ value: Double) -> String { Decimal.short(value, 2) }
}
