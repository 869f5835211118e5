package import Music
package import Piano
import Synchronization

/// The states at the last three section starts, kept by the audio thread in memory that is there already.
///
/// The memory is made by `prepare`, on another thread, so that the sound need not wait for it: the first section starts
/// from a piano at rest, which nobody has to remember.
package final class SnapshotShelf: Sendable {
    private let tables: InstrumentTables
    private let room: RoomSettings
    private let slots = Mutex<[Slot]>([])

    private final class Slot: Sendable {
        let content: Mutex<Content>
        init(_ state: consuming sending LiveState) { content = Mutex(Content(state: state)) }
    }

    private struct Content: ~Copyable {
        var state: LiveState
        /// -1 while empty.
        var section = -1
    }

    /// The number of the section that starts from rest.
    package static let first = 1
    private static let count = 3

    package init(tables: InstrumentTables, room: RoomSettings) {
        self.tables = tables
        self.room = room
    }

    /// Makes the memory, some tens of milliseconds.
    package func prepare() {
        let new = (0..<Self.count).map { _ in Slot(LiveState(tables: tables, room: room)) }
        slots.withLock { $0 = new }
    }

    /// Remembers a state; where the place is being read, nothing is remembered.
    ///
    /// Never waits.
    package func save(_ section: Int, _ state: borrowing LiveState) {
        guard section != Self.first else { return }
        _ = slots.withLockIfAvailable { slots in
            guard !slots.isEmpty else { return }
            _ = slots[section % slots.count].content.withLockIfAvailable { content in
                content.state.copy(state)
                content.section = section
            }
        }
    }

    /// The state at the start of a section; nil where it is not here any more.
    package func load(_ section: Int) -> LiveState? {
        var state = LiveState(tables: tables, room: room)
        if section == Self.first { return state }
        guard let slot = slots.withLock({ $0.isEmpty ? nil : $0[section % $0.count] }) else { return nil }
        let isHere = slot.content.withLock { content in
            guard content.section == section else { return false }
            state.copy(content.state)
            return true
        }
        if isHere { return state }
        return nil
    }
}
