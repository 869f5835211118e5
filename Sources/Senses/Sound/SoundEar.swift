import Music

/// Listens to a sound as it comes: memory and time do not depend on more than what is kept of each twentieth of a second.
package struct SoundEar: ~Copyable {
    /// Seconds that are listened to at most.
    package static let longest = 300.0
    /// Seconds of a file, and samples of all its channels, that are listened to at most: some ten waves, heard in a blink
    /// whatever the rate, the channels and the encoding.
    private static let file = (seconds: 120.0, samples: 120.0 * 48_000 * 2)
    /// Sample rates that are taken, Hz.
    package static let rates = 4000...384_000
    /// What a sample may be: beyond it is no sound.
    private static let bound: Float = 1e5

    private let sampleRate: Int
    private let limit: Int
    private let hop: Int
    private var ring: [SIMD2<Float>]
    private var spectrum: PowerSpectrum
    private var analysis: FrameAnalysis
    private var position = 0
    private var frames: [SoundFrame] = []
    private var peak: Float = 0
    /// FNV-1a over the sound at 16 bits.
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    /// - Parameters:
    ///   - sampleRate: in Hz.
    ///   - channels: of a file; nil for a microphone, which is listened to for longer.
    /// - Throws: where the rate is none of sound.
    package init(sampleRate: Int, channels: Int? = nil) throws(SenseError) {
        guard Self.rates.contains(sampleRate) else {
            throw SenseError("\(sampleRate) Hz is no sample rate of sound: 4000...384000 Hz are read")
        }
        self.sampleRate = sampleRate
        let seconds =
            channels.map { min(Self.file.seconds, Self.file.samples / Double($0 * sampleRate)) } ?? Self.longest
        limit = Int(seconds * Double(sampleRate))
        hop = sampleRate / 20
        var size = 128
        while Double(size) < 0.032 * Double(sampleRate) { size *= 2 }
        ring = Array(repeating: .zero, count: size)
        spectrum = PowerSpectrum(size: size)
        analysis = FrameAnalysis(sampleRate: sampleRate, size: size)
    }

    /// Whether all has been heard that is listened to.
    package var isFull: Bool { position >= limit }

    /// Takes the next frames of two channels.
    /// - Throws: at a sample that is no number or beyond all measure.
    package mutating func listen(left: Span<Float>, right: Span<Float>) throws(SenseError) {
        let mask = ring.count - 1
        for i in left.indices where !isFull {
            let frame = SIMD2(left[i], right[i])
            let size = max(abs(frame.x), abs(frame.y))
            guard frame.x == frame.x, frame.y == frame.y, size < Self.bound else {
                let tenths = position * 10 / sampleRate
                throw SenseError("the sample at \(tenths / 10).\(tenths % 10) s is no sound")
            }
            peak = max(peak, size)
            // Above 3 * 2^22 the numbers of Float are whole: their last bits are the steps.
            let steps = frame * (32_767 / max(1, size)) + 12_582_912
            hash = (hash ^ UInt64(steps.x.bitPattern)) &* 0x0000_0100_0000_01B3
            hash = (hash ^ UInt64(steps.y.bitPattern)) &* 0x0000_0100_0000_01B3
            ring[position & mask] = frame
            position += 1
            if position % hop == 0, position >= ring.count {
                spectrum.transform(ring, from: position & mask)
                frames.append(analysis.frame(spectrum.power))
            }
        }
    }

    /// A number that this sound has and others have not.
    package var fingerprint: UInt64 { hash }

    /// Seconds heard.
    package var seconds: Double { Double(position) / Double(sampleRate) }

    /// What was heard.
    package consuming func impression() -> SoundImpression {
        SoundSense.impression(
            SoundMeasures(frames, framesPerSecond: Double(sampleRate) / Double(hop), seconds: seconds))
    }
}
