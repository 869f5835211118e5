import AudioIO
import Glibc
package import Mixing
package import Music
package import Piano
import Synchronization

/// What the audio thread shares with the others while it plays, without locks.
package final class LiveLink: Sendable {
    package let events = LiveEventRing()
    package let snapshots: SnapshotShelf
    private let position = Atomic<Int>(0)
    private let peakBits = Atomic<UInt32>(0)
    private let volumeBits = Atomic<UInt32>(Float(1).bitPattern)
    private let stopping = Atomic<Bool>(false)

    package init(
        tables: InstrumentTables, room: RoomSettings, level: Room.Level? = nil, sea: Seas? = nil
    ) {
        snapshots = SnapshotShelf(tables: tables, room: room, level: level, sea: sea)
    }

    /// Frames rendered.
    package var frame: Int {
        get { position.load(ordering: .acquiring) }
        set { position.store(newValue, ordering: .releasing) }
    }

    /// The listener's volume in dB, -40...6; it touches neither recordings nor what is kept.
    package var volume: Float {
        get { 20 * Exact.log(volumeFactor) / Exact.log(10) }
        set { volumeBits.store(Exact.pow(10, min(6, max(-40, newValue)) / 20).bitPattern, ordering: .relaxed) }
    }

    var volumeFactor: Float { Float(bitPattern: volumeBits.load(ordering: .relaxed)) }

    /// Whether the end has been asked for: the source then waits for nobody.
    package var isStopping: Bool {
        get { stopping.load(ordering: .relaxed) }
        set { stopping.store(newValue, ordering: .relaxed) }
    }

    /// Adds to the peak since it was last read.
    func note(peak: Float) {
        // The bits of positive floats have their order.
        if peak.bitPattern > peakBits.load(ordering: .relaxed) { peakBits.store(peak.bitPattern, ordering: .relaxed) }
    }

    /// The highest sample since the last call, 0 and up.
    package func takePeak() -> Float { Float(bitPattern: peakBits.exchange(0, ordering: .relaxed)) }
}

/// Renders what the conductor has committed; allocates, locks and logs nothing while it plays.
package struct LiveSource: AudioSource, ~Copyable {
    private let link: Uncounted<LiveLink>
    private let events: UncountedFeed
    private let snapshots: Uncounted<SnapshotShelf>
    private let ring: Uncounted<FrameRing>
    private let isRecorded: Bool
    private var state: LiveState
    private var volume: Float = 1
    /// Factor that keeps a volume above 0 dB within full scale.
    private var reduction: Float = 1
    /// The most that leaves it: what the limiter before the volume lets through leaves it as it is.
    private static let ceiling: Float = 0.95
    /// By how much the reduction goes back in a block: 4 dB in a second.
    private static let recovery: Float = 1.0006
    /// Fade of the recording when the playing is stopped, as the player does for what is heard.
    private var recorded: Float = 1
    private let fall: Float

    package init(
        _ link: LiveLink, tables: InstrumentTables, room: RoomSettings, level: Room.Level? = nil, sea: Seas? = nil,
        recording ring: FrameRing? = nil
    ) {
        self.link = Uncounted(link)
        events = UncountedFeed(ring: Uncounted(link.events))
        snapshots = Uncounted(link.snapshots)
        self.ring = Uncounted(ring ?? FrameRing(capacity: 1))
        isRecorded = ring != nil
        state = LiveState(tables: tables, room: room, level: level, sea: sea)
        fall = 1 / (0.08 * Float(tables.sampleRate))
    }

    package mutating func read(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>) -> Int {
        // Rather late than wrong: the device's buffer bridges the wait.
        while events.committed < state.horizon(left.count), state.end == .max {
            if link.use({ $0.isStopping }) { return silence(&left, &right) }
            RealTimeSection.leave()
            usleep(300)
            RealTimeSection.enter()
        }
        while let section = state.take(left.count, from: events) { remember(section) }
        let count = state.render(&left, &right)
        link.use { $0.frame = state.frame }
        record(left, right, count)
        shape(&left, &right)
        return count
    }

    private borrowing func remember(_ section: Int) { snapshots.use { $0.save(section, state) } }

    private mutating func silence(_ left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>) -> Int {
        for i in left.indices {
            left[i] = 0
            right[i] = 0
        }
        return left.count
    }

    /// The recording, before the listener's volume.
    private mutating func record(
        _ left: borrowing MutableSpan<Float>, _ right: borrowing MutableSpan<Float>, _ count: Int
    ) {
        guard isRecorded else { return }
        let isStopping = link.use { $0.isStopping }
        let gain = recorded
        let step = isStopping ? -fall : 0
        ring.use { $0.write(left, right, count: count, gain: gain, step: step) }
        if isStopping { recorded = max(0, recorded - fall * Float(count)) }
    }

    /// The listener's volume, in a straight line over the block; a volume of 1 changes nothing.
    ///
    /// What would leave full scale is turned down at once, and comes back slowly.
    private mutating func shape(_ left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>) {
        var target = link.use { $0.volumeFactor }
        var peak: Float = 0
        if target > 1 || reduction < 1 {
            for i in left.indices { peak = max(peak, abs(left[i]), abs(right[i])) }
            let allowed = peak * target > Self.ceiling ? Self.ceiling / (peak * target) : 1
            reduction = min(allowed, reduction * Self.recovery)
            target *= reduction
            if volume * peak > Self.ceiling { volume = target }
            peak = 0
        }
        let step = (target - volume) / Float(left.count)
        let isPlain = volume == 1 && target == 1
        for i in left.indices {
            if !isPlain {
                volume += step
                left[i] *= volume
                right[i] *= volume
            }
            peak = max(peak, abs(left[i]), abs(right[i]))
        }
        volume = target
        link.use { $0.note(peak: peak) }
    }
}

/// The events of a ring for the thread that reads it.
private struct UncountedFeed: LiveEventFeed {
    let ring: Uncounted<LiveEventRing>

    var committed: Int { ring.use { $0.committed } }
    var first: LiveEvent? { ring.use { $0.first } }
    func removeFirst() { ring.use { $0.removeFirst() } }
}
