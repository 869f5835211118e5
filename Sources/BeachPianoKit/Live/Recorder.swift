import Synchronization

/// Writes what is heard to a file while it is played, on a thread of its own.
final class Recorder {
    /// Where the audio thread puts its frames; nil where nothing is recorded.
    let ring: FrameRing?
    private var thread: Thread?

    /// Seconds of sound that may wait for the disk.
    private static let patience = 10

    /// Begins where the stage has a file; what goes wrong is told when it does, and noted in `failure`.
    init(
        _ stage: Stage, rate: Int, _ failure: Failure, tell: @escaping @Sendable (String) -> Void
    ) throws(StudioError) {
        guard let record = stage.record else {
            ring = nil
            return
        }
        let ring = FrameRing(capacity: Self.patience * rate)
        self.ring = ring
        if let line = record.shortage(rate: rate) { tell(line) }
        thread = try Thread { failure.set(record.write(ring, rate: rate, tell: tell)) }
    }

    /// Writes the rest and gives the file its name.
    func finish() {
        ring?.close()
        thread?.join()
        thread = nil
    }
}

/// The first thing that went wrong on any thread.
final class Failure: Sendable {
    private let failure = Mutex<StudioError?>(nil)
    var first: StudioError? { failure.withLock { $0 } }
    func set(_ error: StudioError?) { failure.withLock { $0 = $0 ?? error } }
}
