import Glibc
package import Synchronization

/// The one flag that a signal sets and every loop looks at once a block.
public final class Cancellation: Sendable {
    package let signal = Atomic<Int32>(0)
    private let atOnce = Atomic<Bool>(false)
    private let gentle = Atomic<Bool>(false)
    private let pressCount = Atomic<Int32>(0)

    /// Times that Ctrl-C has to be pressed before a gentle end is given up.
    private static let patience: Int32 = 3

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

    /// True while an end has to finish files that are worth more than the time it takes, as in a live session: a second Ctrl-C
    /// is then only counted, and a second SIGTERM or SIGHUP changes nothing.
    package var endsGently: Bool {
        get { gentle.load(ordering: .relaxed) }
        set { gentle.store(newValue, ordering: .relaxed) }
    }

    /// How often Ctrl-C was pressed.
    package var presses: Int32 { pressCount.load(ordering: .relaxed) }

    /// Takes a signal; answers whether the process is to end at once.
    package func take(_ number: Int32) -> Bool {
        if number == SIGINT { pressCount.add(1, ordering: .relaxed) }
        if mayEndAtOnce { return true }
        guard requested != 0 else {
            request(number)
            return false
        }
        return endsGently ? number == SIGINT && presses >= Self.patience : true
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

    /// Lets SIGINT, SIGTERM and SIGHUP set the flag of the process; a second one where nothing ends gently, and one that
    /// finds nothing to finish, ends at once.
    public static func installSignalHandlers() {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            var action = sigaction()
            unsafe action.__sigaction_handler.sa_handler = { number in
                if Cancellation.process.take(number) {
                    let line: StaticString =
                        number == SIGINT ? "beachpiano: interrupted\n" : "beachpiano: ended by a signal\n"
                    unsafe write(2, line.utf8Start, line.utf8CodeUnitCount)
                    _exit(128 + number)
                }
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
