/// Chance from outside, asked for only where a fresh piece is wanted.
enum Entropy {
    static func bits() -> UInt64 {
        var system = SystemRandomNumberGenerator()
        return system.next()
    }
}
