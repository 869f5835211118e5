/// Damages good inputs.
struct Mutator {
    let target: any Target

    /// Numbers at which readers go wrong.
    private static let edges: [UInt64] = [
        0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, 0x00FF_FFFF, 0x7FFF_FFFE, 0x7FFF_FFFF,
        0x8000_0000, 0xFFFF_FFF0, 0xFFFF_FFFF, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF,
    ]

    /// A damaged copy; `other` lends parts.
    func damaged(_ good: [UInt8], _ other: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = good
        for _ in 0..<(1 << dice.below(4)) { change(&bytes, other, &dice) }
        if bytes.count > target.limit { bytes.removeLast(bytes.count - target.limit) }
        if !dice.once(in: 4) { Containers.repair(&bytes) }
        return bytes
    }

    private func change(_ bytes: inout [UInt8], _ other: [UInt8], _ dice: inout Dice) {
        guard !bytes.isEmpty else {
            bytes = other
            return
        }
        let at = place(in: bytes, &dice)
        switch dice.below(14) {
        case 0: bytes[at] ^= 1 << UInt8(dice.below(8))
        case 1: bytes[at] = dice.byte()
        case 2: bytes[at] = dice.pick([0, 1, 0x7F, 0x80, 0xFE, 0xFF])
        case 3, 4: number(&bytes, at, &dice)
        case 5: bytes.removeLast(dice.length(bytes.count))
        case 6: bytes.removeSubrange(at..<min(bytes.count, at + dice.length(bytes.count - at)))
        case 7:
            let end = min(bytes.count, at + dice.length(bytes.count - at))
            bytes.insert(contentsOf: bytes[at..<end], at: at)
        case 8 where !other.isEmpty:
            let from = dice.below(other.count)
            let part = other[from..<min(other.count, from + dice.length(other.count - from))]
            if dice.once(in: 2) {
                bytes.insert(contentsOf: part, at: at)
            } else {
                bytes.replaceSubrange(at..<min(bytes.count, at + part.count), with: part)
            }
        case 9, 10:
            guard !target.words.isEmpty else { return }
            let word = dice.pick(target.words)
            if dice.once(in: 2) {
                bytes.insert(contentsOf: word, at: at)
            } else {
                bytes.replaceSubrange(at..<min(bytes.count, at + word.count), with: word)
            }
        case 11, 12: parts(&bytes, &dice)
        default:
            // The same over and over.
            let end = min(bytes.count, at + dice.length(min(64, bytes.count - at)))
            let part = bytes[at..<end]
            let times = min(1 << dice.below(14), (target.limit - min(target.limit, bytes.count)) / max(1, part.count))
            bytes.insert(contentsOf: (0..<times).flatMap { _ in part }, at: at)
        }
    }

    /// Headers are hit more often than what follows.
    private func place(in bytes: [UInt8], _ dice: inout Dice) -> Int {
        dice.below(dice.once(in: 2) ? min(bytes.count, 256) : bytes.count)
    }

    /// A length, an offset or a count goes to an edge, or a little up or down.
    private func number(_ bytes: inout [UInt8], _ at: Int, _ dice: inout Dice) {
        let size = min(dice.pick([1, 2, 2, 4, 4, 8]), bytes.count - at)
        let isBig = dice.once(in: 2)
        var value: UInt64 = 0
        if dice.once(in: 2) {
            value = dice.pick(Self.edges)
        } else {
            for i in 0..<size { value |= UInt64(bytes[at + i]) << UInt64(8 * (isBig ? size - 1 - i : i)) }
            value = value &+ UInt64(dice.below(33)) &- 16
        }
        for i in 0..<size {
            bytes[at + i] = UInt8(truncatingIfNeeded: value >> UInt64(8 * (isBig ? size - 1 - i : i)))
        }
    }

    /// Whole parts are doubled, left out, exchanged, or told wrong sizes.
    private func parts(_ bytes: inout [UInt8], _ dice: inout Dice) {
        let parts = Containers.parts(of: bytes)
        guard parts.count > 1 else { return }
        let (a, b) = (dice.pick(parts), dice.pick(parts))
        switch dice.below(4) {
        case 0: bytes.insert(contentsOf: bytes[a], at: b.lowerBound)
        case 1: bytes.removeSubrange(a)
        case 2:
            let (first, second) = a.lowerBound <= b.lowerBound ? (a, b) : (b, a)
            guard first.upperBound <= second.lowerBound else { return }
            let swapped = Array(bytes[second] + bytes[first.upperBound..<second.lowerBound] + bytes[first])
            bytes.replaceSubrange(first.lowerBound..<second.upperBound, with: swapped)
        default: number(&bytes, a.lowerBound + dice.below(min(12, a.count)), &dice)
        }
    }
}
