import AudioIO

/// Piano and sea as files of their own beside the sound, with its gain: together they are the sound.
struct Stems: ~Copyable {
    private var piano: OutputSink
    private var sea: OutputSink
    private var pianoFinish: Finish
    private var seaFinish: Finish

    init(choice: OutputChoice, frames: Int, tags: SoundFileTags, factor: Float) throws(AudioIOError) {
        let paths = SeaCue.stemPaths(choice.path)
        func sink(_ path: String) throws(AudioIOError) -> OutputSink {
            try OutputSink(
                path: path, format: choice.format, sampleRate: choice.rate, frames: Int64(frames), tags: tags,
                force: choice.force)
        }
        let pianoSink = try sink(paths.piano)
        let seaSink = try sink(paths.sea)
        piano = pianoSink
        sea = seaSink
        pianoFinish = Finish(factor, choice: choice, seed: UInt64(frames) &+ 1)
        seaFinish = Finish(factor, choice: choice, seed: UInt64(frames) &+ 2)
    }

    /// Writes a block of the piano and the sea that belongs to it, and adds the sea to the block.
    mutating func take(
        _ left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>, from store: inout FrameStore
    ) throws(AudioIOError) {
        var seaLeft = [Float](repeating: 0, count: left.count)
        var seaRight = seaLeft
        var pianoLeft = seaLeft
        var pianoRight = seaLeft
        do {
            var l = seaLeft.mutableSpan
            var r = seaRight.mutableSpan
            _ = try store.read(left: &l, right: &r)
        }
        for i in left.indices {
            pianoLeft[i] = left[i]
            pianoRight[i] = right[i]
            left[i] += seaLeft[i]
            right[i] += seaRight[i]
        }
        do {
            var l = pianoLeft.mutableSpan
            var r = pianoRight.mutableSpan
            pianoFinish.process(&l, &r)
            var sl = seaLeft.mutableSpan
            var sr = seaRight.mutableSpan
            seaFinish.process(&sl, &sr)
        }
        try piano.write(left: pianoLeft.span, right: pianoRight.span)
        try sea.write(left: seaLeft.span, right: seaRight.span)
    }

    mutating func finish() throws(AudioIOError) {
        try piano.finish()
        try sea.finish()
    }
}
