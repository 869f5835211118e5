import BeachPianoTestSupport
import CSndfile

/// Surf in every format that libsndfile writes.
enum SoundSeeds {
    /// Twenty seconds at 4 kHz, and a second of it for the formats that are only to be opened.
    private static let surf = Array(
        TestSound.surf(period: 5, seconds: 20, seed: 3).samples.enumerated().filter { $0.offset % 8 == 0 }.map(
            \.element))

    static var small: [Sample] {
        var all: [Sample] = []
        for major in formats(SFC_GET_FORMAT_MAJOR_COUNT, SFC_GET_FORMAT_MAJOR) {
            var count = 0
            for minor in formats(SFC_GET_FORMAT_SUBTYPE_COUNT, SFC_GET_FORMAT_SUBTYPE) where count < 6 {
                for channels in [1, 2] as [Int32] {
                    let bytes = file(
                        major | minor, channels: channels, rate: 4000, surf[..<(count == 0 ? surf.count : 6000)])
                    guard !bytes.isEmpty else { continue }
                    all.append(Sample(kind: "snd", bytes: bytes))
                    count += 1
                    if major & Int32(SF_FORMAT_OGG) == 0 { break }
                }
            }
        }
        for (rate, format) in [(48_000, SF_FORMAT_OGG | SF_FORMAT_OPUS), (44_100, SF_FORMAT_OGG | SF_FORMAT_VORBIS)] {
            all.append(
                Sample(kind: "snd", bytes: file(Int32(format), channels: 2, rate: Int32(rate), surf[..<40_000])))
        }
        // Chunks with readers of their own.
        let wave = file(Int32(SF_FORMAT_WAV | SF_FORMAT_PCM_16), channels: 1, rate: 4000, surf[..<6000])
        for (name, size) in [("bext", 610), ("cart", 2100), ("smpl", 84), ("cue ", 52), ("inst", 7), ("LIST", 60)] {
            let chunk = Array(name.utf8) + [UInt8(size & 255), UInt8(size >> 8), 0, 0]
            let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 < 40 ? 1 : $0) }
            all.append(Sample(kind: "snd", bytes: Array(wave[..<12]) + chunk + body + wave[12...]))
        }
        return all + [Sample(kind: "snd", bytes: []), Sample(kind: "snd", bytes: Array("hello".utf8))]
    }

    /// Sounds that are long, at the highest rates, in files as small as they come.
    static var giants: [Sample] {
        let still = [Float](repeating: 0, count: 30_000_000)
        let silence = surf.map { $0 * 0 }
        return [
            file(Int32(SF_FORMAT_FLAC | SF_FORMAT_PCM_16), channels: 1, rate: 384_000, still[...]),
            file(Int32(SF_FORMAT_FLAC | SF_FORMAT_PCM_16), channels: 8, rate: 96_000, still[..<8_000_000]),
            file(Int32(SF_FORMAT_OGG | SF_FORMAT_OPUS), channels: 2, rate: 48_000, still[..<15_000_000]),
            file(Int32(SF_FORMAT_OGG | SF_FORMAT_VORBIS), channels: 2, rate: 48_000, still[..<15_000_000]),
            file(Int32(SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III), channels: 2, rate: 48_000, still[..<15_000_000]),
            file(Int32(SF_FORMAT_WAV | SF_FORMAT_PCM_U8), channels: 2, rate: 48_000, still[..<15_000_000]),
            file(Int32(SF_FORMAT_WAV | SF_FORMAT_PCM_U8), channels: 60, rate: 4000, silence[...]),
        ].filter { !$0.isEmpty }.map { Sample(kind: "snd", bytes: $0) }
    }

    private static func formats(_ countCommand: Int, _ command: Int) -> [Int32] {
        var count: Int32 = 0
        unsafe sf_command(nil, Int32(countCommand), &count, Int32(MemoryLayout<Int32>.size))
        return (0..<count).map { index in
            var info = unsafe SF_FORMAT_INFO()
            unsafe info.format = index
            unsafe sf_command(nil, Int32(command), &info, Int32(MemoryLayout<SF_FORMAT_INFO>.size))
            return unsafe info.format
        }
    }

    /// The same samples in every channel; empty where libsndfile cannot write such a file.
    private static func file(_ format: Int32, channels: Int32, rate: Int32, _ samples: ArraySlice<Float>) -> [UInt8] {
        var info = SF_INFO(frames: 0, samplerate: rate, channels: channels, format: format, sections: 0, seekable: 0)
        let path = "\(Campaign.temporary)/seed-\(UInt32(bitPattern: format))"
        guard unsafe sf_format_check(&info) == 1, let handle = unsafe sf_open(path, Int32(SFM_WRITE), &info) else {
            return []
        }
        unsafe sf_set_string(handle, Int32(SF_STR_TITLE), "the sea")
        var block: [Float] = []
        for start in stride(from: samples.startIndex, to: samples.endIndex, by: 1 << 14) {
            let part = samples[start..<min(samples.endIndex, start + 1 << 14)]
            block.removeAll(keepingCapacity: true)
            for sample in part { for _ in 0..<channels { block.append(sample) } }
            _ = unsafe block.withUnsafeBufferPointer {
                unsafe sf_writef_float(handle, $0.baseAddress, sf_count_t(part.count))
            }
        }
        unsafe sf_close(handle)
        defer { Files.forget(path) }
        return Files.read(path) ?? []
    }
}
