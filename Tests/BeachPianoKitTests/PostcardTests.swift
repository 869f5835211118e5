import BeachPianoKit
import Foundation
import FoundationXML
import Presets
import Testing

@Suite("The postcards of the presets") struct PostcardTests {
    private static let folder =
        #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
        + "/Presets/postcards"

    private static func draw(_ preset: String) throws -> String {
        let console = Console(level: .quiet, environment: Environment(variables: [:]))
        var source = Source()
        source.preset = preset
        return try Studio(console: console, cancellation: Cancellation()).piece(source).postcard
    }

    @Test("are what the program draws now, the same each time, below 100 kB, and well-formed for another parser")
    func shipped() throws {
        var names: [String] = []
        for preset in PresetLibrary.shipped.map(\.name) {
            let svg = try Self.draw(preset)
            let path = "\(Self.folder)/\(preset).svg"
            names.append("\(preset).svg")
            if let out = ProcessInfo.processInfo.environment["BEACHPIANO_WRITE_README"], !out.isEmpty {
                try FileManager.default.createDirectory(atPath: Self.folder, withIntermediateDirectories: true)
                try svg.write(toFile: path, atomically: true, encoding: .utf8)
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == svg, "\(preset).svg is out of date")
            #expect(try Self.draw(preset) == svg, "\(preset) is drawn in two ways")
            let root = try XMLDocument(xmlString: svg).rootElement()
            #expect(root?.name == "svg" && root?.elements(forName: "title").count == 1)
            #expect(svg.utf8.count < 100_000, "\(preset): \(svg.utf8.count) bytes")
        }
        #expect(names.count >= 24)
        let kept = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
        #expect(kept.sorted() == names.sorted())
    }

    @Test("nights have stars and a moon, storms rain, and each preset its own light")
    func light() throws {
        let lullaby = try Self.draw("lullaby")
        #expect(lullaby.contains("<path transform=\"translate"))
        #expect(try !Self.draw("joyful").contains("<path transform=\"translate"))
        #expect(try Self.draw("stormy").contains("#eef3f6") && !lullaby.contains("#eef3f6"))
        let skies = try PresetLibrary.shipped.map { preset in
            try Self.draw(preset.name).split(separator: "\n").filter { $0.contains("<stop") }.joined()
        }
        #expect(Set(skies).count == skies.count)
    }
}
