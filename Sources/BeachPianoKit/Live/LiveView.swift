package import AudioIO
import Composition
import Moods
import Music

/// The screen of a live session as lines of text: where the mood is, what sounds, how loud, and the keys.
package struct LiveView {
    var status: LiveStatus
    var reading: PlaybackMonitor.Reading
    /// dBFS of the last moment.
    var level: Float
    /// dB.
    var volume: Float

    private static let (columns, rows) = (25, 9)
    private static let meterCells = 20
    private static let lowest: Float = -48

    package init(status: LiveStatus, reading: PlaybackMonitor.Reading, level: Float, volume: Float) {
        self.status = status
        self.reading = reading
        self.level = level
        self.volume = volume
    }

    /// The lines, none wider than `width` columns; where `rows` has no room for all, those that say most, without the pad.
    package func lines(width: Int, rows: Int = .max) -> [String] {
        let head = status.title + "  " + clockText(status.elapsed) + "  " + word
        let facts = self.facts
        let all = full(head, facts)
        // What is heard and the glitches stand last among the facts.
        let lines = all.count <= rows ? all : [head] + facts.suffix(3) + facts.dropLast(3)
        return lines.prefix(max(0, rows)).map { String($0.prefix(max(1, width))) }
    }

    private func full(_ head: String, _ facts: [String]) -> [String] {
        var lines = [head]
        let pad = self.pad
        for row in pad.indices { lines.append("  " + pad[row] + (row < facts.count ? "   " + facts[row] : "")) }
        lines.append("")
        lines.append("  arrows mood · t i g o tension, intimacy, nostalgia, openness (T I G O less)")
        lines.append(
            "  n next · b first theme · u una corda · r room · s sea · k keep · space pause · + - volume · q end")
        return lines
    }

    private var word: String {
        switch reading.state {
        case .playing: ""
        case .starting: "starting"
        case .waiting: "waiting for the device"
        case .reconnecting: "opening the device again"
        case .paused: "paused"
        case .ended: "ended"
        }
    }

    /// Valence from left to right, energy from below: `●` is the music, `○` where the hand wants it.
    private var pad: [String] {
        var cells = [[Character]](repeating: Array(repeating: " ", count: Self.columns), count: Self.rows)
        for row in 0..<Self.rows { cells[row][Self.columns / 2] = "·" }
        for column in 0..<Self.columns { cells[Self.rows / 2][column] = "·" }
        func put(_ mood: Mood?, _ sign: Character) {
            guard let mood else { return }
            let column = Int(((mood.valence + 1) / 2 * Float(Self.columns - 1)).rounded())
            let row = Int(((1 - mood.energy) / 2 * Float(Self.rows - 1)).rounded())
            cells[row][column] = sign
        }
        put(status.target, "○")
        put(status.mood, "●")
        let rule = String(repeating: "─", count: Self.columns)
        return ["┌" + rule + "┐"] + cells.map { "│" + String($0) + "│" } + ["└" + rule + "┘"]
    }

    private var facts: [String] {
        var facts: [String] = []
        if let mood = status.mood {
            facts.append("mood     " + status.journey(from: mood))
            facts.append("         " + axes(status.target ?? mood))
        }
        if let action = status.action { facts.append("section  \(status.section) · \(action.rawValue)") }
        if status.action != nil { facts.append("theme    \(status.theme)  \(status.motif)") }
        if !status.key.isEmpty { facts.append("key      \(status.key)") }
        if !status.chord.isEmpty { facts.append("chord    \(status.chord)") }
        if let next = status.untilNext { facts.append("next     in \(clockText(max(0, next)))") }
        facts.append("room     \(status.room.rawValue)   sea \(status.sea.rawValue)")
        facts.append("level    \(meter) \(decimal(Double(max(-99, level)), 0)) dB")
        facts.append("volume   \(decimal(Double(volume), 0)) dB   glitches \(reading.glitches)   kept \(status.kept)")
        return facts
    }

    private func axes(_ mood: Mood) -> String {
        func hundredths(_ value: Float) -> String { (value < 0 ? "" : "+") + decimal(Double(value), 1) }
        return "tension \(hundredths(mood.tension))  intimacy \(hundredths(mood.intimacy))  "
            + "nostalgia \(hundredths(mood.nostalgia))  openness \(hundredths(mood.openness))"
    }

    private var meter: String {
        let share = (max(Self.lowest, min(0, level)) - Self.lowest) / -Self.lowest
        let full = Int((share * Float(Self.meterCells)).rounded())
        return String(repeating: "▮", count: full) + String(repeating: "▯", count: Self.meterCells - full)
    }
}
