import AudioIO
import Glibc
import Synchronization

/// Writes what is heard to a file while it is played, on a thread of its own.
final class Recorder {
    /// Where the audio thread puts its frames; nil where nothing is recorded.
    let ring: FrameRing?
    private var thread: Thread?

    /// Seconds of sound that may wait for the disk.
    private static let patience = 10

    /// Begins where the stage has a file; what goes wrong is noted in `failure`.
    init(_ stage: Stage, rate: Int, _ failure: Failure) throws(StudioError) {
        guard let record = stage.record else {
            ring = nil
            return
        }
        let ring = FrameRing(capacity: Self.patience * rate)
        self.ring = ring
        thread = try Thread { failure.set(Self.write(ring, record, rate: rate)) }
    }

    /// Writes the rest and gives the file its name.
    func finish() {
        ring?.close()
        thread?.join()
        thread = nil
    }

    /// Drains the ring into the file.
    private static func write(_ ring: FrameRing, _ record: Stage.Record, rate: Int) -> StudioError? {
        do throws(AudioIOError) {
            var sink = try OutputSink(
                path: record.path, format: record.format, sampleRate: rate, frames: nil,
                tags: SoundFileTags(title: "Live", artist: "beachpiano", software: Studio.software),
                force: record.force)
            while !ring.isFinished {
                let (left, right) = ring.take(8192)
                if left.isEmpty { usleep(20_000) } else { try sink.write(left: left.span, right: right.span) }
            }
            try sink.finish()
        } catch { return StudioError(error) }
        if ring.lost > 0 {
            return StudioError(.ioError, "\(record.path): the disk was too slow, \(ring.lost) frames are missing")
        }
        return nil
    }
}

/// The first thing that went wrong on any thread.
final class Failure: Sendable {
    private let failure = Mutex<StudioError?>(nil)
    var first: StudioError? { failure.withLock { $0 } }
    func set(_ error: StudioError?) { failure.withLock { $0 = $0 ?? error } }
}
