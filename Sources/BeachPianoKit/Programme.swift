import AudioIO
import Music
import Synchronization

/// What the composing thread and the audio thread share: the next piece, the one that has ended, the hand's wishes.
final class Programme: Sendable {
    /// The piece after the one that sounds.
    let next = Mutex<LiveSound?>(nil)
    /// A piece that has ended, to be given back by a thread that may.
    let retired = Mutex<LiveSound?>(nil)
    let isSkipping = Atomic<Bool>(false)
    /// True when no piece follows.
    let isLast = Atomic<Bool>(false)
    /// Bits of a Float factor.
    let volume = Atomic<UInt32>(Float(1).bitPattern)

    var volumeFactor: Float { Float(bitPattern: volume.load(ordering: .relaxed)) }

    func changeVolume(decibels: Float) {
        let changed = min(2, max(0.01, volumeFactor * Exact.pow(10, decibels / 20)))
        volume.store(changed.bitPattern, ordering: .relaxed)
    }
}

/// Plays piece after piece; allocates, locks and logs nothing while it plays: a lock that is taken is tried again at the
/// next block.
struct ProgrammeSource: AudioSource, ~Copyable {
    private let programme: Programme
    private let ring: FrameRing?
    private var sound: LiveSound
    private var played: Int64 = 0
    private var gain: Float = 1
    /// Frames of fade until the piece is left, when skipping.
    private var leaving: Int64 = -1
    private let fadeFrames: Int64

    init(first: consuming LiveSound, programme: Programme, ring: FrameRing?, sampleRate: Int) {
        sound = first
        self.programme = programme
        self.ring = ring
        fadeFrames = Int64(sampleRate / 2)
    }

    mutating func read(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>) throws(AudioIOError) -> Int {
        if leaving < 0, programme.isSkipping.exchange(false, ordering: .relaxed) { leaving = fadeFrames }
        let isOver = played >= sound.frames || leaving == 0
        if isOver, !change() {
            if programme.isLast.load(ordering: .acquiring) { return 0 }
            // The next piece is not ready: silence until it is.
            for i in left.indices {
                left[i] = 0
                right[i] = 0
            }
            return left.count
        }
        sound.render(&left, &right)
        played += Int64(left.count)
        var count = left.count
        if programme.isLast.load(ordering: .acquiring), played > sound.frames {
            count = max(0, left.count - Int(played - sound.frames))
        }
        shape(&left, &right)
        ring?.write(left, right, count: count)
        return count
    }

    /// Volume and the fade of a skip, both in straight lines over the block; a volume of 1 changes nothing.
    private mutating func shape(_ left: inout MutableSpan<Float>, _ right: inout MutableSpan<Float>) {
        var target = programme.volumeFactor
        if leaving >= 0 {
            leaving = max(0, leaving - Int64(left.count))
            target *= Float(leaving) / Float(fadeFrames)
        }
        if gain == 1, target == 1 { return }
        let step = (target - gain) / Float(left.count)
        for i in left.indices {
            gain += step
            left[i] *= gain
            right[i] *= gain
        }
        gain = target
    }

    /// Goes to the next piece if there is one.
    private mutating func change() -> Bool {
        var slot: LiveSound? = nil
        _ = programme.next.withLockIfAvailable { swap(&$0, &slot) }
        guard var next = slot.take() else { return false }
        swap(&next, &sound)
        slot = consume next
        // What has ended goes to a thread that may free it.
        _ = programme.retired.withLockIfAvailable { swap(&$0, &slot) }
        played = 0
        leaving = -1
        return true
    }
}
