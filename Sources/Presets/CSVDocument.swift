/// Comma-separated values as RFC 4180 has them: cells between double quotes may hold commas, line breaks and, doubled,
/// the quote itself.
enum CSVDocument {
    /// The rows with the place of each cell; empty lines are left out.
    static func load(_ bytes: [UInt8]) throws(YAMLError) -> [[YAMLNode]] {
        try YAMLGuard.check(bytes, limits: .none)
        var scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        if scalars.last != "\n" { scalars.append("\n") }
        var rows: [[YAMLNode]] = []
        var row: [YAMLNode] = []
        var cell = String.UnicodeScalarView()
        var isQuoted = false
        var isInside = false
        var mark = YAMLMark(line: 1, column: 1)
        var start = mark
        var i = 0
        while i < scalars.count {
            let scalar = scalars[i]
            i += 1
            if isInside {
                if scalar != "\"" {
                    cell.append(scalar)
                } else if i < scalars.count, scalars[i] == "\"" {
                    cell.append("\"")
                    i += 1
                    mark.column += 1
                } else {
                    isInside = false
                }
            } else if scalar == "\"", cell.isEmpty, !isQuoted {
                isQuoted = true
                isInside = true
            } else if scalar == "," || scalar == "\n" {
                if !isQuoted {
                    while cell.last == " " || cell.last == "\r" { cell.removeLast() }
                }
                row.append(.scalar(String(cell), isQuoted: isQuoted, start))
                cell = .init()
                isQuoted = false
                if scalar == "\n" {
                    if row.contains(where: { $0.scalar?.isEmpty == false }) { rows.append(row) }
                    row = []
                }
                start = YAMLMark(line: mark.line, column: mark.column + 1)
            } else if scalar == " ", cell.isEmpty, !isQuoted {
                start.column += 1
            } else if !isQuoted {
                cell.append(scalar)
            } else if scalar != " ", scalar != "\r" {
                throw YAMLError(mark: mark, what: "stands after the closing quote of a cell")
            }
            if scalar == "\n" {
                mark = YAMLMark(line: mark.line + 1, column: 1)
                if !isInside { start = mark }
            } else {
                mark.column += 1
            }
        }
        if isInside { throw YAMLError(mark: start, what: "a cell begins with a quote and does not end") }
        return rows
    }
}
