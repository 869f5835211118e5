import AudioIO
import Glibc

/// Two seconds of quiet chords, on the grid of 16 bits, so that every lossless format holds them exactly.
struct TestSignal {
    let left: [Float]
    let right: [Float]

    init(frames: Int = 24_000) {
        left = (0..<frames).map { i in (8000 * sinf(0.03 * Float(i)) + 4000 * sinf(0.071 * Float(i))).rounded() / 32768
        }
        right = (0..<frames).map { i in (9000 * sinf(0.041 * Float(i))).rounded() / 32768 }
    }

    func write<Sink: AudioSink & ~Copyable>(to sink: inout Sink, block: Int = 64) throws {
        for start in stride(from: 0, to: left.count, by: block) {
            let end = min(left.count, start + block)
            let (l, r) = (Array(left[start..<end]), Array(right[start..<end]))
            try sink.write(left: l.span, right: r.span)
        }
        try sink.finish()
    }

    static func read(_ path: String) throws -> (left: [Float], right: [Float], rate: Int, tags: SoundFileTags) {
        var source = try SoundFileSource(path: path)
        var left = [Float](repeating: 0, count: 100_000)
        var right = left
        var l = left.mutableSpan
        var r = right.mutableSpan
        let count = try source.read(left: &l, right: &r)
        return (Array(left[..<count]), Array(right[..<count]), source.sampleRate, source.tags())
    }
}

/// The error thrown by `body`, nil where it succeeds.
func failure(_ body: () throws -> Void) -> AudioIOError? {
    do {
        try body()
        return nil
    } catch {
        return error as? AudioIOError
    }
}
