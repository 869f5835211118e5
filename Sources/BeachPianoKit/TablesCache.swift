import Music
import Piano
import Synchronization

/// Instruments that have been worked out already, so that a batch does it once for each.
enum TablesCache {
    private struct Key: Hashable {
        var settings: InstrumentSettings
        var rate: Double
    }

    private static let known = Mutex<[Key: InstrumentTables]>([:])

    /// The tables of an instrument at a sample rate in Hz.
    static func tables(_ settings: InstrumentSettings, rate: Int) -> InstrumentTables {
        let key = Key(settings: settings, rate: Double(rate))
        if let tables = known.withLock({ $0[key] }) { return tables }
        let tables = InstrumentTables.make(settings: settings, sampleRate: Double(rate))
        known.withLock {
            // A batch uses a handful; a library of hundreds must not fill the memory.
            if $0.count >= 4 { $0.removeAll() }
            $0[key] = tables
        }
        return tables
    }
}
