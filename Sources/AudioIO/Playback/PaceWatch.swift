/// Finds by the clock what no error tells: that the device stood still for a while.
///
/// A device plays as many frames as time passes. How far it lags behind that swings with the bursts in which it takes them; the
/// least lag of a second does not, and where it has grown by more than 15 ms, sound was missing for as long. On a machine with
/// too much to do every burst of half a second can be noticed 10 ms late though nothing is missing; what a server leaves out is
/// a cycle of its own, 21 or 43 ms.
package struct PaceWatch: Hashable, Sendable {
    /// Nanoseconds over which the least lag is taken, and by which it may grow: a clock that is 1000 ppm off stays far below.
    private static let window: Int64 = 1_000_000_000
    private static let tolerance: Int64 = 15_000_000
    /// Nanoseconds by which the lag that it is held against may grow in a window: 1000 ppm.
    ///
    /// A second in which the thread always came late raises that no further, or a halt right after it would go unseen.
    private static let drift: Int64 = 1_000_000

    private let sampleRate: Int64
    private var begin: Int64?
    private var first = 0
    private var windowEnd: Int64 = 0
    private var least = Int64.max
    private var reference: Int64?
    /// By how much the lag has grown in the windows before this one.
    private var growth: Int64 = 0

    /// Watches a device of so many frames a second.
    package init(sampleRate: Int) { self.sampleRate = Int64(sampleRate) }

    /// Forgets what was: the device begins anew.
    package mutating func restart() {
        begin = nil
        reference = nil
        growth = 0
        least = .max
    }

    /// Notes how far the device is.
    ///
    /// - Parameters:
    ///   - position: frames played, from some start.
    ///   - now: nanoseconds.
    /// - Returns: nanoseconds for which it stood still, told once, up to two seconds later; nil where it did not.
    package mutating func note(position: Int, now: Int64) -> Int64? {
        guard let begin else {
            self.begin = now
            first = position
            windowEnd = now + Self.window
            return nil
        }
        least = min(least, now - begin - Int64(position - first) * 1_000_000_000 / sampleRate)
        guard now >= windowEnd else { return nil }
        return close(now: now)
    }

    /// What the window that is open now would tell: for the last sound of a piece.
    package mutating func end(now: Int64) -> Int64? {
        // Of less than half a window the least lag says little.
        guard begin != nil, least != .max, windowEnd - now < Self.window / 2 else { return growth > 0 ? growth : nil }
        return close(now: now) ?? (growth > 0 ? growth : nil)
    }

    /// Ends a window: nanoseconds of a halt that is over.
    private mutating func close(now: Int64) -> Int64? {
        windowEnd = now + Self.window
        let before = reference ?? least
        let lag = least
        least = .max
        // One halt may reach over several windows: it is told of once it is over.
        if lag - before > Self.tolerance {
            growth += lag - before
            reference = lag
            return nil
        }
        reference = min(lag, before + Self.drift)
        defer { growth = 0 }
        return growth > 0 ? growth : nil
    }
}
