import Music

/// Taking over the state of another piano of the same tables, into memory that is there already: allocates nothing.
extension PianoEngine {
    /// Becomes what `other` is: from here on both sound the same for the same events.
    ///
    /// - Parameter other: An engine built from the same tables.
    public mutating func copy(_ other: borrowing PianoEngine) {
        precondition(modes.count == other.modes.count, "engines of different instruments")
        Self.copy(other.keys, to: &keys)
        Self.copy(other.modes, to: &modes)
        Self.copy(other.coupling, to: &coupling)
        board.copy(other.board)
        pedals = other.pedals
        pedalBurst = other.pedalBurst
        Self.copy(other.buses, to: &buses)
        Self.copy(other.busPeak, to: &busPeak)
        Self.copy(other.regionForce, to: &regionForce)
        Self.copy(other.keyForce, to: &keyForce)
        Self.copy(other.left, to: &left)
        Self.copy(other.right, to: &right)
        given = other.given
        head = other.head
        queued = other.queued
        for i in 0..<queued {
            let place = (head + i) % Self.eventCapacity
            queue[place] = other.queue[place]
        }
        blockStart = other.blockStart
    }

    /// Makes all of its memory its own: arrays that were born as copies of each other would part at their first change,
    /// and allocate.
    public mutating func own() {
        Self.own(&keys)
        Self.own(&modes)
        Self.own(&coupling)
        board.own()
        Self.own(&lanes)
        Self.own(&force)
        Self.own(&hammerForce)
        Self.own(&buses)
        Self.own(&busPeak)
        Self.own(&regionForce)
        Self.own(&keyForce)
        Self.own(&drive)
        Self.own(&left)
        Self.own(&right)
        Self.own(&queue)
    }

    /// A write to an array that is shared copies it.
    static func own<T>(_ array: inout [T]) {
        if let first = array.first { array[0] = first }
    }

    /// Element by element, so that neither array changes its storage.
    @inline(__always)
    static func copy<T>(_ from: borrowing [T], to: inout [T]) {
        for i in to.indices { to[i] = from[i] }
    }
}
