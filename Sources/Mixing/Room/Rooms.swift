package import Music

/// The places that a piano can be carried to while it plays: a room of each kind, one of which it stands in.
///
/// The sound is led over from the old room into the new one in a straight line; what rings in the old one rings out. Rooms
/// that nothing enters fall silent by themselves and cost nothing. A function of its input and of the frames at which it
/// is moved; `process` and `move` allocate nothing.
package struct Rooms: ~Copyable {
    private static let kinds = RoomSettings.Kind.allCases

    private var rooms: InlineArray<4, Room>
    private var entering = SIMD4<Float>.zero
    private var step = SIMD4<Float>.zero
    private var rest = 0
    private var left = InlineArray<64, Float>(repeating: 0)
    private var right = InlineArray<64, Float>(repeating: 0)
    private var leftSum = InlineArray<64, Float>(repeating: 0)
    private var rightSum = InlineArray<64, Float>(repeating: 0)
    private let crossing: Int

    /// Seconds from room to room: no step, and nothing of a glide.
    package static let crossingTime = 0.25

    /// A room and its level: all that a move needs to be told.
    package struct Move: Hashable, Sendable {
        let place: Int
        let level: Room.Level

        /// Works out a move to a kind of room with the microphones and the reverberation time of `settings`, which takes
        /// some milliseconds.
        package init(
            to kind: RoomSettings.Kind, _ settings: RoomSettings, nearness: Float = 1, sampleRate: Double
        ) {
            place = Rooms.place(kind)
            level = Room.level(settings.moved(to: kind), nearness: nearness, sampleRate: sampleRate)
        }
    }

    /// The piano stands in the room of `settings`.
    ///
    /// - Parameters:
    ///   - settings: the place, and the microphones that are the same in all of them.
    ///   - nearness: of the piano: how far its microphones stand from the strings, as a share of the scene's distance.
    ///   - level: of this place, where it has been worked out.
    ///   - sampleRate: in Hz.
    package init(
        settings: RoomSettings, nearness: Float = 1, level: Room.Level? = nil, sampleRate: Double
    ) {
        rooms = InlineArray {
            Room(unlevelled: settings.moved(to: Self.kinds[$0]), nearness: nearness, sampleRate: sampleRate)
        }
        crossing = Int(Self.crossingTime * sampleRate)
        let place = Self.place(settings.kind)
        rooms[place].set(level ?? Room.level(settings, nearness: nearness, sampleRate: sampleRate))
        entering[place] = 1
    }

    /// Leads the sound over into another room from the next frame on.
    package mutating func move(_ move: Move) {
        rooms[move.place].set(move.level)
        var goal = SIMD4<Float>.zero
        goal[move.place] = 1
        step = (goal - entering) / Float(crossing)
        rest = crossing
    }

    /// Hears the piano from another distance, in metres, in whatever room it stands.
    package mutating func listen(from distance: Double) {
        for i in 0..<4 { rooms[i].listen(from: distance) }
    }

    /// Adds the room to a block, in place.
    package mutating func process(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>) {
        process(left: &left, right: &right, 0..<left.count)
    }

    /// Adds the room to some frames of a block, in place.
    package mutating func process(
        left: inout MutableSpan<Float>, right: inout MutableSpan<Float>, _ frames: Range<Int>
    ) {
        if rest == 0, let only = theOnlyOne {
            rooms[only].process(left: &left, right: &right, frames)
            return
        }
        var start = frames.lowerBound
        while start < frames.upperBound {
            let count = min(64, frames.upperBound - start)
            lead(&left, &right, start, count)
            start += count
        }
    }

    /// The room that the sound enters, where no other one rings; all of it enters then.
    private var theOnlyOne: Int? {
        var only: Int?
        for i in 0..<4 {
            if entering[i] == 1 { only = i } else if !rooms[i].isAsleep { return nil }
        }
        return only
    }

    /// A stretch of at most 64 frames through all rooms that are entered or ring.
    private mutating func lead(
        _ outLeft: inout MutableSpan<Float>, _ outRight: inout MutableSpan<Float>, _ start: Int, _ count: Int
    ) {
        for f in 0..<count {
            leftSum[f] = 0
            rightSum[f] = 0
        }
        let moving = min(count, rest)
        for i in 0..<4 where entering[i] > 0 || step[i] > 0 && moving > 0 || !rooms[i].isAsleep {
            for f in 0..<count {
                let share = max(0, min(1, entering[i] + step[i] * Float(min(f, moving))))
                left[f] = outLeft[start + f] * share
                right[f] = outRight[start + f] * share
            }
            do {
                var l = left.mutableSpan
                var r = right.mutableSpan
                rooms[i].process(left: &l, right: &r, 0..<count)
            }
            for f in 0..<count {
                leftSum[f] += left[f]
                rightSum[f] += right[f]
            }
        }
        for f in 0..<count {
            outLeft[start + f] = leftSum[f]
            outRight[start + f] = rightSum[f]
        }
        settle(moving)
    }

    /// So many frames of a crossing are over.
    private mutating func settle(_ frames: Int) {
        guard frames > 0 else { return }
        entering += step * Float(frames)
        rest -= frames
        guard rest == 0 else { return }
        step = .zero
        // What the sum of the steps has left of one and of nothing.
        for i in 0..<4 { entering[i] = entering[i] > 0.5 ? 1 : 0 }
    }

    /// Becomes what `other` is, made from the same settings, without allocating.
    package mutating func copy(_ other: borrowing Rooms) {
        for i in 0..<4 { rooms[i].copy(other.rooms[i]) }
        (entering, step, rest) = (other.entering, other.step, other.rest)
    }

    fileprivate static func place(_ kind: RoomSettings.Kind) -> Int { kinds.firstIndex(of: kind) ?? 0 }
}

extension RoomSettings {
    /// The same microphones and wishes in another place.
    package func moved(to kind: Kind) -> RoomSettings {
        var settings = self
        settings.kind = kind
        return settings
    }
}
