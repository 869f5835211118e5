/// Tells when the sound goes to nobody: when the last output of a PipeWire is gone, it moves the streams to a sink that throws
/// everything away, and says nothing.
package struct SinkMonitor: Sendable {
    /// PipeWire's name for that sink, which it makes itself.
    private static let nobody = "auto_null"
    /// Nanoseconds for which there must be no output: while a server starts, there is none for a moment.
    private static let patience: Int64 = 1_000_000_000

    private let device: String
    private var nobodySince: Int64?
    private var isTold = false

    /// Watches what is behind a device.
    package init(device: String) { self.device = device }

    /// The line to be said now, if any.
    ///
    /// - Parameters:
    ///   - names: the sinks that became the default since the last call.
    ///   - now: the clock's nanoseconds.
    /// - Returns: One line without a full stop.
    package mutating func line(_ names: [String], now: Int64) -> String? {
        if let name = names.last {
            if name == Self.nobody {
                nobodySince = nobodySince ?? now
            } else {
                nobodySince = nil
                guard isTold else { return nil }
                isTold = false
                return "\(device) plays to \(name)"
            }
        }
        guard let since = nobodySince, !isTold, now - since >= Self.patience else { return nil }
        isTold = true
        return "\(device): no output is left: the sound goes to nobody until one is there"
    }
}
