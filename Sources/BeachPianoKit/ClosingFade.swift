import Mixing

/// The fade at the end of a sound, whatever the size of the blocks.
///
/// There is none at the start: a piano at rest is silent, and a stroke there keeps its attack.
struct ClosingFade {
    /// Its length, at most a third of the sound.
    static let seconds = 1.5

    private let fade: Fade
    private var frame: Int64 = 0

    /// For a sound of `frames` frames at `rate` Hz; `seconds` long where that is said.
    init(frames: Int, rate: Double, seconds: Double? = nil) {
        let length = Self.length(of: frames, rate: rate, seconds: seconds)
        fade = Fade(.fadeOut, start: Int64(frames - length), length: Int64(length))
    }

    /// Frames of the fade at the end of a sound of `frames` frames at `rate` Hz; of `seconds` where that is said.
    static func length(of frames: Int, rate: Double, seconds: Double? = nil) -> Int {
        seconds.map { min(frames, Int($0 * rate)) } ?? min(frames / 3, Int(Self.seconds * rate))
    }

    mutating func process(_ left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>) {
        // Twice: the last tenth of a second then lies below -70 dB.
        fade.process(left: &left, right: &right, at: frame)
        fade.process(left: &left, right: &right, at: frame)
        frame += Int64(left.count)
    }
}
