import BeachPianoKit
import Testing

@Suite("Shards of a batch")
struct ShardTests {
    private static func shard(_ text: String, _ variables: [String: String] = [:]) throws(StudioError) -> Shard {
        try Shard(text, environment: Environment(variables: variables))
    }

    @Test("hold each piece once, whatever their number", arguments: [1, 2, 3, 7, 20])
    func union(_ count: Int) throws {
        let identities = (0..<500).map { String(UInt64($0) &* 0x9E37_79B9_7F4A_7C15, radix: 16) }
        for identity in identities {
            var holders = 0
            for index in 0..<count where try Self.shard("\(index)/\(count)").holds(identity) { holders += 1 }
            #expect(holders == 1)
        }
    }

    @Test("read a scheduler's variables")
    func automatic() throws {
        let slurm = [
            "SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "9",
            "SLURM_ARRAY_TASK_STEP": "2", "SLURM_ARRAY_TASK_COUNT": "5",
        ]
        #expect(try Self.shard("auto", slurm) == Self.shard("3/5"))
        let kubernetes = ["JOB_COMPLETION_INDEX": "2", "BEACHPIANO_SHARDS": "4"]
        #expect(try Self.shard("auto", kubernetes) == Self.shard("2/4"))
        // A part of an array that is run again keeps its place.
        let again = ["SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_COUNT": "1", "BEACHPIANO_SHARDS": "20"]
        #expect(try Self.shard("auto", again) == Self.shard("7/20"))
    }

    @Test(
        "refuse what would leave pieces to nobody",
        arguments: [
            ("auto", [:]), ("auto", ["JOB_COMPLETION_INDEX": "0"]),
            ("auto", ["JOB_COMPLETION_INDEX": "4", "BEACHPIANO_SHARDS": "4"]),
            (
                "auto",
                [
                    "SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "5",
                    "SLURM_ARRAY_TASK_COUNT": "2",
                ]
            ),
            ("4/4", [:]), ("-1/4", [:]), ("0/0", [:]), ("1", [:]), ("a/b", [:]), ("1/2/3", [:]), ("", [:]),
        ] as [(String, [String: String])])
    func refused(_ text: String, _ variables: [String: String]) {
        let error = #expect(throws: StudioError.self) { try Self.shard(text, variables) }
        #expect(error?.kind == .usage)
    }
}

@Suite("Names of a batch's files")
struct BatchNamesTests {
    @Test("are filled in from the template")
    func filled() throws {
        let names = try BatchNames("{preset} in {mood}-{index}")
        #expect(names.name(["preset": "warm", "mood": "sad", "index": "2"]) == "warm in sad-2")
    }

    @Test(
        "stay one plain name in the folder whatever the values",
        arguments: [
            "../../x", "/etc/passwd", "..", ".", "", "-rf", "a/b\\c", "a\nb", "a\u{0}b", "\u{1B}[2J", "\u{202E}gpj.wav",
            String(repeating: "\u{1F30A}", count: 300), ".hidden",
        ])
    func harmless(_ value: String) throws {
        let name = try BatchNames("{preset}").name(["preset": value])
        #expect(!name.isEmpty && name.utf8.count <= 200 && !name.hasPrefix(".") && !name.hasPrefix("-"))
        #expect(!name.contains("/") && !name.contains("\\"))
        #expect(name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    }

    @Test(
        "refuse templates that say something else",
        arguments: ["", "../{preset}", "a/b", ".x", "-x", "{x}", "{preset", "a\nb"])
    func refused(_ template: String) {
        let error = #expect(throws: StudioError.self) { try BatchNames(template) }
        #expect(error?.kind == .usage)
    }
}

@Suite("JSON lines read back")
struct JSONReadingTests {
    private static let value = JSON.object([
        ("file", .string("a \"b\" \\ \u{1} \u{1F30A}\n.wav")), ("size", .integer(-7)), ("piece", .null),
        ("tempo", .number(63.25, places: 2)), ("list", .array([.bool(true), .bool(false), .object([])])),
    ])

    @Test("as they were written")
    func roundTrip() {
        let text = Self.value.text
        #expect(JSON(parsing: text[...])?.text.hasPrefix(text.prefix(40)) == true)
        #expect(JSON(parsing: text[...])?["file"]?.string == "a \"b\" \\ \u{1} \u{1F30A}\n.wav")
        #expect(JSON(parsing: text[...])?["size"]?.integer == -7)
        #expect(JSON(parsing: text[...])?["tempo"]?.number == 63.25)
    }

    @Test("or not at all where they are torn")
    func torn() {
        let bytes = Array(Self.value.text.utf8)
        for count in 0..<bytes.count {
            let text = String(decoding: bytes[..<count], as: UTF8.self)
            #expect(JSON(parsing: text[...]) == nil, "\(text)")
        }
        for text in ["{} {}", "[1,]", "{\"a\":}", "nul", "\"\\x\"", "1e999", String(repeating: "[", count: 100_000)] {
            #expect(JSON(parsing: text[...]) == nil)
        }
    }
}
