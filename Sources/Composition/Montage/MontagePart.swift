public import Music

/// A moment's part in a section of a montage.
public struct MontagePart: Hashable, Sendable {
    /// What a moment's motif does in a part.
    public enum Place: String, Hashable, Sendable, CaseIterable {
        /// Alone and in its own mode.
        case states
        /// In the key of all, with another motif to follow.
        case asks
        /// After the one that asks.
        case answers
        /// Above another motif at the climax.
        case leads
        /// In the tenor, under the one that leads.
        case under
        /// The last word.
        case closes
    }

    /// Index of the moment.
    public let voice: Int
    public let place: Place
    /// Bar of the section, from 0, in which the motif begins.
    public let bar: Int
    /// Bars until the next part or the section's end.
    public let bars: Int
}

/// Who sounds when in a montage.
public struct MontageRow: Hashable, Sendable {
    /// The moment's name.
    public let voice: String
    public let place: MontagePart.Place
    /// The bar in which the motif begins, from 1.
    public let bar: Int
    public let bars: Int
    public let key: Key
    /// Where bar `bar` begins and where the part ends.
    public let onset: Beat
    public let end: Beat

    /// Such as `bars 9-16   states   evening, in D major`.
    public var text: String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }
        return padded("bars \(bar)-\(bar + bars - 1)", 14) + padded(place.rawValue, 9) + "\(voice), in \(key.name)"
    }
}
