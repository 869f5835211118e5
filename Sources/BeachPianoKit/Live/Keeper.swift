import AudioIO
import Documents
import Glibc
import Moods
import Music
import Piano
import Presets
import Synchronization

/// Keeps what was just heard: a moment file, the sound as it was heard, and its MIDI file, in one folder.
final class Keeper: Sendable {
    /// Nil where there is no home to keep anything in.
    private let folder: String?
    private let threads = Mutex<[Thread]>([])
    private let names = Mutex<Set<String>>([])

    /// A section younger than so many seconds is kept together with the one before.
    private static let youngest = 15.0

    init(folder: String?) { self.folder = folder }

    /// Renders on a thread of its own what was heard from the start of the section to `end`, a frame.
    ///
    /// What is heard on the way to another mood belongs to the section that it leaves.
    func keep(_ log: LiveLog, _ scene: Scene, _ unaCorda: UnaCorda, until end: Int, session: LiveSession) {
        guard let folder else {
            session.refuse("nothing can be kept: neither HOME nor XDG_DATA_HOME names a folder")
            return
        }
        guard let current = log.marks.last else { return }
        var mark = current
        let isYoung = Double(end - current.frame) < Self.youngest * Double(session.rate)
        if isYoung, let before = log.marks.dropLast().last { mark = before }
        let isPiece = mark.passage.piece != nil
        let job = KeepJob(
            mark: mark, log: log, scene: scene, unaCorda: unaCorda, end: end, rate: session.rate)
        do throws(StudioError) {
            let thread = try Thread { [self] in
                RenderThread.prepare()
                do throws(StudioError) {
                    let paths = try paths(job.name, in: folder)
                    let seconds = try job.run(session, paths)
                    session.tell("kept \(clockText(seconds)): \(isPiece ? paths.moment : paths.sound)")
                } catch { session.refuse("not kept: \(error.message)") }
            }
            threads.withLock { $0.append(thread) }
        } catch { session.refuse("not kept: \(error.message)") }
    }

    /// Waits for all that is being kept.
    func finish() {
        let all = threads.withLock { list in
            defer { list = [] }
            return list
        }
        for thread in all { thread.join() }
    }

    struct Paths {
        let moment: String
        let sound: String
        let midi: String
    }

    /// Three names that are free.
    private func paths(_ name: String, in folder: String) throws(StudioError) -> Paths {
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
            try sink.finish()
        } catch { throw StudioError(error) }
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
