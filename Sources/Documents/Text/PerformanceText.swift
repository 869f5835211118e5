public import Music

/// A performance as a table to read and as JSON for machines.
public enum PerformanceText {
    /// Heading, then keys and pedals in one table in the order of time; times are in seconds.
    public static func text(of performance: Performance) -> String {
        var heading = performance.title + "\n"
        if let key = performance.key { heading += key.name + ", " }
        if let metre = performance.metre { heading += "\(metre), " }
        heading += "\(performance.notes.count) notes, \(performance.pedals.count) pedal movements, "
        heading += "\(Decimal.fixed(performance.duration, 1)) s\n"

        var table = TextTable([
            ("seconds", .right), ("what", .left), ("voice", .left), ("length", .right), ("velocity", .right),
            ("depth", .right),
        ])
        var rest = performance.pedals[...]
        let keys = performance.keys
        for note in performance.notes {
            while let pedal = rest.first, pedal.time <= note.onset {
                add(pedal, to: &table)
                rest.removeFirst()
            }
            table.add(
                Decimal.fixed(note.onset, 3), name(of: note, keys), note.role?.rawValue ?? "",
                Decimal.fixed(note.release - note.onset, 3), Decimal.fixed(Double(note.velocity), 1), "")
        }
        for pedal in rest { add(pedal, to: &table) }
        return heading + "\n" + table.text
    }

    /// The whole performance as a JSON object; times are in seconds, depths 0...1.
    public static func json(of performance: Performance) -> String {
        let keys = performance.keys
        return JSONText.object([
            ("title", .string(performance.title)),
            ("key", performance.key.map { .string($0.name) } ?? .null),
            ("beatsInBar", performance.metre.map { .integer($0.beats) } ?? .null),
            ("duration", seconds(performance.duration)),
            ("notes", .array(performance.notes.map { json($0, keys) })),
            ("pedals", .array(performance.pedals.map(json))),
            (
                "tempoMap",
                .array(
                    performance.tempoMap.map {
                        .object([("beat", .number($0.beat, decimals: 6)), ("seconds", seconds($0.seconds))])
                    })
            ),
        ]).document
    }

    // MARK: - Parts

    private static func add(_ pedal: PedalEvent, to table: inout TextTable) {
        table.add(
            Decimal.fixed(pedal.time, 3), name(of: pedal.pedal), "pedal", "", "",
            Decimal.fixed(Double(pedal.depth.value), 2))
    }

    private static func json(_ note: NoteEvent, _ keys: Keys) -> JSONText {
        .object([
            ("onset", seconds(note.onset)), ("release", seconds(note.release)), ("pitch", .integer(note.pitch.midi)),
            ("name", .string(name(of: note, keys))), ("velocity", .number(Double(note.velocity), decimals: 3)),
            ("voice", note.role.map { .string($0.rawValue) } ?? .null),
        ])
    }

    private static func json(_ pedal: PedalEvent) -> JSONText {
        .object([
            ("time", seconds(pedal.time)), ("pedal", .string(name(of: pedal.pedal))),
            ("depth", .number(Double(pedal.depth.value), decimals: 4)),
        ])
    }

    private static func seconds(_ value: Double) -> JSONText { .number(value, decimals: 6) }

    private typealias Keys = [(seconds: Double, key: WrittenKey)]

    /// Seconds by which a hand may come before the bar that it means.
    private static let early = 0.1

    /// The note as it is written in the key that stands; with sharps where none is known.
    private static func name(of note: NoteEvent, _ keys: Keys) -> String {
        let standing = keys.last { $0.seconds <= note.onset + early } ?? keys.first
        return standing.map { Spelling.spell(note.pitch, key: $0.key, chord: nil).name } ?? note.pitch.name
    }

    private static func name(of pedal: Pedal) -> String {
        switch pedal {
        case .sustain: "sustain"
        case .sostenuto: "sostenuto"
        case .unaCorda: "una corda"
        }
    }
}
