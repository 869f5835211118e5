import Glibc

/// Chance from outside, asked for only where a fresh piece is wanted.
enum Entropy {
    static func bits() -> UInt64 {
        var value: UInt64 = 0
        let got = unsafe withUnsafeMutableBytes(of: &value) { unsafe getrandom($0.baseAddress, $0.count, 0) }
        if got == 8 { return value }
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(truncatingIfNeeded: time.tv_nsec &* 0x9E37_79B9 &+ time.tv_sec)
    }
}
