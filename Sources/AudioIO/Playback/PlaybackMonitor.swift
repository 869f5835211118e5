/// Tells in single lines what happens to a device while it plays: why it is silent, that it is back, that it ran dry.
///
/// A pure state machine over what `PlaybackControl` counts. Each reason is said once, that the device is still away after half
/// a minute and then every five, and glitches at most once in ten seconds with their number, so that a bad hour fills no screen.
package struct PlaybackMonitor: Sendable {
    /// What is known at one moment.
    package struct Reading: Hashable, Sendable {
        package var state: PlaybackControl.State
        /// The errno that the device was lost with, 0 where nobody said why.
        package var reason: Int32
        /// Times that it ran dry, and that it stood still.
        package var xruns: Int
        package var stalls: Int
        /// Seconds of the longest time without progress.
        package var longestGap: Double

        package init(
            state: PlaybackControl.State, reason: Int32 = 0, xruns: Int = 0, stalls: Int = 0, longestGap: Double = 0
        ) {
            self.state = state
            self.reason = reason
            self.xruns = xruns
            self.stalls = stalls
            self.longestGap = longestGap
        }

        /// All interruptions that could be heard.
        package var glitches: Int { xruns + stalls }

        /// A line on them for the end; nil where there were none.
        package var summary: String? {
            guard glitches > 0 else { return nil }
            func times(_ count: Int) -> String { "\(count) time" + (count == 1 ? "" : "s") }
            return "\(times(xruns)) the device ran dry, \(times(stalls)) it stood still; longest gap "
                + "\(PlaybackMonitor.milliseconds(longestGap)) ms"
        }
    }

    private static let pauseBetweenGlitches: Int64 = 10_000_000_000
    /// Nanoseconds of an absence after which it is told again, and between two such lines.
    private static let firstReminder: Int64 = 30_000_000_000
    private static let pauseBetweenReminders: Int64 = 300_000_000_000

    private let device: String
    private var state = PlaybackControl.State.starting
    private var awaySince: Int64?
    private var nextReminder = PlaybackMonitor.firstReminder
    private var toldGlitches = 0
    private var lastGlitchLine: Int64?

    /// Watches a device by its name.
    package init(device: String) { self.device = device }

    /// The line to be said now, if any; ask at least a few times a second.
    ///
    /// - Parameters:
    ///   - reading: what is known.
    ///   - now: the clock's nanoseconds.
    /// - Returns: One line without a full stop.
    package mutating func line(_ reading: Reading, now: Int64) -> String? {
        let before = state
        state = reading.state
        if state != before, let line = change(to: state, reading, now) { return line }
        if let since = awaySince { return reminder(away: now - since) }
        guard state == .playing, reading.glitches > toldGlitches else { return nil }
        if let last = lastGlitchLine, now - last < Self.pauseBetweenGlitches { return nil }
        lastGlitchLine = now
        toldGlitches = reading.glitches
        return Self.glitchLine(device, reading)
    }

    /// What a longer buffer helps against, it is said of; a device that stands still would do so with any.
    private static func glitchLine(_ device: String, _ reading: Reading) -> String {
        func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }
        var deeds: [String] = []
        if reading.xruns > 0 { deeds.append("ran dry \(times(reading.xruns))") }
        if reading.stalls > 0 { deeds.append("stood still \(times(reading.stalls))") }
        let soFar = reading.glitches > 1 ? " so far" : ""
        let gap = milliseconds(reading.longestGap)
        if reading.glitches == 1, reading.stalls == 1 { return "\(device) stood still for \(gap) ms" }
        return "\(device) \(deeds.joined(separator: " and "))\(soFar), longest gap \(gap) ms"
            + (reading.xruns > 0 ? ": a longer --latency helps" : "")
    }

    /// That the device is still away, when it is time for that.
    private mutating func reminder(away time: Int64) -> String? {
        guard time >= nextReminder else { return nil }
        nextReminder = (time / Self.pauseBetweenReminders + 1) * Self.pauseBetweenReminders
        let seconds = time / 1_000_000_000
        let length = seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min"
        return "\(device) is still away after \(length): q or Ctrl-C ends"
    }

    private mutating func change(to state: PlaybackControl.State, _ reading: Reading, _ now: Int64) -> String? {
        switch state {
        case .waiting:
            awaySince = awaySince ?? now
            return "\(device) accepts no sound: is the session manager (wireplumber) running?"
        case .reconnecting:
            defer { awaySince = awaySince ?? now }
            // The reason has been said already.
            if awaySince != nil { return nil }
            let reason = reading.reason == 0 ? "" : " (\(AudioIOError.message(reading.reason)))"
            return "\(device) was lost\(reason): opening it again as soon as it is back"
        case .playing:
            guard let since = awaySince else { return nil }
            awaySince = nil
            nextReminder = Self.firstReminder
            toldGlitches = reading.glitches
            return "\(device) is back after \(Self.seconds(now - since)) s"
        case .starting, .paused, .ended:
            awaySince = nil
            nextReminder = Self.firstReminder
            return nil
        }
    }

    private static func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }

    /// Nanoseconds as seconds with one decimal.
    private static func seconds(_ nanoseconds: Int64) -> String {
        let tenths = (nanoseconds + 50_000_000) / 100_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension PlaybackControl {
    /// What a monitor wants to know now.
    package var reading: PlaybackMonitor.Reading {
        PlaybackMonitor.Reading(
            state: state, reason: reason, xruns: xruns, stalls: stalls, longestGap: longestGapSeconds)
    }
}
