import DSP
import Music
import Piano

/// The piano playing one performance: the engine, and the events that it has not been given yet.
struct Voice: ~Copyable, Sendable {
    private var engine: PianoEngine
    private let events: [EngineEvent]
    private var next = 0

    init(performance: Performance, tables: InstrumentTables) {
        engine = PianoEngine(tables: tables)
        events = performance.events(sampleRate: tables.sampleRate)
    }

    /// Fills both spans with the next frames; allocates nothing.
    mutating func render(_ left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>) {
        // All events of the coming frames, and of the block after them.
        let end = engine.horizon + left.count + 2 * ModeKernel.block
        while next < events.count, events[next].frame < end, engine.freeEvents > 0 {
            engine.schedule(events[next])
            next += 1
        }
        engine.render(left: &left, right: &right)
    }

    /// Fills both arrays, asking the engine for `block` frames at a time: the samples are the same for any.
    mutating func render(_ left: inout [Float], _ right: inout [Float], block: Int) {
        if block >= left.count {
            var l = left.mutableSpan
            var r = right.mutableSpan
            render(&l, &r)
            return
        }
        var partLeft = [Float](repeating: 0, count: block)
        var partRight = partLeft
        var at = 0
        while at < left.count {
            let count = min(block, left.count - at)
            if count < block {
                partLeft.removeLast(block - count)
                partRight.removeLast(block - count)
            }
            do {
                var l = partLeft.mutableSpan
                var r = partRight.mutableSpan
                render(&l, &r)
            }
            for i in 0..<count {
                left[at + i] = partLeft[i]
                right[at + i] = partRight[i]
            }
            at += count
        }
    }
}
