import Glibc
package import Synchronization

/// The one flag that a signal sets and every loop looks at once a block.
public final class Cancellation: Sendable {
    package let signal = Atomic<Int32>(0)
    private let atOnce = Atomic<Bool>(false)

    public init() {}

    /// The signal that asked to end: 0 none, 2 SIGINT, 15 SIGTERM, 1 SIGHUP.
    public var requested: Int32 { signal.load(ordering: .relaxed) }

    /// Asks all loops to end as if `number` had arrived.
    public func request(_ number: Int32) { signal.store(number, ordering: .relaxed) }

    /// True while nothing is open that an end could leave half-written: a signal then ends the process at once.
    package var mayEndAtOnce: Bool {
        get { atOnce.load(ordering: .relaxed) }
        set { atOnce.store(newValue, ordering: .relaxed) }
    }

    /// Throws once the end has been asked for.
    package func check() throws(StudioError) {
        switch requested {
        case 0: return
        case SIGINT: throw StudioError(.interrupted, "interrupted")
        default: throw StudioError(.terminated, "ended by a signal")
        }
    }

    /// The flag of this process, set by its signal handlers.
    public static let process = Cancellation()

    /// Lets SIGINT, SIGTERM and SIGHUP set the flag of the process; a second one, and one that finds
    /// nothing to finish, ends at once.
    public static func installSignalHandlers() {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            var action = sigaction()
            unsafe action.__sigaction_handler.sa_handler = { number in
                if Cancellation.process.requested != 0 || Cancellation.process.mayEndAtOnce {
                    let line: StaticString =
                        number == SIGINT ? "beachpiano: interrupted\n" : "beachpiano: ended by a signal\n"
                    unsafe write(2, line.utf8Start, line.utf8CodeUnitCount)
                    _exit(128 + number)
                }
                Cancellation.process.request(number)
            }
            unsafe sigaction(number, &action, nil)
        }
        // A parent may have left them blocked.
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, number) }
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        // Touched here so that a handler never runs the first access.
        _ = Cancellation.process.requested
    }
}
