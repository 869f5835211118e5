import BeachPianoKit
import Glibc
import Testing

@Suite("Signals")
struct CancellationTests {
    @Test("a second one ends at once, but where files are to be finished: there the third Ctrl-C does, and no SIGHUP")
    func again() {
        let plain = Cancellation()
        #expect(!plain.take(SIGTERM) && plain.requested == SIGTERM)
        #expect(plain.take(SIGTERM))

        let gentle = Cancellation()
        gentle.endsGently = true
        #expect(!gentle.take(SIGHUP) && !gentle.take(SIGHUP) && !gentle.take(SIGTERM))
        #expect(!gentle.take(SIGINT) && !gentle.take(SIGINT) && gentle.take(SIGINT))
        #expect(gentle.requested == SIGHUP && gentle.presses == 3)

        let idle = Cancellation()
        idle.mayEndAtOnce = true
        #expect(idle.take(SIGINT))
    }
}
