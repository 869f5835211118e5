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
}
