import AudioIO
import Presets
import Testing

@Suite("Format names in moment files")
struct FormatNamesTests {
    @Test("are those that the sound file writer knows, each container with every depth it has")
    func names() throws {
        for name in ParameterTable.formats {
            #expect(throws: Never.self, "\(name)") { try SoundFileFormat(path: "a", format: name) }
        }
        for container in SoundFileFormat.Container.allCases {
            for bits in ["16", "24", "32f"] {
                let name = container.rawValue + bits
                let isWritten = (try? SoundFileFormat(path: "a", format: name)) != nil
                #expect(ParameterTable.formats.contains(name) == isWritten, "\(name)")
            }
        }
    }
}
