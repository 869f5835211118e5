import AudioIO
import Glibc
import Synchronization

/// Ctrl-Z and `fg`: the handlers note what comes, and whoever serves the terminal looks.
enum JobControl {
    private static let stopped = Atomic<Bool>(false)
    private static let continuation = Atomic<Bool>(false)

    /// Notes SIGTSTP and SIGCONT from now on.
    ///
    /// What a process in the background must not do with its terminal fails instead of stopping it: it plays on.
    static func install() {
        _ = takeStop()
        _ = takeContinuation()
        handle(SIGCONT) { _ in JobControl.continuation.store(true, ordering: .relaxed) }
        noteStops()
        for number in [SIGTTIN, SIGTTOU] { signal(number, SIG_IGN) }
    }

    /// Whether Ctrl-Z came since the last call.
    static func takeStop() -> Bool { stopped.exchange(false, ordering: .relaxed) }

    /// Whether the process was continued since the last call.
    static func takeContinuation() -> Bool { continuation.exchange(false, ordering: .relaxed) }

    /// Stops the process as Ctrl-Z would have done, until it is continued; what plays pauses meanwhile.
    static func stopNow(pausing control: PlaybackControl, leaving: () -> Void) {
        let pauses = !control.isPaused
        if pauses {
            control.isPaused = true
            // As long as a pause takes; a device that is away has nothing to be paused.
            for _ in 0..<50 where control.state == .playing { usleep(10_000) }
        }
        leaving()
        stop()
        if pauses { control.isPaused = false }
    }

    private static func stop() {
        signal(SIGTSTP, SIG_DFL)
        // To this thread: one for the process might be taken by another only after the handler is back.
        raise(SIGTSTP)
        noteStops()
    }

    private static func noteStops() { handle(SIGTSTP) { _ in JobControl.stopped.store(true, ordering: .relaxed) } }

    private static func handle(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = handler
        action.sa_flags = SA_RESTART
        unsafe sigaction(number, &action, nil)
    }
}
