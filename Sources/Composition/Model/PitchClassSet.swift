/// A set of pitch classes 0...11, iterated upwards from C.
package struct PitchClassSet: Hashable, Sendable, Sequence, ExpressibleByArrayLiteral {
    /// Bit n is pitch class n.
    package private(set) var bits: UInt16 = 0

    package init(arrayLiteral elements: Int...) { self.init(elements) }

    /// The set of the numbers, each taken modulo 12.
    package init(_ elements: some Sequence<Int>) { for x in elements { insert(x) } }

    package var count: Int { bits.nonzeroBitCount }

    /// Whether a pitch or pitch class belongs to the set.
    package func contains(_ pitch: Int) -> Bool { bits & Self.bit(pitch) != 0 }
    package mutating func insert(_ pitch: Int) { bits |= Self.bit(pitch) }
    package mutating func remove(_ pitch: Int) { bits &= ~Self.bit(pitch) }

    package func makeIterator() -> some IteratorProtocol<Int> {
        (0..<12).lazy.filter { bits & (1 << UInt16($0)) != 0 }.makeIterator()
    }

    private static func bit(_ pitch: Int) -> UInt16 { 1 << UInt16(pitchClass(pitch)) }
}

/// The pitch class 0...11 of any number of semitones, negative ones as well.
package func pitchClass(_ semitones: Int) -> Int { ((semitones % 12) + 12) % 12 }

/// Semitones above the tonic of the seven degrees: Ionian, or Aeolian in minor.
package func scaleDegrees(isMinor: Bool) -> [Int] { isMinor ? [0, 2, 3, 5, 7, 8, 10] : [0, 2, 4, 5, 7, 9, 11] }
