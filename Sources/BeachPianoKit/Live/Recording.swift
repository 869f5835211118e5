package import AudioIO
import Glibc

/// A sound file for what is heard.
package struct Recording: Sendable {
    package let path: String
    package let format: SoundFileFormat
    package let force: Bool

    /// Bytes of the disk that are held back for the end of the file: the last block, the header, and what an encoder still has.
    private static let reserve: Int64 = 1 << 20
    /// Seconds for which there should be room at the beginning.
    private static let comfortable: Int64 = 600

    package init(path: String, format: SoundFileFormat, force: Bool) {
        self.path = path
        self.format = format
        self.force = force
    }

    /// A line on how much fits where that is little; nil where there is room for ten minutes.
    package func shortage(rate: Int) -> String? {
        let wanted = format.estimatedBytes(frames: Self.comfortable * Int64(rate), sampleRate: rate)
        guard let free = try? Destination(path: path, force: force).freeBytes, free < wanted else { return nil }
        let seconds = Double(Self.comfortable) * Double(max(0, free - Self.reserve)) / Double(wanted)
        return "only about \(clockText(seconds)) of recording fit on the disk of \(path)"
    }

    /// Drains a ring into the file until no more frames come, and gives it its name.
    ///
    /// A disk that fills ends the recording, not the music: what was recorded until then is kept as a whole file.
    ///
    /// - Parameters:
    ///   - ring: filled by the audio thread.
    ///   - rate: Hz.
    ///   - tell: is told at once what goes wrong while the music plays.
    /// - Returns: What went wrong.
    package func write(_ ring: FrameRing, rate: Int, tell: (String) -> Void) -> StudioError? {
        var frames = 0
        do throws(AudioIOError) {
            var sink = try OutputSink(
                path: path, format: format, sampleRate: rate, frames: nil,
                tags: SoundFileTags(title: "Live", artist: "beachpiano", software: Studio.software),
                force: force, reserve: Self.reserve)
            while !ring.isFinished, !sink.isFull {
                let (left, right) = ring.take(8192)
                if left.isEmpty { usleep(20_000) } else { try sink.write(left: left.span, right: right.span) }
                frames += left.count
            }
            let isCut = !ring.isFinished
            try sink.finish()
            if isCut {
                let length = clockText(Double(frames) / Double(rate))
                let error = StudioError(
                    .ioError, "the disk of \(path) is full: the recording ends there after \(length)")
                tell(error.message)
                return error
            }
        } catch {
            var error = StudioError(error)
            if frames > 0 { error.message += "; nothing of the recording is kept" }
            if !ring.isFinished { tell(error.message) }
            return error
        }
        if ring.lost > 0 {
            return StudioError(.ioError, "\(path): the disk was too slow, \(ring.lost) frames are missing")
        }
        return nil
    }
}
