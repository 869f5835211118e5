/// Finds the name that was probably meant.
public enum Spelling {
    /// The nearest of the names by edit distance; nil where none is near enough to be meant.
    public static func nearest(to word: String, among names: [String]) -> String? {
        let typed = word.lowercased()
        var best: (distance: Int, name: String)?
        for name in names {
            let distance = distance(typed, name.lowercased())
            if distance < best?.distance ?? Int.max { best = (distance, name) }
        }
        guard let best, best.distance <= max(2, word.count / 2) else { return nil }
        return best.name
    }

    /// Insertions, deletions, substitutions and swaps of neighbours that lead from one word to the other.
    static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a.utf8.prefix(64)), Array(b.utf8.prefix(64)))
        var rows = [Array(0...b.count)]
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var cost = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
