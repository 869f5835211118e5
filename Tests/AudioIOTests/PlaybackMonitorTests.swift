import AudioIO
import Glibc
import Testing

@Suite("Playback monitor")
struct PlaybackMonitorTests {
    private static let second: Int64 = 1_000_000_000

    private static func lines(_ readings: [(Double, PlaybackMonitor.Reading)]) -> [String] {
        var monitor = PlaybackMonitor(device: "default")
        return readings.compactMap { monitor.line($0.1, now: Int64($0.0 * 1e9)) }
    }

    @Test("a lost device is one line with its reason, its return another with the time")
    func lost() {
        let lines = Self.lines([
            (0, .init(state: .playing)), (1, .init(state: .reconnecting, reason: ENODEV)),
            (1.5, .init(state: .reconnecting, reason: ENODEV)), (4.25, .init(state: .playing, reason: ENODEV)),
            (5, .init(state: .playing, reason: ENODEV)),
        ])
        #expect(
            lines == [
                "default was lost (no such device): opening it again as soon as it is back",
                "default is back after 3.3 s",
            ])
    }

    @Test("a server that takes nothing is named once, also when it is then opened again")
    func waiting() {
        let lines = Self.lines([
            (0, .init(state: .playing)), (1, .init(state: .waiting)), (2, .init(state: .reconnecting, reason: EAGAIN)),
            (2.5, .init(state: .playing)),
        ])
        #expect(lines.count == 2 && lines[0].contains("wireplumber") && lines[1] == "default is back after 1.5 s")
    }

    @Test("an absence is told again after half a minute and then every five, and then the return")
    func reminders() {
        let away = (0...7200).map { i in
            (Double(i), PlaybackMonitor.Reading(state: i == 0 ? .playing : .reconnecting, reason: ENODEV))
        }
        let lines = Self.lines(away + [(7201, .init(state: .playing)), (7202, .init(state: .reconnecting))])
        #expect(lines.count == 1 + 1 + 23 + 2)
        #expect(lines[1] == "default is still away after 30 s: q or Ctrl-C ends")
        #expect(lines[2] == "default is still away after 5 min: q or Ctrl-C ends")
        #expect(lines[24] == "default is still away after 115 min: q or Ctrl-C ends")
        #expect(lines[25] == "default is back after 7200.0 s")
    }

    @Test("glitches are told with their number, at most once in ten seconds")
    func glitches() {
        let storm = (0..<300).map { i in
            (Double(i) / 10, PlaybackMonitor.Reading(state: .playing, xruns: i + 1, longestGap: 0.31))
        }
        let lines = Self.lines(storm)
        #expect(lines.count == 3)
        #expect(lines[0] == "default ran dry once, longest gap 310 ms: a longer --latency helps")
        #expect(lines[1] == "default ran dry 101 times so far, longest gap 310 ms: a longer --latency helps")
    }

    @Test("a device that stood still did not run dry")
    func stalls() {
        func line(_ xruns: Int, _ stalls: Int) -> String {
            Self.lines([(0, .init(state: .playing, xruns: xruns, stalls: stalls, longestGap: 0.043))]).joined()
        }
        #expect(line(0, 1) == "default stood still for 43 ms")
        #expect(line(0, 2) == "default stood still 2 times so far, longest gap 43 ms")
        #expect(
            line(2, 1)
                == "default ran dry 2 times and stood still once so far, longest gap 43 ms: a longer --latency helps")
    }

    @Test("the end names both kinds with their numbers, and says nothing where there were none")
    func summary() {
        let reading = PlaybackMonitor.Reading(state: .ended, xruns: 1, stalls: 2, longestGap: 0.0431)
        #expect(reading.summary == "1 time the device ran dry, 2 times it stood still; longest gap 43 ms")
        #expect(PlaybackMonitor.Reading(state: .ended).summary == nil)
    }

    @Test("nothing is said while all is well, in a pause and at the end")
    func quiet() {
        #expect(
            Self.lines([
                (0, .init(state: .starting)), (1, .init(state: .playing)), (2, .init(state: .paused)),
                (3, .init(state: .playing)), (4, .init(state: .ended)),
            ]).isEmpty)
    }
}
