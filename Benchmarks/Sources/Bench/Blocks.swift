import ArgumentParser
import DSP
import Glibc
import Mixing
import Music
import Piano

/// Times the engine block by block, as the audio thread sees it.
struct Blocks: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Time every block of 64 frames, and the parts of start-up.",
        discussion: "In CPU time of the thread, so that other load moves it little; a block lasts 1333 us at 48 kHz.")

    @Option(help: "How often each workload is played.") var rounds = 3

    func run() throws {
        RenderThread.prepare()
        print(Machine.summary())
        print("Load average: \(Machine.load()).\n")
        print("| part of start-up | ms, median of 5 |\n|---|---|")
        let make = (0..<5).map { _ in
            timed { _ = InstrumentTables.make(settings: InstrumentSettings(), sampleRate: 48000) }
        }
        let tables = InstrumentTables.make(settings: InstrumentSettings(), sampleRate: 48000)
        print("| tables of the grand | \(text(1000 * make.median)) |")
        print("| engine | \(text(1000 * (0..<5).map { _ in timed { _ = PianoEngine(tables: tables) } }.median)) |")
        let room = (0..<5).map { _ in timed { _ = Room(settings: RoomSettings(), sampleRate: 48000) } }
        print("| room | \(text(1000 * room.median)) |")
        print("\n| workload | part | x real time | block us: median | 99.9 % | most | most, share of 1333 us |")
        print("|---|---|---|---|---|---|---|")
        for workload in Workload.all where workload.name != "second" {
            // Of each block the least of all rounds: what lies above it came from elsewhere.
            var engine: [Double] = []
            var room: [Double] = []
            for round in 0..<rounds {
                let (e, r) = times(workload, tables)
                engine = round == 0 ? e : zip(engine, e).map { min($0, $1) }
                room = round == 0 ? r : zip(room, r).map { min($0, $1) }
            }
            print(line(workload.name, "piano", engine))
            print(line("", "room", room))
        }
    }

    private func line(_ name: String, _ part: String, _ times: [Double]) -> String {
        let block = Double(ModeKernel.block) / 48000
        let most = times.max() ?? 0
        let speed = Double(times.count) * block / times.reduce(0, +)
        return
            "| \(name) | \(part) | \(text(speed)) | \(text(1e6 * times.median)) | \(text(1e6 * times.quantile(0.999))) "
            + "| \(text(1e6 * most)) | \(text(100 * most / block)) % |"
    }

    /// Seconds that each block takes, in the piano and in the room.
    private func times(_ workload: Workload, _ tables: InstrumentTables) -> ([Double], [Double]) {
        let events = workload.events(sampleRate: 48000)
        var engine = PianoEngine(tables: tables)
        var room = Room(settings: RoomSettings(), sampleRate: 48000)
        var (left, right) = (
            [Float](repeating: 0, count: ModeKernel.block), [Float](repeating: 0, count: ModeKernel.block)
        )
        var next = 0
        var (pianoTimes, roomTimes): ([Double], [Double]) = ([], [])
        for _ in 0..<Int(workload.seconds * 48000) / ModeKernel.block {
            while next < events.count, events[next].frame < engine.horizon + 3 * ModeKernel.block {
                engine.schedule(events[next])
                next += 1
            }
            var l = left.mutableSpan
            var r = right.mutableSpan
            let start = seconds(CLOCK_THREAD_CPUTIME_ID)
            engine.render(left: &l, right: &r)
            let middle = seconds(CLOCK_THREAD_CPUTIME_ID)
            room.process(left: &l, right: &r)
            pianoTimes.append(middle - start)
            roomTimes.append(seconds(CLOCK_THREAD_CPUTIME_ID) - middle)
        }
        return (pianoTimes, roomTimes)
    }

    private func timed(_ body: () -> Void) -> Double {
        let start = seconds(CLOCK_THREAD_CPUTIME_ID)
        body()
        return seconds(CLOCK_THREAD_CPUTIME_ID) - start
    }
}
