import Composition
import Mixing
import Moods
import Music

/// An endless piece as one performance: the notes that `play` plays for the same seed, and the same steering.
struct EndlessPerformance: Sendable {
    let performance: Performance
    /// When the piano is carried to another room or another sea comes in, frames.
    private(set) var scenery: [SteeringScript.Step] = []

    /// Makes the piece up to its end.
    ///
    /// - Parameters:
    ///   - maker: of the passages.
    ///   - limits: when it ends, where `script` does not end it before.
    ///   - script: what the listener did.
    ///   - rate: frames in a second.
    /// - Throws: where `script` asks for what the piece cannot do.
    init(
        _ maker: PassageMaker, limits: SessionLimits, script: SteeringScript = SteeringScript(), rate: Double
    ) throws(StudioError) {
        let end = script.end ?? limits.length.map { Int(($0 * rate).rounded()) } ?? 0
        let length = limits.fade > 0 ? nil : limits.length
        var stream = PassageStream(rate: rate, unaCorda: maker.source.moment.unaCorda)
        var events: [LiveEvent] = []
        func take(before frame: Int) { while let event = stream.pop(before: frame) { events.append(.piano(event)) } }
        func begin(_ passage: Passage, at base: Int) {
            take(before: base)
            stream.begin(passage, base: base, seam: stream.running == nil ? base : base + stream.leadIn)
        }
        /// What follows by itself, where it begins before a frame.
        func follow(until frame: Int) {
            while let seam = stream.seam, let running = stream.running?.passage, !running.isLast,
                seam - stream.leadIn <= frame
            {
                guard
                    let next = running.following.first ?? stream.order(nil, at: seam, length: length).map(maker.passage)
                else { return }
                begin(next, at: seam - stream.leadIn)
            }
        }
        let opening = maker.opening(length)
        begin(opening, at: 0)
        for step in script.steps where step.frame <= end {
            switch step.change {
            case .turn(let turn, let planned):
                while let seam = stream.seam, seam < step.frame, stream.running?.passage.isLast == false {
                    follow(until: seam)
                }
                guard let order = stream.order(turn, at: planned, length: length) else {
                    let time = decimal(Double(step.frame) / rate, 1)
                    throw StudioError(.usage, "steered turns at \(time) s, where the piece is ending")
                }
                begin(maker.passage(order), at: step.frame - stream.leadIn)
            case .unaCorda(let wish):
                follow(until: step.frame)
                take(before: step.frame)
                stream.use(wish, from: step.frame)
            case .room, .sea: scenery.append(step)
            case .stop: break
            }
        }
        follow(until: end)
        take(before: end)
        performance = LiveTranscript.performance(
            events, in: 0..<end, rate: rate, title: stream.running?.passage.performance.title ?? "")
    }
}
