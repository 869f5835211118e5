import Testing

/// The acoustic table: every row of the fact sheet that is read from sound, printed as measured / target.
@Suite("The acoustic table", .serialized)
struct AcousticTableTests {
    static let rows =
        (PitchRows.rows + ContactRows.rows + DecayRows.rows + LevelRows.rows + PedalRows.rows + ToneRows.rows
        + CouplingRows.rows + CostRows.rows)
        .sorted { $0.number < $1.number }

    /// Rows with a reading outside, and what is known of the reason.
    static let outside: [Int: String] = [
        9: "early rates of the tenor at 1.3 and 5 kHz, late rates of the top octaves and of the bass at 200 Hz",
        12:
            "a string alone loses as much to itself as to the bridge, in both directions; bass partials near 500 Hz fall early as fast as late",
        27: "without a room the noise of the blow is gone after .18 s",
        28: "strings that ring along die with the one they answer; at the level of T29 they leave it no longer",
        40: "less noise lies between the partials than in the recordings that the sheet was read from",
    ]

    @Test("every row inside its target, but for those whose reason is known", arguments: rows.map(\.number))
    func row(_ number: Int) throws {
        let row = try #require(Self.rows.first { $0.number == number })
        let readings = row.measure()
        var lines = ["T\(number) \(row.fact)"]
        for r in readings {
            lines.append("    \(r.isInside ? "inside " : "OUTSIDE") \(r.what): \(r.value) / \(r.target)")
        }
        if let reason = Self.outside[number] { lines.append("    outside because \(reason)") }
        print(lines.joined(separator: "\n"))
        if Self.outside[number] == nil {
            for r in readings { #expect(r.isInside, "T\(number) \(r.what): \(r.value), target \(r.target)") }
        } else {
            #expect(readings.contains { !$0.isInside }, "T\(number) is inside: take it off the list")
        }
    }

    @Test("the table is whole, and at least 43 of its 48 rows are inside")
    func complete() {
        // T44 and T45 are held in PianoTests, T46 below.
        let numbers = Self.rows.map(\.number) + [44, 45, 46]
        #expect(numbers.sorted() == Array(1...48))
        print("acoustic table: \(48 - Self.outside.count) of 48 rows inside")
        #expect(48 - Self.outside.count >= 43)
    }

    @Test("T46: the same bytes for any block and any run")
    func bytes() {
        let one = Sound.note(60, 90, seconds: 0.3)
        let other = Sound.render([.strike(60, 90)], seconds: 0.3, block: 64)
        #expect(one.left == other.left && one.right == other.right)
        #expect(one.left == Sound.note(60, 90, seconds: 0.3).left)
    }
}
