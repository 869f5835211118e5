/// The inner loops over modes.
///
/// Raw pointers live in this file alone; `ScalarModes` is what they must equal.
public enum ModeKernel {
    /// Frames in one block.
    public static let block = 64

    /// Lets `count` groups ring for one block and adds what they give to `sum`, eight lanes a frame.
    ///
    /// Four groups are turned together, their states in registers for the whole block.
    @inline(never)
    public static func ring(_ modes: UnsafeMutablePointer<Mode8>, count: Int, sum: UnsafeMutablePointer<SIMD8<Float>>) {
        var g = 0
        while g + 1 < count {
            unsafe ringTwo(modes + g, sum)
            g += 2
        }
        if g < count { unsafe ringOne(modes + g, sum) }
    }

    @inline(__always)
    private static func ringTwo(_ m: UnsafeMutablePointer<Mode8>, _ sum: UnsafeMutablePointer<SIMD8<Float>>) {
        var (ar, ai) = unsafe (m[0].re, m[0].im)
        var (br, bi) = unsafe (m[1].re, m[1].im)
        let (apr, api) = unsafe (m[0].rotationRe, m[0].rotationIm)
        let (bpr, bpi) = unsafe (m[1].rotationRe, m[1].rotationIm)
        for n in 0..<block {
            let a = ar * apr - ai * api
            ai = ar * api + ai * apr
            ar = a
            let b = br * bpr - bi * bpi
            bi = br * bpi + bi * bpr
            br = b
            unsafe sum[n] += ai + bi
        }
        unsafe m[0].re = ar
        unsafe m[0].im = ai
        unsafe m[1].re = br
        unsafe m[1].im = bi
    }

    @inline(__always)
    private static func ringOne(_ m: UnsafeMutablePointer<Mode8>, _ sum: UnsafeMutablePointer<SIMD8<Float>>) {
        var (ar, ai) = unsafe (m[0].re, m[0].im)
        let (pr, pi) = unsafe (m[0].rotationRe, m[0].rotationIm)
        for n in 0..<block {
            let a = ar * pr - ai * pi
            ai = ar * pi + ai * pr
            ar = a
            unsafe sum[n] += ai
        }
        unsafe m[0].re = ar
        unsafe m[0].im = ai
    }

    /// Sum of weighted squared magnitudes.
    @inline(never)
    public static func weightedEnergy(
        _ modes: UnsafePointer<Mode8>, _ weights: UnsafePointer<SIMD8<Float>>, count: Int
    ) -> Float {
        var sum = SIMD8<Float>()
        for g in 0..<count {
            let (re, im) = unsafe (modes[g].re, modes[g].im)
            unsafe sum += weights[g] * (re * re + im * im)
        }
        return sum.sum()
    }

    /// The displacement at the hammer as the modes stand.
    public static func displacement(
        _ modes: UnsafePointer<Mode8>, _ coupling: UnsafePointer<Coupling8>, count: Int
    ) -> Float {
        var sum = SIMD8<Float>()
        for g in 0..<count {
            unsafe sum += modes[g].re * coupling[g].senseIm + modes[g].im * coupling[g].senseRe
        }
        return sum.sum()
    }

    /// Turns all groups by one frame and gives the displacement at the hammer.
    @inline(__always)
    public static func turn(
        _ modes: UnsafeMutablePointer<Mode8>, _ coupling: UnsafePointer<Coupling8>, count: Int
    ) -> Float {
        var displacement = SIMD8<Float>()
        for g in 0..<count {
            let m = unsafe modes[g]
            let re = m.re * m.rotationRe - m.im * m.rotationIm
            let im = m.re * m.rotationIm + m.im * m.rotationRe
            unsafe modes[g].re = re
            unsafe modes[g].im = im
            unsafe displacement += re * coupling[g].senseIm + im * coupling[g].senseRe
        }
        return displacement.sum()
    }

    /// Pushes all groups with a force held over a frame and gives the bridge force.
    @inline(__always)
    public static func push(
        _ modes: UnsafeMutablePointer<Mode8>, _ coupling: UnsafePointer<Coupling8>, count: Int, force: Float
    ) -> Float {
        var sum = SIMD8<Float>()
        for g in 0..<count {
            unsafe modes[g].re += coupling[g].pushRe * force
            let im = unsafe modes[g].im + coupling[g].pushIm * force
            unsafe modes[g].im = im
            sum += im
        }
        return sum.sum()
    }

    /// Drives groups by a force sampled at every fourth frame of a block, and adds what the drive has built up to the
    /// state at the end of the block.
    ///
    /// `rotation4` is the rotation of four frames; `drive` the answer to one newton over four frames.
    @inline(never)
    public static func drive(
        _ modes: UnsafeMutablePointer<Mode8>, _ sympathetic: UnsafePointer<Drive8>, count: Int,
        force: UnsafePointer<Float>
    ) {
        for g in 0..<count {
            let s = unsafe sympathetic[g]
            let (pr, pi) = fourth(unsafe modes[g])
            var re = SIMD8<Float>()
            var im = SIMD8<Float>()
            for k in 0..<block / 4 {
                let f = unsafe force[k]
                let r = re * pr - im * pi + s.re * f
                im = re * pi + im * pr + s.im * f
                re = r
            }
            unsafe modes[g].re += re
            unsafe modes[g].im += im
        }
    }

    /// As `drive` and `ring` together, at a quarter of the rate: for strings that only ring along, all below 2.5 kHz.
    ///
    /// Adds one value for every fourth frame to `sum`.
    @inline(never)
    public static func ringAlong(
        _ modes: UnsafeMutablePointer<Mode8>, _ sympathetic: UnsafePointer<Drive8>, count: Int,
        force: UnsafePointer<Float>, sum: UnsafeMutablePointer<SIMD8<Float>>
    ) {
        for g in 0..<count {
            let s = unsafe sympathetic[g]
            let (pr, pi) = fourth(unsafe modes[g])
            var (re, im) = unsafe (modes[g].re, modes[g].im)
            for k in 0..<block / 4 {
                let f = unsafe force[k]
                let r = re * pr - im * pi + s.re * f
                im = re * pi + im * pr + s.im * f
                re = r
                unsafe sum[k] += im
            }
            unsafe modes[g].re = re
            unsafe modes[g].im = im
        }
    }

    /// Rotation of four frames.
    @inline(__always)
    private static func fourth(_ m: Mode8) -> (SIMD8<Float>, SIMD8<Float>) {
        let (r, i) = (m.rotationRe, m.rotationIm)
        let (r2, i2) = (r * r - i * i, 2 * r * i)
        return (r2 * r2 - i2 * i2, 2 * r2 * i2)
    }

    /// Driven resonators `z = rotation z + x`, `x` eight lanes a frame; adds weighted real parts to left and right.
    @inline(never)
    public static func resonate(
        _ mode: UnsafeMutablePointer<Mode8>, input: UnsafePointer<SIMD8<Float>>, leftWeight: SIMD8<Float>,
        rightWeight: SIMD8<Float>, left: UnsafeMutablePointer<SIMD8<Float>>, right: UnsafeMutablePointer<SIMD8<Float>>
    ) {
        var (re, im) = unsafe (mode.pointee.re, mode.pointee.im)
        let (pr, pi) = unsafe (mode.pointee.rotationRe, mode.pointee.rotationIm)
        for n in 0..<block {
            let r = unsafe re * pr - im * pi + input[n]
            im = re * pi + im * pr
            re = r
            unsafe left[n] += re * leftWeight
            unsafe right[n] += re * rightWeight
        }
        unsafe mode.pointee.re = re
        unsafe mode.pointee.im = im
    }

    /// As `resonate`, for one channel.
    @inline(never)
    public static func resonateOne(
        _ mode: UnsafeMutablePointer<Mode8>, input: UnsafePointer<SIMD8<Float>>, weight: SIMD8<Float>,
        into sum: UnsafeMutablePointer<SIMD8<Float>>
    ) {
        var (re, im) = unsafe (mode.pointee.re, mode.pointee.im)
        let (pr, pi) = unsafe (mode.pointee.rotationRe, mode.pointee.rotationIm)
        for n in 0..<block {
            let r = unsafe re * pr - im * pi + input[n]
            im = re * pi + im * pr
            re = r
            unsafe sum[n] += re * weight
        }
        unsafe mode.pointee.re = re
        unsafe mode.pointee.im = im
    }

    /// Adds `gain` times a block of force to the inputs of eight resonators.
    @inline(never)
    public static func mix(
        _ gain: SIMD8<Float>, force: UnsafePointer<Float>, into input: UnsafeMutablePointer<SIMD8<Float>>
    ) {
        for n in 0..<block { unsafe input[n] += gain * force[n] }
    }
}

/// How eight modes answer the force of the bridge over four frames, in the units of their state.
@frozen
public struct Drive8: BitwiseCopyable, Sendable {
    public var re = SIMD8<Float>()
    public var im = SIMD8<Float>()

    public init() {}
}
