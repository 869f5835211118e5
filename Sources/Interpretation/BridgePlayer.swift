public import Music

/// Plays the bars between two moods: tempo and loudness are those of the bars, without arches or rubato of its own, so
/// that nothing moves faster than it was composed.
public enum BridgePlayer {
    /// Velocity of a voice against the mean of the bar.
    private static let weights: [VoiceRole: Float] = [.melody: 1.12, .inner: 0.95, .bass: 1.0, .figure: 0.92]
    /// Seconds after the bar line of the pedal's change: up, and down again.
    private static let (up, down) = (0.03, 0.14)
    /// Seconds of the foot's way, and its places.
    private static let (ramp, steps) = (0.05, 4)

    /// The performance of the bars; the last seconds ring on.
    public static func perform(_ bars: [BridgeBar], title: String) -> Performance {
        var notes: [NoteEvent] = []
        var pedals: [PedalEvent] = []
        var map: [TempoPoint] = []
        var time = Pianist.leadIn
        var beat = 0
        for bar in bars {
            let unit = bar.seconds / Double(bar.beats)
            let mean = bar.notes.reduce(Float(0)) { $0 + (weights[$1.role] ?? 1) } / Float(max(1, bar.notes.count))
            for note in bar.notes {
                let onset = time + note.onset.value * unit
                notes.append(
                    NoteEvent(
                        onset: onset, release: onset + note.length.value * unit * 0.98, pitch: note.pitch,
                        velocity: bar.state.velocity * (weights[note.role] ?? 1) / mean, role: note.role))
            }
            pedals += move(to: 0, from: 1, at: time + up) + move(to: 1, from: 0, at: time + down)
            for k in 0..<bar.beats { map.append(TempoPoint(beat: Double(beat + k), seconds: time + Double(k) * unit)) }
            time += bar.seconds
            beat += bar.beats
        }
        map.append(TempoPoint(beat: Double(beat), seconds: time))
        return Performance(
            title: title, notes: notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }, pedals: pedals,
            tempoMap: map, metre: bars.first.map { Metre(beats: $0.beats) }, duration: time + 1)
    }

    private static func move(to depth: Float, from: Float, at time: Double) -> [PedalEvent] {
        (1...steps).map { k in
            let part = Float(k) / Float(steps)
            return PedalEvent(
                time: time + ramp * Double(part), pedal: .sustain, depth: UnitInterval(from + (depth - from) * part))
        }
    }
}
