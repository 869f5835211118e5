/// The figures of one workload, as lines of a Markdown table.
struct ResultTable {
    struct Row {
        let name: String
        private(set) var usages: [Usage] = []
        /// Seconds of sound written.
        private(set) var sound = 0.0

        init(name: String) { self.name = name }

        mutating func add(_ usage: Usage, sound: Double) {
            usages.append(usage)
            self.sound = sound
        }

        /// CPU seconds of each round.
        var cpu: [Double] { usages.map(\.cpu) }
    }

    let name: String
    let rowsByName: [Row]

    init(name: String, rows: [Row]) {
        self.name = name
        rowsByName = rows
    }

    static let head = """
        | workload | renderer | CPU s, median (least - most) | x real time | ms a second | ours / theirs (least - most) \
        | memory MB | wall s |
        |---|---|---|---|---|---|---|---|
        """

    var rows: String {
        rowsByName.enumerated().map { i, row in
            let cpu = row.cpu
            let spread = "\(text(cpu.median)) (\(text(cpu.min() ?? 0)) - \(text(cpu.max() ?? 0)))"
            let speed = row.sound > 0 ? text(row.sound / cpu.median) : ""
            let cost = row.sound > 0 ? text(1000 * cpu.median / row.sound) : ""
            return
                "| \(i == 0 ? name : "") | \(row.name) | \(spread) | \(speed) | \(cost) | \(i > 0 ? ratio(row) : "") | "
                + "\(text(row.usages.map(\.memory).median)) | \(text(row.usages.map(\.wall).median)) |\n"
        }.joined()
    }

    /// Our CPU time for a second of sound over theirs, round by round.
    private func ratio(_ peer: Row) -> String {
        let ours = rowsByName[0]
        guard ours.sound > 0, peer.sound > 0 else { return "" }
        let ratios = zip(ours.cpu, peer.cpu).map { ($0 / ours.sound) / ($1 / peer.sound) }
        return "\(text(ratios.median)) (\(text(ratios.min() ?? 0)) - \(text(ratios.max() ?? 0)))"
    }
}

extension [Double] {
    /// The middle value; of an even number the mean of the middle two; 0 of none.
    var median: Double {
        guard !isEmpty else { return 0 }
        let sorted = sorted()
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }

    /// The value below which a share of all lies.
    func quantile(_ share: Double) -> Double { sorted()[Swift.min(count - 1, Int(share * Double(count)))] }
}

/// A number with three significant digits.
func text(_ x: Double) -> String {
    guard x != 0, x.isFinite else { return x == 0 ? "0" : "\(x)" }
    var (scaled, digits) = (abs(x), 0)
    while scaled < 100, digits < 5 {
        scaled *= 10
        digits += 1
    }
    var power = 1.0
    for _ in 0..<digits { power *= 10 }
    let whole = Int((abs(x) * power).rounded())
    let sign = x < 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(whole)" }
    let digitsText = String(repeating: "0", count: max(0, digits + 1 - "\(whole)".count)) + "\(whole)"
    return "\(sign)\(digitsText.dropLast(digits)).\(digitsText.suffix(digits))"
}
