import Glibc

// glibc's Float functions give the same bits on every CPU, its Double functions do not (measured), so what decides
// notes goes through these.

extension RandomStream {
    static func logarithm(_ x: Float) -> Float { logf(x) }
}

/// Elementary functions in `Float` for decisions of the composer and the performer.
public enum Exact {
    public static func exp(_ x: Float) -> Float { expf(x) }
    public static func exp2(_ x: Float) -> Float { exp2f(x) }
    public static func log(_ x: Float) -> Float { logf(x) }
    public static func log2(_ x: Float) -> Float { log2f(x) }
    public static func pow(_ x: Float, _ y: Float) -> Float { powf(x, y) }
    public static func sin(_ x: Float) -> Float { sinf(x) }
    public static func cos(_ x: Float) -> Float { cosf(x) }
}
