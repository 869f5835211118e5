import Foundation

/// A device of ALSA, called `paced`, that takes sound at the pace of a clock and puts it into `played.raw`: its `null`
/// plugin alone takes as much as comes, which no disk keeps up with.
enum PacedDevice {
    /// The environment in which it is there, its files in `scratch`, playing so many times faster than real time.
    static func configuration(_ scratch: Scratch, speed: Int = 1) throws -> [String: String] {
        try scratch.write(
            "pace.py",
            """
            import sys, time
            start, taken = time.monotonic(), 0
            while block := sys.stdin.buffer.read(9600):
                sys.stdout.buffer.write(block)
                taken += len(block) / (384000 * \(speed))
                time.sleep(max(0, start + taken - time.monotonic()))

            """)
        try scratch.write(
            "asound.conf",
            """
            pcm.null { type null }
            pcm.paced {
                type file slave.pcm "null" format "raw"
                file "| /usr/bin/python3 \(scratch.path("pace.py")) > \(scratch.path("played.raw"))"
            }
            pcm.!default { type plug slave.pcm "paced" }
            ctl.!default { type null }

            """)
        return ["ALSA_CONFIG_PATH": scratch.path("asound.conf")]
    }
}
