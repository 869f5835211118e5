import Music

/// Ticks of a file against the clock: through its tempo map, or fixed where it counts in frames of a film.
struct TickTimeline {
    /// What a tick is.
    enum Division: Hashable {
        case perQuarter(Int)
        /// Seconds of a tick.
        case fixed(Double)

        /// The division of a header: ticks in a quarter note, or frames in a second and ticks in a frame (SMPTE).
        ///
        /// - Throws: what is wrong where a tick would have no length, or the frame rate is none of 24, 25, 29 (29.97) and
        ///   30.
        init(_ word: Int) throws(Fault) {
            let noLength = Fault(message: "a tick has no length: the division is \(word)")
            if word & 0x8000 == 0 {
                guard word > 0 else { throw noLength }
                self = .perQuarter(word)
                return
            }
            let frames = 256 - word >> 8 & 0xFF
            let rates: [Int: Double] = [24: 24, 25: 25, 29: 30_000 / 1001, 30: 30]
            guard let rate = rates[frames] else {
                throw Fault(message: "the division counts \(frames) frames in a second, none of 24, 25, 29 and 30")
            }
            guard word & 0xFF > 0 else { throw noLength }
            self = .fixed(1 / (rate * Double(word & 0xFF)))
        }

        /// Why a division is none.
        struct Fault: Error { let message: String }
    }

    private let division: Division
    private let changes: [(tick: Int, microseconds: Int)]
    private var next = 0
    private var baseTick = 0
    private var baseSeconds = 0.0
    private var microseconds = 500_000.0

    /// A timeline from tempo changes in the order of the file; the last of one tick counts.
    init(_ division: Division, tempi: [(tick: Int, microseconds: Int)]) {
        self.division = division
        changes = tempi.enumerated().sorted { ($0.element.tick, $0.offset) < ($1.element.tick, $1.offset) }.map(
            \.element)
    }

    /// Seconds at a tick; ticks must rise from call to call.
    mutating func seconds(_ tick: Int) -> Double {
        switch division {
        case .fixed(let seconds): return Double(tick) * seconds
        case .perQuarter(let ticks):
            while next < changes.count, changes[next].tick <= tick {
                baseSeconds += Double(changes[next].tick - baseTick) / Double(ticks) * microseconds * 1e-6
                baseTick = changes[next].tick
                microseconds = Double(changes[next].microseconds)
                next += 1
            }
            return baseSeconds + Double(tick - baseTick) / Double(ticks) * microseconds * 1e-6
        }
    }

    /// Quarter notes before a tick; nil where ticks are no parts of a beat, but for the start.
    func beat(_ tick: Int) -> Double? {
        switch division {
        case .fixed: tick == 0 ? 0 : nil
        case .perQuarter(let ticks): Double(tick) / Double(ticks)
        }
    }

    /// Beat against clock at the start, at each change of tempo, and at a beat after the end; none without beats.
    ///
    /// - Parameters:
    ///   - end: last tick of the file.
    ///   - limit: seconds after which no change is told.
    /// - Returns: points of rising beat.
    func points(end: Int, before limit: Double) -> [TempoPoint] {
        guard case .perQuarter(let ticks) = division else { return [] }
        var (tick, seconds, microseconds) = (0, 0.0, 500_000.0)
        func point(_ place: Int) -> TempoPoint {
            let beats = Double(place - tick) / Double(ticks)
            return TempoPoint(
                beat: Double(place) / Double(ticks), seconds: seconds + beats * microseconds * 1e-6)
        }
        var points = [point(0)]
        for change in changes where change.tick <= end {
            let here = point(change.tick)
            guard here.seconds <= limit else { break }
            if change.tick == tick { points.removeLast() }
            points.append(here)
            (tick, seconds, microseconds) = (change.tick, here.seconds, Double(change.microseconds))
        }
        return points + [point(max(end, tick) + ticks)]
    }
}
