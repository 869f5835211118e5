import Moods
import Music

/// The left pedal: where the mood is intimate and the section is soft (music.md 2.5), or as wished for.
enum UnaCordaPedalling {
    /// Sections planned this far below mezzo-forte (velocity 64) are soft, dB.
    static let soft: Float = -6
    /// Seconds that the foot takes, before the section begins.
    static let ramp = 0.25
    private static let steps = 5

    static func events(_ reading: Reading, _ time: TimeMap, wish: UnaCorda) -> [PedalEvent] {
        switch wish {
        case .off: return []
        case .on: return [PedalEvent(time: 0, pedal: .unaCorda, depth: .one)]
        case .auto: guard reading.weights.likesUnaCorda else { return [] }
        case .outsideClimax: break
        }
        let score = reading.score
        let mean = 40 * Exact.log2(reading.weights.velocity / 64) / Exact.log2(10)
        var events: [PedalEvent] = []
        var isDown = false
        for section in score.sections {
            let level = SectionDynamics.level(of: section, in: score, range: reading.weights.dynamicRange)
            let wants = wish == .outsideClimax ? section.level < 1 : mean + level < soft
            guard wants != isDown else { continue }
            isDown = wants
            let start = section.onset == .zero ? 0 : max(0, time(section.onset) - ramp - 0.05)
            guard start > 0 else {
                events.append(PedalEvent(time: 0, pedal: .unaCorda, depth: .one))
                continue
            }
            for k in 0...steps {
                let part = Float(k) / Float(steps)
                events.append(
                    PedalEvent(
                        time: start + ramp * Double(part), pedal: .unaCorda,
                        depth: UnitInterval(wants ? part : 1 - part)))
            }
        }
        return events
    }
}
