import Composition
import Moods
import Music

/// An endless piece as one performance, without anybody steering it: the notes that `play` plays for the same seed.
enum EndlessPerformance {
    /// Exactly so many seconds, the last of them an ending.
    static func make(_ maker: PassageMaker, seconds: Double, rate: Double = 48_000) -> Performance {
        var queue = LiveQueue(rate: rate)
        var events: [LiveEvent] = []
        var form = maker.form
        var seam = 0
        var title = ""
        while true {
            let base = max(0, seam - Int(Conductor.leadIn * rate))
            let time = Double(base) / rate
            let order = PassageOrder(
                serial: 0, form: form, wish: .follow, time: time, remaining: seconds - time,
                unaCorda: maker.source.moment.unaCorda)
            let passage = maker.passage(order)
            while let event = queue.pop(before: base) { events.append(.piano(event)) }
            queue.join(passage.performance, base: base, seam: max(base, seam), frontier: base)
            seam = base + Int((passage.length * rate).rounded())
            title = passage.performance.title
            guard !passage.isLast, let after = passage.form else { break }
            form = after
        }
        while let event = queue.pop(before: .max) { events.append(.piano(event)) }
        return LiveTranscript.performance(
            events, in: 0..<Int((seconds * rate).rounded()), rate: rate, title: title)
    }
}
