/// A length that one note head or one rest can show, on a grid of 48 places in a quarter note.
struct NoteValue: Hashable {
    /// Places in a quarter note: 1/3 and 1/16 of it both fall on the grid.
    static let divisions = 48

    /// Name in MusicXML.
    let type: String
    let isDotted: Bool
    /// Three in the time of two.
    let isTriplet: Bool
    let ticks: Int
    /// Beams or flags.
    let flags: Int

    /// Values from long to short; where two have the same length the undotted one comes first.
    private static let binary = values(isTriplet: false)
    private static let triplets = values(isTriplet: true)

    private static func values(isTriplet: Bool) -> [NoteValue] {
        let types = [
            ("whole", 0, 384), ("half", 0, 192), ("quarter", 0, 96), ("eighth", 1, 48), ("16th", 2, 24),
            ("32nd", 3, 12), ("64th", 4, 6), ("128th", 5, 3),
        ]
        var out: [NoteValue] = []
        // Twice the ticks, since a triplet of a 128th is one and the plain one is one and a half.
        for (type, flags, double) in types {
            for (isDotted, factor, divisor) in [(false, 1, 1), (true, 3, 2)] {
                let exact = double * factor * (isTriplet ? 2 : 1)
                let parts = divisor * (isTriplet ? 3 : 1) * 2
                guard exact % parts == 0 else { continue }
                out.append(
                    NoteValue(
                        type: type, isDotted: isDotted, isTriplet: isTriplet, ticks: exact / parts, flags: flags))
            }
        }
        return out.sorted { ($0.ticks, $1.isDotted ? 1 : 0) > ($1.ticks, $0.isDotted ? 1 : 0) }
    }

    /// The plain or dotted value of exactly this length.
    static func plain(_ ticks: Int) -> NoteValue? { binary.first { $0.ticks == ticks } }

    /// Values that fill `start..<end` of a bar, split where a reader expects to see the beat.
    ///
    /// `tripletBeats` are the beats of the bar that are written in triplets; the range covers none of them whole.
    static func fill(_ start: Int, _ end: Int, tripletBeats: Set<Int>) -> [NoteValue] {
        var out: [NoteValue] = []
        var place = start
        while place < end {
            let beat = place / divisions
            let beatEnd = (beat + 1) * divisions
            if tripletBeats.contains(beat) {
                out += greedy(min(end, beatEnd) - place, triplets)
                place = min(end, beatEnd)
                continue
            }
            // Up to the next beat in triplets the length may be shown as one.
            var limit = beatEnd
            while limit < end, !tripletBeats.contains(limit / divisions) { limit += divisions }
            let length = min(end, limit) - place
            let value = single(at: place, length: length)
            if let value {
                out.append(value)
                place += value.ticks
            } else {
                let piece = min(place + length, beatEnd) - place
                out += greedy(piece, binary)
                place += piece
            }
        }
        return out
    }

    /// The first value of a length that starts at `place`, where it may reach beyond the beat or fill it.
    private static func single(at place: Int, length: Int) -> NoteValue? {
        if place % 24 == 0, length == 48 || length == 72 { return plain(length) }
        guard place % divisions == 0 else {
            return place / divisions == (place + length - 1) / divisions ? plain(length) : nil
        }
        if length < divisions { return plain(length) }
        return plain([192, 144, 96, 48].first { $0 <= length && ($0 < 192 || place == 0) } ?? length)
    }

    /// The longest that fit, one after the other.
    private static func greedy(_ length: Int, _ values: [NoteValue]) -> [NoteValue] {
        var out: [NoteValue] = []
        var rest = length
        while rest > 0, let value = values.first(where: { $0.ticks <= rest }) {
            out.append(value)
            rest -= value.ticks
        }
        // What is no multiple of three is left over in plain values; a triplet of the shortest shows it.
        while rest > 0, let value = triplets.first(where: { $0.ticks <= rest }) {
            out.append(value)
            rest -= value.ticks
        }
        return out
    }
}
