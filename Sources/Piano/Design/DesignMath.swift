import Glibc

// Design is Double throughout, rendering is Float; the two never share a file.

func logOf(_ x: Double) -> Double { log(x) }
func expOf(_ x: Double) -> Double { exp(x) }

package extension ComplexDouble {
    static func + (a: Self, b: Self) -> Self { Self(a.re + b.re, a.im + b.im) }
    static func - (a: Self, b: Self) -> Self { Self(a.re - b.re, a.im - b.im) }
    static func * (a: Self, b: Self) -> Self { Self(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re) }
    static func * (a: Self, b: Double) -> Self { Self(a.re * b, a.im * b) }
    static prefix func - (a: Self) -> Self { Self(-a.re, -a.im) }
    static func / (a: Self, b: Self) -> Self {
        let d = 1 / (b.re * b.re + b.im * b.im)
        return Self((a.re * b.re + a.im * b.im) * d, (a.im * b.re - a.re * b.im) * d)
    }

    var magnitudeSquared: Double { re * re + im * im }
    var magnitude: Double { magnitudeSquared.squareRoot() }

    /// exp of a complex number.
    static func exp(_ z: Self) -> Self {
        let r = Glibc.exp(z.re)
        return Self(r * cos(z.im), r * sin(z.im))
    }

    /// A square root, the one with positive real part.
    var squareRoot: Self {
        let r = magnitude
        let a = (max(0, r + re) / 2).squareRoot()
        let b = (max(0, r - re) / 2).squareRoot()
        return Self(a, im < 0 ? -b : b)
    }
}
