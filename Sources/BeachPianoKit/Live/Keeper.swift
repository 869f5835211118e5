import AudioIO
import Documents
import Glibc
import Moods
import Music
import Piano
import Presets
import Synchronization

/// Keeps what was just heard: a moment file, the sound as it was heard, and its MIDI file, in one folder.
///
/// One thing after another, on a thread that is there while there is something to keep; of one section only the last wish
/// waits.
final class Keeper: Sendable {
    /// Nil where there is no home to keep anything in.
    private let folder: String?
    private let work = Mutex(Work())
    private let names = Mutex<Set<String>>([])
    private let isAbandoned = Flag()

    private struct Work {
        var waiting: [KeepJob] = []
        /// What is being kept.
        var current: KeepJob?
        /// Ended or about to end where `current` is nil.
        var thread: Thread?
    }

    /// A section younger than so many seconds is kept together with the one before.
    private static let youngest = 15.0
    /// Seconds that must have been heard before the same section is worth keeping again.
    private static let more = 2.0

    init(folder: String?) { self.folder = folder }

    /// Renders, beside what plays, what was heard from the start of the section to `end`, a frame.
    ///
    /// What is heard on the way to another mood belongs to the section that it leaves.
    func keep(_ log: LiveLog, _ scene: Scene, _ unaCorda: UnaCorda, until end: Int, session: LiveSession) {
        guard folder != nil else {
            session.refuse("nothing can be kept: neither HOME nor XDG_DATA_HOME names a folder")
            return
        }
        guard let current = log.marks.last else { return }
        var mark = current
        let isYoung = Double(end - current.frame) < Self.youngest * Double(session.rate)
        if isYoung, let before = log.marks.dropLast().last { mark = before }
        let job = KeepJob(
            mark: mark, log: log, scene: scene, unaCorda: unaCorda, end: end, rate: session.rate,
            isAbandoned: isAbandoned)
        let more = Int(Self.more * Double(session.rate))
        let failure = work.withLock { work -> StudioError? in
            if let place = work.waiting.firstIndex(where: { $0.mark.section == mark.section }) {
                work.waiting[place] = job
                return nil
            }
            if let now = work.current, now.mark.section == mark.section, end - now.end < more { return nil }
            work.waiting.append(job)
            guard work.current == nil else { return nil }
            work.thread?.join()
            work.current = work.waiting.removeFirst()
            do throws(StudioError) {
                work.thread = try Thread { [self] in serve(job, session) }
                return nil
            } catch {
                (work.current, work.thread) = (nil, nil)
                return error
            }
        }
        if let failure { session.refuse("not kept: \(failure.message)") }
    }

    /// Keeps a first thing and all that comes meanwhile.
    private func serve(_ first: KeepJob, _ session: LiveSession) {
        RenderThread.prepare()
        var job = first
        while true {
            do throws(StudioError) {
                let paths = try paths(job.name)
                let seconds = try job.run(session, paths)
                session.board.change { $0.kept += 1 }
                session.kept(seconds, job.mark.passage.piece == nil ? paths.sound : paths.moment)
            } catch { session.refuse("not kept: \(error.message)") }
            let next = work.withLock { work -> KeepJob? in
                work.current = work.waiting.isEmpty || isAbandoned.isSet ? nil : work.waiting.removeFirst()
                return work.current
            }
            guard let next else { return }
            job = next
        }
    }

    /// Waits for all that is being kept; Ctrl-C leaves it.
    ///
    /// `look` is called a few times a second.
    func finish(_ session: LiveSession, _ cancellation: Cancellation, look: () -> Void) {
        let presses = cancellation.presses
        var isTold = false
        while work.withLock({ $0.current != nil }) {
            if !isTold { session.tell("finishing what is kept: Ctrl-C leaves it") }
            isTold = true
            if cancellation.presses > presses { isAbandoned.set() }
            look()
            usleep(20_000)
        }
        work.withLock { work in
            work.thread?.join()
            work.thread = nil
        }
    }

    struct Paths {
        let moment: String
        let sound: String
        let midi: String
    }

    /// Three names that are free.
    private func paths(_ name: String) throws(StudioError) -> Paths {
        guard let folder else { preconditionFailure("nothing is kept without a folder") }
        try FileSystem.makeFolder(folder)
        return names.withLock { taken in
            var number = 1
            while true {
                let stem = "\(folder)/\(name)" + (number == 1 ? "" : "-\(number)")
                let paths = Paths(moment: stem + ".yaml", sound: stem + ".wav", midi: stem + ".mid")
                let all = [paths.moment, paths.sound, paths.midi]
                if !taken.contains(stem), all.allSatisfy({ FileSystem.kind($0) == .missing }) {
                    taken.insert(stem)
                    return paths
                }
                number += 1
            }
        }
    }
}

/// One thing that is kept.
private struct KeepJob: Sendable {
    let mark: LiveLog.Mark
    let log: LiveLog
    let scene: Scene
    let unaCorda: UnaCorda
    let end: Int
    let rate: Int
    /// Whether nobody waits for it any more.
    let isAbandoned: Flag

    /// Such as `golden-hour-salt-lantern-window`.
    var name: String {
        guard let source = mark.passage.piece?.source else { return "live" }
        let plain = source.name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return String(plain) + "-" + source.seedText
    }

    /// Writes the three files, or none.
    ///
    /// - Returns: Seconds of the sound.
    func run(_ session: LiveSession, _ paths: Keeper.Paths) throws(StudioError) -> Double {
        guard var state = session.link.snapshots.load(mark.section) else {
            throw StudioError(.tryAgain, "the section has just ended; try again")
        }
        let start = state.frame
        let events = log.events(from: state.consumed)
        guard end > start else { throw StudioError(.tryAgain, "nothing was heard yet; try again") }
        let performance = LiveTranscript.performance(
            events, in: start..<end, rate: Double(rate), title: mark.passage.performance.title)
        var written: [String] = []
        do throws(StudioError) {
            try sound(&state, events, paths.sound, performance.title)
            written.append(paths.sound)
            try write(MIDIFileWriter.bytes(of: performance), paths.midi)
            written.append(paths.midi)
            if let piece = mark.passage.piece {
                var moment = piece.moment
                moment.kept.date = LocalClock.stamp()
                moment.room = scene.room
                moment.sea = scene.sea
                if unaCorda != .auto { moment.unaCorda = unaCorda }
                moment.output.rate = rate == 48000 ? nil : rate
                try write(Array(MomentWriter.text(moment).utf8), paths.moment)
            }
        } catch {
            for path in written { unsafe unlink(path) }
            throw error
        }
        return Double(end - start) / Double(rate)
    }

    private func sound(
        _ state: inout LiveState, _ events: ArraySlice<LiveEvent>, _ path: String, _ title: String
    ) throws(StudioError) {
        do throws(AudioIOError) {
            let format = try SoundFileFormat(path: path, bits: "32f")
            var sink = try OutputSink(
                path: path, format: format, sampleRate: rate, frames: Int64(end - state.frame),
                tags: SoundFileTags(title: title, artist: "beachpiano", software: Studio.software))
            let feed = LiveEventLog(events)
            var left = [Float](repeating: 0, count: LivePlayer.block)
            var right = left
            while state.frame < end {
                if isAbandoned.isSet { break }
                let rest = end - state.frame
                while state.take(left.count, from: feed) != nil {}
                do {
                    var l = left.mutableSpan
                    var r = right.mutableSpan
                    _ = state.render(&l, &r)
                }
                let count = min(rest, left.count)
                try sink.write(left: left.span.extracting(first: count), right: right.span.extracting(first: count))
            }
            if !isAbandoned.isSet { try sink.finish() }
        } catch { throw StudioError(error) }
        if isAbandoned.isSet { throw StudioError(.interrupted, "left") }
    }

    private func write(_ bytes: [UInt8], _ path: String) throws(StudioError) {
        do throws(AudioIOError) {
            let sink = try FileByteSink(path: path, force: false)
            try sink.write(contentsOf: bytes)
            try sink.sync()
            try sink.publish()
        } catch { throw StudioError(error) }
    }
}
