import Glibc
import Music

/// What music.md 5.0 measures on a pianist's right foot; down means past 64 of 127, as on a recording piano.
struct PedalMeasures {
    /// Share of the time to the last release with the pedal down, and between 13 and 88 %.
    let down: Double
    let half: Double
    let pressesPerMinute: Double
    /// Medians, ms: release after the nearest onset, the press that follows after the same onset, time between both.
    let release: Double
    let press: Double
    let lift: Double

    init(_ performance: Performance) {
        let events = performance.pedals.filter { $0.pedal == .sustain }
        let first = performance.notes.first?.onset ?? 0
        let end = performance.notes.map(\.release).max() ?? performance.duration
        let whole = max(1e-9, end - first)
        var (down, half) = (0.0, 0.0)
        var crossings: [(time: Double, isPress: Bool)] = []
        for (k, event) in events.enumerated() {
            let next = min(end, k + 1 < events.count ? events[k + 1].time : end)
            let depth = event.depth.value
            if depth >= 0.504 { down += max(0, next - event.time) }
            if depth > 0.126, depth < 0.882 { half += max(0, next - event.time) }
            let isDown = k > 0 && events[k - 1].depth.value >= 0.504
            if k > 0, isDown != (depth >= 0.504) { crossings.append((event.time, depth >= 0.504)) }
        }
        self.down = down / whole
        self.half = half / whole
        pressesPerMinute = Double(crossings.count { $0.isPress }) * 60 / whole
        let onsets = performance.notes.map(\.onset)
        var (releases, presses, lifts): ([Double], [Double], [Double]) = ([], [], [])
        for (up, back) in zip(crossings, crossings.dropFirst()) where !up.isPress && back.isPress {
            guard let nearest = onsets.min(by: { abs($0 - up.time) < abs($1 - up.time) }), back.time - up.time < 1
            else { continue }
            releases.append((up.time - nearest) * 1000)
            presses.append((back.time - nearest) * 1000)
            lifts.append((back.time - up.time) * 1000)
        }
        release = percentile(releases, 0.5)
        press = percentile(presses, 0.5)
        lift = percentile(lifts, 0.5)
    }
}
