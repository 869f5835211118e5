/// What the commands do: renders, plays, batches, performs, and shows the intermediates.
public struct Studio: Sendable {
    /// The version of the program.
    public static let version = "0.1.0"
    /// How the program names itself in files.
    static let software = "beachpiano \(version)"

    let console: Console
    let cancellation: Cancellation

    var environment: Environment { console.environment }

    public init(console: Console, cancellation: Cancellation) {
        self.console = console
        self.cancellation = cancellation
    }

    /// Composes on the calling thread, before any output is open: a signal ends the process at once.
    ///
    /// A day of music takes a while to compose, and the composer looks at no flag.
    func composing<T>(_ body: () throws(StudioError) -> T) throws(StudioError) -> T {
        try cancellation.check()
        cancellation.mayEndAtOnce = true
        defer { cancellation.mayEndAtOnce = false }
        return try body()
    }
}
