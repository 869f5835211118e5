/// The frames that were rendered last, as they went to the device: what it gives back can be written again.
///
/// It holds as many as the device's buffer and is allocated once. The block that is being written is always its newest part, or,
/// after something was taken back, a part further behind.
struct FrameHistory {
    private var frames: [SIMD2<Float>]
    /// Where the block that is being written begins, counted in frames since the beginning.
    private var position = 0
    /// Frames of that block.
    private var length = 0
    /// Where what has been rendered ends.
    private var end = 0

    init(capacity: Int) { frames = Array(repeating: .zero, count: capacity) }

    /// Whether frames that were taken back come before anything new.
    var isBehind: Bool { position + length < end }

    /// Begins a block with frames that were taken back; answers how many, 0 where there are none.
    mutating func again(_ left: inout [Float], _ right: inout [Float]) -> Int {
        position += length
        length = min(left.count, end - position)
        for i in 0..<length {
            let frame = frames[(position + i) % frames.count]
            left[i] = frame.x
            right[i] = frame.y
        }
        return length
    }

    /// Begins a block of new frames.
    mutating func begin(count: Int) {
        position += length
        length = count
        end = position + length
    }

    /// Remembers the block from its frame `first` on.
    mutating func keep(_ left: [Float], _ right: [Float], from first: Int) {
        for i in first..<length { frames[(position + i) % frames.count] = SIMD2(left[i], right[i]) }
    }

    /// Frames that could be written again when the block has been written up to `offset`.
    func reach(from offset: Int) -> Int { max(0, position + offset - max(0, end - frames.count)) }

    /// Goes back by so many frames, at most as far as it reaches.
    mutating func goBack(_ count: Int, from offset: Int) {
        position += offset - count
        length = 0
    }
}
