import BeachPianoKit
import Foundation
import Testing

/// The worked target of music.md 4.14: the preset `on-the-beach`.
@Suite("Worked target")
struct WorkedTargetTests {
    private static let environment = ProcessInfo.processInfo.environment

    private static func piece(_ change: (inout Source) -> Void = { _ in }) throws -> Piece {
        var source = Source()
        source.preset = environment["BEACHPIANO_PRESET"] ?? "on-the-beach"
        change(&source)
        return try MusicTableTests.studio.piece(source)
    }

    @Test("every row of the table is met by the preset on-the-beach, most of them as measured")
    func rows() throws {
        let rows = WorkedTarget(try Self.piece()).rows
        for row in rows {
            print("TARGET \(row.line)")
            #expect(row.isInside, "\(row.name): wanted \(row.wanted), got \(row.got)")
        }
        let counts = [TargetRow.Origin.measured, .planned, .said].map { origin in rows.count { $0.origin == origin } }
        print("TARGET \(counts[0]) rows measured, \(counts[1]) as planned, \(counts[2]) as set")
        #expect(2 * counts[0] > rows.count)
    }

    /// How the preset was found: `BEACHPIANO_SEEDS=1-2000` prints which rows other seeds miss, `BEACHPIANO_PIANISTS=1-200`
    /// other pianists, where they are not more than `BEACHPIANO_MOST`.
    @Test("others", .enabled(if: (environment["BEACHPIANO_SEEDS"] ?? environment["BEACHPIANO_PIANISTS"]) != nil))
    func others() throws {
        let most = Int(Self.environment["BEACHPIANO_MOST", default: "4"]) ?? 4
        let seeds = Self.environment["BEACHPIANO_SEEDS"]
        let range = (seeds ?? Self.environment["BEACHPIANO_PIANISTS", default: ""]).split(separator: "-")
            .compactMap { UInt64($0) }
        var rates: [String: Int] = [:]
        for number in try #require(range.first)...(try #require(range.last)) {
            let piece = try Self.piece { if seeds == nil { $0.pianist = number } else { $0.seed = String(number) } }
            let missed = WorkedTarget(piece).writtenRows.filter { !$0.isInside }
            for row in missed { rates[row.name, default: 0] += 1 }
            guard missed.count <= most else { continue }
            print(
                "NUMBER \(number) misses \(missed.count): "
                    + missed.map { "\($0.name) \($0.got)" }.joined(separator: "; "))
        }
        print("MISSED \(rates.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }.joined(separator: "; "))")
    }
}
