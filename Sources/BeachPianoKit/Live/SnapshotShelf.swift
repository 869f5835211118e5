import Glibc
package import Mixing
package import Music
package import Piano
import Synchronization

/// The states at the last three section starts, kept by the audio thread in memory that is there already.
///
/// The memory is made by `prepare`, on another thread, so that the sound need not wait for it: the first section starts
/// from a piano at rest, which nobody has to remember.
@safe
package final class SnapshotShelf: @unchecked Sendable {
    private let tables: InstrumentTables
    private let room: RoomSettings
    private let level: Room.Level
    private let sea: Seas?
    /// `count` of them once `isReady`; each is held by whoever has set its bit.
    private let slots: UnsafeMutablePointer<Slot>
    private let isReady = Atomic<Bool>(false)
    private let held = Atomic<Int>(0)

    private struct Slot: ~Copyable {
        var state: LiveState
        /// -1 while empty.
        var section = -1
    }

    /// The number of the section that starts from rest.
    package static let first = 1
    private static let count = 3

    package init(
        tables: InstrumentTables, room: RoomSettings, level: Room.Level? = nil, sea: Seas? = nil
    ) {
        self.level = level ?? Room.level(room, nearness: tables.settings.nearness, sampleRate: tables.sampleRate)
        self.sea = sea
        self.tables = tables
        self.room = room
        unsafe slots = .allocate(capacity: Self.count)
    }

    deinit {
        if isReady.load(ordering: .acquiring) { unsafe slots.deinitialize(count: Self.count) }
        unsafe slots.deallocate()
    }

    /// Makes the memory, some tens of milliseconds; once.
    package func prepare() {
        precondition(!isReady.load(ordering: .acquiring), "a shelf is prepared once")
        for i in 0..<Self.count {
            unsafe (slots + i).initialize(
                to: Slot(state: LiveState(tables: tables, room: room, level: level, sea: sea)))
        }
        isReady.store(true, ordering: .releasing)
    }

    /// Remembers a state; where the place is being read, nothing is remembered.
    ///
    /// Never waits, and asks nobody.
    package func save(_ section: Int, _ state: borrowing LiveState) {
        guard section != Self.first, isReady.load(ordering: .acquiring), hold(section) else { return }
        let slot = unsafe slots + section % Self.count
        unsafe slot.pointee.state.copy(state)
        unsafe slot.pointee.section = section
        letGo(section)
    }

    /// The state at the start of a section; nil where it is not here any more.
    package func load(_ section: Int) -> LiveState? {
        var state = LiveState(tables: tables, room: room, level: level, sea: sea)
        if section == Self.first { return state }
        guard isReady.load(ordering: .acquiring) else { return nil }
        // Saving takes less than a millisecond.
        while !hold(section) { usleep(500) }
        let slot = unsafe slots + section % Self.count
        let isHere = unsafe slot.pointee.section == section
        if isHere { unsafe state.copy(slot.pointee.state) }
        letGo(section)
        if isHere { return state }
        return nil
    }

    private func hold(_ section: Int) -> Bool {
        let bit = 1 << (section % Self.count)
        return held.bitwiseOr(bit, ordering: .acquiring).oldValue & bit == 0
    }

    private func letGo(_ section: Int) {
        held.bitwiseAnd(~(1 << (section % Self.count)), ordering: .releasing)
    }
}
