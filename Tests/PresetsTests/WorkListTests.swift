import Presets
import Testing

@Suite("Work lists")
struct WorkListTests {
    private static func read(_ text: String, _ name: String) throws(PresetError) -> WorkList {
        try WorkListReader.read(bytes: Array(text.utf8), name: name)
    }

    @Test("say the same in YAML and in CSV")
    func both() throws {
        let yaml = try Self.read(
            """
            - {preset: warm, seed: 7, duration: 30s, format: [wav, flac]}
            - mood: stormy
              seeds: 3
              name: "storm, {index}"

            """, "a.yaml")
        let csv = try Self.read(
            "preset,mood,seed,seeds,duration,format,name\r\nwarm,,7,,30s,wav flac,\r\n\r\n"
                + ",stormy,,3,,,\"storm, {index}\"\r\n", "a.CSV")
        #expect(yaml.findings.isEmpty && csv.findings.isEmpty)
        #expect(yaml.rows.map(\.origin) == ["a.yaml:1:3", "a.yaml:2:3"])
        #expect(csv.rows.map(\.origin) == ["a.CSV:2:1", "a.CSV:4:1"])
        for rows in [yaml.rows, csv.rows] {
            #expect(rows.map(\.preset) == ["warm", nil] && rows.map(\.mood) == [nil, "stormy"])
            #expect(rows.map(\.seed) == ["7", nil] && rows.map(\.seeds) == [nil, 3])
            #expect(rows.map(\.duration) == ["30s", nil] && rows.map(\.formats) == [["wav", "flac"], []])
            #expect(rows.map(\.name) == [nil, "storm, {index}"])
        }
    }

    @Test(
        "report a wrong row with its place and keep the others",
        arguments: [
            ("- {preset: warm}\n- {seed: 7}\n", "a.yaml", "2:3: the row needs a preset or a mood"),
            (
                "- {preset: warm}\n- warm\n", "a.yaml",
                "2:3: a row has keys and values, such as {preset: warm, seeds: 3}"
            ),
            ("- {preset: warm}\n- {moood: sad}\n", "a.yaml", "2:4: moood: no such key, did you mean 'mood'?"),
            ("- {preset: warm}\n- {mood: a, mood: b}\n", "a.yaml", "2:13: mood: stands here twice, keep one"),
            (
                "- {preset: warm}\n- {mood: a, format: wma}\n", "a.yaml",
                "2:21: format: 'wma' is not known, did you mean 'wav'?"
            ),
            ("mood,seed\nwarm,7\nsad,x y\n", "a.csv", "3:5: seed: 'x y' is neither an integer nor three words"),
            ("mood,seeds\nwarm,7\nsad,0\n", "a.csv", "3:5: seeds: '0' is not a number in 1...10000"),
            (
                "mood,duration\nwarm,7\nsad,1s\n", "a.csv",
                "3:5: duration: '1s' is not a length from 3s to 24h, such as 2m30s"
            ),
            ("mood\nwarm\nsad,x\n", "a.csv", "3:5: the row has more cells than the first has names"),
        ])
    func wrongRow(_ text: String, _ name: String, _ finding: String) throws {
        let list = try Self.read(text, name)
        #expect(list.findings == ["\(name):\(finding)"])
        #expect(list.rows.count == 1)
    }

    @Test(
        "are refused as a whole where they are none",
        arguments: [
            ("mood: warm\n", "a.yaml", "1:1: a work list is a list of rows, such as '- {preset: warm, seeds: 3}'"),
            ("- [\n", "a.yaml", "2:1: did not find expected node content"),
            (
                "preset,tempo\nwarm,60\n", "a.csv",
                "1:8: tempo: no such column, use preset, mood, seed, seeds, duration, piano, room, sea, format, name"
            ),
            ("preset\n\"warm\n", "a.csv", "2:1: a cell begins with a quote and does not end"),
            ("preset\n\"warm\"x\n", "a.csv", "2:7: stands after the closing quote of a cell"),
            ("preset\nw\u{1B}\n", "a.csv", "2:2: holds the control character \\u{1B}"),
        ])
    func none(_ text: String, _ name: String, _ finding: String) {
        let error = #expect(throws: PresetError.self) { try Self.read(text, name) }
        #expect(error?.findings == ["\(name):\(finding)"])
    }

    @Test("may have thousands of rows")
    func long() throws {
        let csv = "preset,seed\n" + (0..<20_000).map { "warm,\($0)\n" }.joined()
        #expect(try Self.read(csv, "a.csv").rows.count == 20_000)
        let yaml = (0..<4000).map { "- {preset: warm, seed: \($0)}\n" }.joined()
        #expect(try Self.read(yaml, "a.yaml").rows.count == 4000)
    }
}
