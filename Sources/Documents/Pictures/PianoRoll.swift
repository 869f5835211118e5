public import Music

/// A performance as a picture: keys over seconds, coloured by voice and velocity, pedals below, sections above.
public enum PianoRoll {
    /// Picture units for a second.
    private static let scale = 14.0
    private static let rowHeight = 7.0
    private static let left = 64.0
    private static let top = 84.0
    private static let pedalHeight = 26.0

    /// A self-contained SVG, as wide as the performance is long; `score` adds section marks.
    public static func svg(of performance: Performance, score: Score?) -> String {
        let low = (performance.notes.map(\.pitch.midi).min() ?? 60) - 2
        let high = (performance.notes.map(\.pitch.midi).max() ?? 72) + 2
        let duration = max(1, min(86_400, performance.duration))
        let roll = Area(
            duration: duration, scale: max(scale, 620 / duration), low: low, high: high,
            bottom: top + Double(high - low + 1) * rowHeight)
        let width = left + duration * roll.scale + 28
        let height = roll.bottom + 2 * pedalHeight + 78
        var out = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(n(width)) \(n(height))" width="\(n(width))" \
            height="\(n(height))" role="img" font-family="Inter, 'DejaVu Sans', Helvetica, sans-serif">
            <title>\(XMLText.escaped(performance.title))</title>
            <rect width="\(n(width))" height="\(n(height))" fill="#101c2b"/>
            <text x="\(n(left))" y="34" font-size="19" fill="#f2ead8">\(XMLText.escaped(performance.title))</text>

            """
        out += legend(x: left, y: 54)
        out += keys(roll)
        if let score { out += sections(score, performance, roll) }
        out += axis(roll, to: roll.bottom + 2 * pedalHeight + 16)
        out += notes(performance, roll)
        out += pedalLane(.sustain, "pedal", performance, roll, y: roll.bottom + 10)
        out += pedalLane(.unaCorda, "una corda", performance, roll, y: roll.bottom + 14 + pedalHeight)
        return out + "</svg>\n"
    }

    /// Where the roll lies.
    private struct Area {
        let duration: Double
        let scale: Double
        let low: Int
        let high: Int
        let bottom: Double

        func x(_ seconds: Double) -> Double { left + max(0, min(duration, seconds)) * scale }
        func y(_ pitch: Pitch) -> Double { top + Double(high - pitch.midi) * rowHeight }
    }

    // MARK: - Ground

    private static func keys(_ roll: Area) -> String {
        let (start, end) = (roll.x(0), roll.x(roll.duration))
        var out = "<g>\n"
        for midi in roll.low...roll.high {
            let pitch = Pitch(midi)
            let isBlack = [1, 3, 6, 8, 10].contains(pitch.pitchClass)
            out += "<rect x=\"\(n(start))\" y=\"\(n(roll.y(pitch)))\" width=\"\(n(end - start))\" "
            out += "height=\"\(n(rowHeight))\" fill=\"\(isBlack ? "#132234" : "#17293d")\"/>\n"
            if pitch.pitchClass == 0 {
                let line = roll.y(pitch) + rowHeight
                out += "<path d=\"M\(n(start)) \(n(line))H\(n(end))\" stroke=\"#2b4159\" stroke-width=\"0.8\"/>\n"
                out += "<text x=\"\(n(start - 8))\" y=\"\(n(line))\" font-size=\"10\" text-anchor=\"end\" "
                out += "fill=\"#7f95ab\">\(pitch.name)</text>\n"
            }
        }
        return out + "</g>\n"
    }

    private static func axis(_ roll: Area, to bottom: Double) -> String {
        var out = "<g font-size=\"10\" fill=\"#7f95ab\" text-anchor=\"middle\">\n"
        // At most some two hundred marks, at round numbers of seconds.
        let step = [5, 10, 30, 60, 300, 600].first { roll.duration / Double($0) <= 200 } ?? 3600
        for second in stride(from: 0, through: Int(roll.duration), by: step) {
            let x = n(roll.x(Double(second)))
            out += "<path d=\"M\(x) \(n(top))V\(n(bottom))\" stroke=\"#24384e\" stroke-width=\"0.6\"/>\n"
            let (minutes, rest) = (second / 60, second % 60)
            out += "<text x=\"\(x)\" y=\"\(n(bottom + 14))\">\(minutes):\(rest < 10 ? "0" : "")\(rest)</text>\n"
        }
        let end = n(roll.x(roll.duration))
        return out + "<text x=\"\(end)\" y=\"\(n(bottom + 30))\" text-anchor=\"end\">minutes:seconds</text>\n</g>\n"
    }

    private static func sections(_ score: Score, _ performance: Performance, _ roll: Area) -> String {
        var out = "<g font-size=\"12\" fill=\"#f2ead8\">\n"
        for section in score.sections {
            guard let time = seconds(section.onset.value, performance.tempoMap) else { continue }
            let x = roll.x(time)
            let name = SectionName.text(section.letter, variant: section.variant, prime: "′")
            out += "<path d=\"M\(n(x)) \(n(top - 14))V\(n(roll.bottom))\" stroke=\"#f2ead8\" stroke-width=\"0.8\" "
            out += "stroke-opacity=\"0.4\" stroke-dasharray=\"2 4\"/>\n"
            out += "<text x=\"\(n(x + 5))\" y=\"\(n(top - 5))\">\(XMLText.escaped(name))</text>\n"
        }
        return out + "</g>\n"
    }

    /// The clock's time of a written beat; nil without a tempo map.
    private static func seconds(_ beat: Double, _ map: [TempoPoint]) -> Double? {
        guard let first = map.first, let last = map.last else { return nil }
        if beat <= first.beat { return first.seconds }
        for (a, b) in zip(map, map.dropFirst()) where beat <= b.beat && b.beat > a.beat {
            return a.seconds + (beat - a.beat) / (b.beat - a.beat) * (b.seconds - a.seconds)
        }
        return last.seconds
    }

    // MARK: - Notes

    private static func colour(_ role: VoiceRole?) -> Colour {
        switch role {
        case .melody: Colour(0xFFC56B)
        case .inner: Colour(0xF2857B)
        case .figure: Colour(0x62C6BF)
        case .bass: Colour(0x6D9BF1)
        case nil: Colour(0xC9D6E2)
        }
    }

    private static func legend(x: Double, y: Double) -> String {
        var out = "<g font-size=\"11\" fill=\"#a9bacb\">\n"
        for (i, role) in VoiceRole.allCases.enumerated() {
            let place = x + Double(i) * 78
            out += "<rect x=\"\(n(place))\" y=\"\(n(y - 8))\" width=\"14\" height=\"7\" rx=\"2\" "
            out +=
                "fill=\"\(colour(role).hex)\"/>\n<text x=\"\(n(place + 20))\" y=\"\(n(y))\">\(role.rawValue)</text>\n"
        }
        return out + "</g>\n"
    }

    private static func notes(_ performance: Performance, _ roll: Area) -> String {
        var out = "<g>\n"
        for note in performance.notes {
            let force = max(0, min(1, (note.velocity - 15) / 80))
            // Soft notes sink into the ground, loud ones shine.
            let fill = Colour(0x17293D).mixed(colour(note.role), 0.4 + 0.6 * force)
            let x = roll.x(note.onset)
            let width = max(2, roll.x(note.release) - x)
            out += "<rect x=\"\(n(x))\" y=\"\(n(roll.y(note.pitch) + 0.5))\" width=\"\(n(width))\" "
            out += "height=\"\(n(rowHeight - 1))\" rx=\"2\" fill=\"\(fill.hex)\"/>\n"
        }
        return out + "</g>\n"
    }

    // MARK: - Pedals

    /// How deep a pedal stands over time.
    private static func pedalLane(
        _ pedal: Pedal, _ name: String, _ performance: Performance, _ roll: Area, y: Double
    ) -> String {
        let bottom = y + pedalHeight - 4
        var path = "M\(n(roll.x(0))) \(n(bottom))"
        var depth = 0.0
        for event in performance.pedals where event.pedal == pedal {
            let x = n(roll.x(event.time))
            path += "L\(x) \(n(bottom - depth * (pedalHeight - 6)))"
            depth = Double(event.depth.value)
            path += "L\(x) \(n(bottom - depth * (pedalHeight - 6)))"
        }
        let end = n(roll.x(roll.duration))
        path += "L\(end) \(n(bottom - depth * (pedalHeight - 6)))L\(end) \(n(bottom))Z"
        return """
            <path d="\(path)" fill="#8fb3d9" fill-opacity="0.35" stroke="#8fb3d9" stroke-width="0.7"/>
            <text x="\(n(left - 8))" y="\(n(bottom - 4))" font-size="10" text-anchor="end" fill="#7f95ab">\(name)</text>

            """
    }

    private static func n(_ value: Double) -> String { Decimal.short(value, 2) }
}
