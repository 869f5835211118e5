import Foundation
import Testing

extension EndToEnd {
    @Suite("The user's configuration")
    struct ConfigurationTests {
        private static func scratch(_ configuration: String) throws -> Scratch {
            let scratch = try Scratch()
            try FileManager.default.createDirectory(
                atPath: scratch.path("xdg/beachpiano"), withIntermediateDirectories: true)
            try scratch.write("xdg/beachpiano/config.yaml", configuration)
            return scratch
        }

        private static func moment(_ arguments: [String], _ variables: [String: String], _ scratch: Scratch) throws
            -> String
        {
            let outcome = try Program.run(
                ["presets", "new", "-"] + arguments, in: scratch.url,
                environment: ["XDG_CONFIG_HOME": scratch.path("xdg")].merging(variables) { $1 })
            #expect(outcome.code == 0, "\(outcome.error)")
            return outcome.text
        }

        @Test("beats the moment, a variable beats it, an option beats all")
        func precedence() throws {
            let scratch = try Self.scratch("scene: {room: hall}\nduration: 40s\n")
            try scratch.write("evening.yaml", "mood: warm\nscene: {room: beach}\npiano: {instrument: felt}\n")
            let source = ["--preset", "evening.yaml"]
            let plain = try Self.moment(source, [:], scratch)
            #expect(plain.contains("room: hall") && plain.contains("duration: 40s"), "\(plain)")
            #expect(plain.contains("instrument: felt"), "\(plain)")
            let variable = try Self.moment(source, ["BEACHPIANO_ROOM": "room"], scratch)
            #expect(variable.contains("room: room") && variable.contains("duration: 40s"), "\(variable)")
            let option = try Self.moment(source + ["--room", "beach"], ["BEACHPIANO_ROOM": "room"], scratch)
            #expect(option.contains("room: beach"), "\(option)")
            // A relative folder is ignored, as the specification asks.
            let elsewhere = try Self.moment(source, ["XDG_CONFIG_HOME": "xdg"], scratch)
            #expect(elsewhere.contains("room: beach"), "\(elsewhere)")
        }

        @Test("is named by doctor, and a broken one ends a render with its place")
        func broken() throws {
            let scratch = try Self.scratch("output:\n  rate: 22050\n")
            let variables = ["XDG_CONFIG_HOME": scratch.path("xdg")]
            let render = try Program.run(
                ["render", "--mood", "warm", "out.wav"], in: scratch.url, environment: variables)
            #expect(render.code == 65 && render.errorLines.count == 1)
            #expect(render.error.contains("xdg/beachpiano/config.yaml:2:9: output.rate: '22050' is not known"))
            let doctor = try Program.run(["doctor"], in: scratch.url, environment: variables)
            #expect(doctor.code == 0 && doctor.text.contains("config.yaml:2:9"), "\(doctor.text)")
            try scratch.write("xdg/beachpiano/config.yaml", "output: {rate: 44100}\n")
            let again = try Program.run(["doctor"], in: scratch.url, environment: variables)
            #expect(again.text.contains("configuration: \(scratch.path("xdg/beachpiano/config.yaml"))\n"))
        }
    }
}
