import Music

/// One row of music-fit B.1 or music.md 5.0: a name, what pianists do, and how close is close enough.
struct PerformanceRow {
    enum Target {
        /// A range over pianists or pieces that the sheet states.
        case range(ClosedRange<Double>)
        /// The pianists' median: within a quarter of it.
        case median(Double)
        /// The pianists' median in ms: within 25 ms of it.
        case milliseconds(Double)

        func accepts(_ value: Double) -> Bool {
            switch self {
            case .range(let range): range.contains(value)
            case .median(let median): abs(value - median) <= 0.25 * abs(median)
            case .milliseconds(let median): abs(value - median) <= 25
            }
        }

        var text: String {
            switch self {
            case .range(let range): "\(range.lowerBound)...\(range.upperBound)"
            case .median(let median): "\(median) +-25 %"
            case .milliseconds(let median): "\(median) +-25 ms"
            }
        }
    }

    let name: String
    let target: Target
    let value: (PerformanceMeasures, PedalMeasures) -> Double

    init(_ name: String, _ target: Target, _ value: @escaping (PerformanceMeasures, PedalMeasures) -> Double) {
        self.name = name
        self.target = target
        self.value = value
    }

    static var all: [PerformanceRow] {
        [
            .init("velocity sd", .median(14.6)) { m, _ in deviation(m.velocities) },
            .init("velocity p5", .median(27)) { m, _ in percentile(m.velocities, 0.05) },
            .init("velocity p95", .median(74)) { m, _ in percentile(m.velocities, 0.95) },
            .init("melody: local velocity sd", .median(8.5)) { m, _ in deviation(m.localVelocities) },
            .init("melody: local velocity lag-1", .median(0.32)) { m, _ in lagOne(m.localVelocities) },
            .init("melody over chord, mean", .median(20)) { m, _ in mean(m.leads.map(\.velocity)) },
            .init("melody over chord, sd", .median(9)) { m, _ in deviation(m.leads.map(\.velocity)) },
            .init("bass over mean", .median(-7.5)) { m, _ in m.bassMinusMean },
            .init("beat tempo sd, log2", .range(0.17...0.42)) { m, _ in deviation(m.logTempo.map(\.value)) },
            .init("beat tempo p95:p5", .median(1.87)) { m, _ in
                let tempo = m.logTempo.map(\.value)
                return Double(Exact.exp2(Float(percentile(tempo, 0.95) - percentile(tempo, 0.05))))
            },
            .init("beat tempo lag-1", .median(0.42)) { m, _ in m.tempoLag },
            .init("louder is faster, r", .range(-0.08...0.57)) { m, _ in m.louderIsFaster },
            .init("displacement in the beat, sd", .median(0.069)) { m, _ in deviation(m.displacements) },
            .init("melody lead, mean ms", .milliseconds(13)) { m, _ in mean(m.leads.map(\.ms)) },
            .init("melody lead, sd ms", .milliseconds(31)) { m, _ in deviation(m.leads.map(\.ms)) },
            .init("lead per velocity, ms", .median(0.30)) { m, _ in
                correlation(m.leads.map(\.velocity), m.leads.map(\.ms)) * deviation(m.leads.map(\.ms))
                    / max(1e-9, deviation(m.leads.map(\.velocity)))
            },
            .init("hands apart, sd ms", .range(19...53)) { m, _ in deviation(m.handOffsets) },
            .init("chord spread, mean ms", .range(29...56)) { m, _ in mean(m.spreads) },
            .init("chord spread, p90 ms", .milliseconds(79)) { m, _ in percentile(m.spreads, 0.9) },
            .init("melody overlap p25", .median(-0.41)) { m, _ in percentile(m.overlaps(m.melody), 0.25) },
            .init("melody overlap p50", .median(-0.13)) { m, _ in percentile(m.overlaps(m.melody), 0.5) },
            .init("melody overlap p75", .median(0.10)) { m, _ in percentile(m.overlaps(m.melody), 0.75) },
            .init("melody overlap lag-1", .median(0.17)) { m, _ in lagOne(m.overlaps(m.melody)) },
            .init("accompaniment overlap p25", .median(-0.63)) { m, _ in
                percentile(m.overlaps(m.line([.inner, .figure])), 0.25)
            },
            .init("accompaniment overlap p50", .median(-0.40)) { m, _ in
                percentile(m.overlaps(m.line([.inner, .figure])), 0.5)
            },
            .init("accompaniment overlap p75", .median(-0.07)) { m, _ in
                percentile(m.overlaps(m.line([.inner, .figure])), 0.75)
            },
            .init("bass held / written p25", .median(0.53)) { m, _ in percentile(m.bassHolds, 0.25) },
            .init("bass held / written p50", .median(1.55)) { m, _ in percentile(m.bassHolds, 0.5) },
            .init("bass held / written p75", .median(2.2)) { m, _ in percentile(m.bassHolds, 0.75) },
            .init("bass held / written p90", .median(3.3)) { m, _ in percentile(m.bassHolds, 0.9) },
            .init("pedal down, share", .median(0.88)) { _, p in p.down },
            .init("pedal presses per minute", .median(39)) { _, p in p.pressesPerMinute },
            .init("pedal release after onset, ms", .milliseconds(33)) { _, p in p.release },
            .init("pedal press after onset, ms", .milliseconds(160)) { _, p in p.press },
            .init("pedal lift, ms", .milliseconds(148)) { _, p in p.lift },
            .init("half pedal, share", .range(0.17...0.73)) { _, p in p.half },
        ]
    }
}
