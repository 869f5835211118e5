import Composition
import Documents
import Music

extension Studio {
    /// The measurements of MIDI files beside human windows, as text or JSON.
    ///
    /// - Throws: what is wrong with the first file that cannot be read or holds no notes.
    public func judgeText(_ paths: [String], json: Bool) throws(StudioError) -> String {
        var judgements: [(path: String, judgement: Judgement)] = []
        for path in paths { judgements.append((path, try judge(path))) }
        return json
            ? JSON.array(judgements.map { Self.json($0.path, $0.judgement) }).text
            : judgements.map { Self.text($0.path, $0.judgement) }.joined(separator: "\n\n")
    }

    private func judge(_ path: String) throws(StudioError) -> Judgement {
        let (performance, _, _) = try readPerformance(PerformWishes(input: path))
        guard let metre = performance.metre ?? performance.timeSignatures.first.map(Self.quarters) else {
            return Judgement(notes: WrittenGrid.notes(performance), metre: Metre(beats: 4))
        }
        return Judgement(notes: WrittenGrid.notes(performance), metre: metre)
    }

    /// Bars of another unit in quarter notes, two of them where one has no whole number.
    private static func quarters(_ signature: TimeSignature) -> Metre {
        let eighths = max(1, 8 * signature.numerator / signature.denominator)
        return Metre(beats: eighths % 2 == 0 ? eighths / 2 : eighths)
    }

    private static func text(_ path: String, _ judgement: Judgement) -> String {
        let width = judgement.rows.map(\.name.count).max() ?? 0
        let lines = judgement.rows.map { row in
            func padded(_ text: String, _ width: Int) -> String {
                text + String(repeating: " ", count: max(0, width - text.count))
            }
            let value = padded(WindowText.value(row.value, beside: row.window), 6)
            let window = padded(WindowText.bounds(row.window), 14)
            return "  \(row.isInside ? "in " : "OUT") \(padded(row.name, width))  \(value)  \(window)  \(row.meaning)"
        }
        let verdict =
            judgement.isDamaged
            ? "unlike people's music where loops and noise are"
            : "nothing that tells loops or noise"
        return
            ([
                "\(path): \(judgement.bars) bars, \(judgement.notes) notes, \(judgement.inside) of \(judgement.rows.count) inside"
            ]
            + lines + ["  \(verdict)"]).joined(separator: "\n")
    }

    private static func json(_ path: String, _ judgement: Judgement) -> JSON {
        .object([
            ("file", .string(path)), ("bars", .integer(judgement.bars)), ("notes", .integer(judgement.notes)),
            ("inside", .integer(judgement.inside)), ("damaged", .bool(judgement.isDamaged)),
            (
                "rows",
                .array(
                    judgement.rows.map { row in
                        .object([
                            ("name", .string(row.name)), ("value", .number(Double(row.value), places: 4)),
                            ("low", .number(Double(row.window.lowerBound), places: 4)),
                            ("high", .number(Double(row.window.upperBound), places: 4)),
                            ("inside", .bool(row.isInside)),
                        ])
                    })
            ),
        ])
    }
}
