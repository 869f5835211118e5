/// Rows of text under a heading with the columns aligned.
struct TextTable {
    enum Alignment { case left, right }

    private let columns: [(heading: String, alignment: Alignment)]
    private var rows: [[String]] = []

    init(_ columns: [(heading: String, alignment: Alignment)]) { self.columns = columns }

    /// Adds a row with one cell for every column.
    mutating func add(_ cells: String...) {
        precondition(cells.count == columns.count, "a row has a cell for every column")
        rows.append(cells)
    }

    /// The heading and the rows, two spaces between columns and none at the ends of lines.
    var text: String {
        let all = [columns.map(\.heading)] + rows
        let widths = columns.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            var line = ""
            for (i, cell) in row.enumerated() {
                let gap = String(repeating: " ", count: widths[i] - cell.count)
                line += (i == 0 ? "" : "  ") + (columns[i].alignment == .left ? cell + gap : gap + cell)
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
