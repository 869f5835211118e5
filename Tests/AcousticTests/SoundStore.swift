import Synchronization

/// Notes that several rows look at, rendered once.
enum SoundStore {
    private static let notes = Mutex<[String: Sound]>([:])

    /// A key struck and held.
    static func note(_ key: Int, _ velocity: Float, seconds: Double) -> Sound {
        let name = "\(key) \(velocity) \(seconds)"
        if let known = notes.withLock({ $0[name] }) { return known }
        let sound = Sound.note(key, velocity, seconds: seconds)
        notes.withLock { $0[name] = sound }
        return sound
    }
}
