import Mixing
import Music
import Synchronization

/// The second half of the first pass: the room, the meter and the store.
struct TakeStage: ~Copyable {
    private var room: Room
    private var meter: LoudnessMeter
    var store: Take
    private let rate: Int

    init(frames: Int, rate: Int, room: RoomSettings, folder: String) throws(StudioError) {
        self.room = Room(settings: room, sampleRate: Double(rate))
        meter = LoudnessMeter(sampleRate: rate)
        store = try Take(expectedFrames: frames, folder: folder)
        self.rate = rate
    }

    /// Puts the first `count` frames into the room, measures and keeps them. A sample that is no number ends the work.
    mutating func take(_ left: inout [Float], _ right: inout [Float], count: Int, block: Int) throws(StudioError) {
        if count < left.count {
            left.removeLast(left.count - count)
            right.removeLast(right.count - count)
        }
        inBlocks(&left, &right, block: block) { room.process(left: &$0, right: &$1) }
        for i in 0..<count where !(left[i].isFinite && right[i].isFinite) {
            let at = Double(store.frames + i) / Double(rate)
            throw StudioError(.ioError, "a sample at \(decimal(at, 3)) s is not a number: please report this piece")
        }
        meter.add(left: left.span, right: right.span)
        try store.append(left: left.span, right: right.span)
    }

    /// Loudness and peaks so far.
    var measured: LoudnessMeter.Reading { meter.reading }
}

/// Carries a stage to another thread and back.
final class StageBox: Sendable {
    let stage: Mutex<TakeStage?>
    let failure = Mutex<StudioError?>(nil)

    init(_ stage: consuming sending TakeStage) { self.stage = Mutex(stage) }
}
