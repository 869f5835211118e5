import BeachPianoKit
import Testing

@Suite("Words and numbers for people and machines")
struct ConsoleTests {
    @Test("decimals have a dot and the places asked for")
    func decimals() {
        #expect(decimal(-23.04, 1) == "-23.0")
        #expect(decimal(0.05, 2) == "0.05")
        #expect(decimal(-0.001, 1) == "0.0")
        #expect(decimal(12, 0) == "12")
    }

    @Test("lengths read like a clock")
    func clock() {
        #expect(clockText(150) == "2:30")
        #expect(clockText(3725) == "1:02:05")
        #expect(clockText(5) == "0:05")
    }

    @Test("JSON escapes what it must")
    func json() {
        let object = JSON.object([("a", .string("x\"y\n\u{1}")), ("b", .array([.null, .bool(true), .integer(3)]))])
        #expect(object.text == #"{"a": "x\"y\n\u0001", "b": [null, true, 3]}"#)
    }

    @Test("relative XDG folders are ignored, as the specification asks")
    func folders() {
        let odd = Environment(variables: ["XDG_DATA_HOME": "relative", "HOME": "/home/me"])
        #expect(odd.dataFolder == "/home/me/.local/share/beachpiano")
        #expect(Environment(variables: ["XDG_DATA_HOME": "/data"]).dataFolder == "/data/beachpiano")
        #expect(Environment(variables: [:]).dataFolder == nil)
    }
}
