import Foundation

/// The package as SwiftPM understands it.
struct PackageDump: Decodable {
    struct Target: Decodable {
        var name: String
        /// `regular`, `executable`, `test` or `system`.
        var type: String
        var dependencies: [Dependency]
    }

    /// A target by name, or a product of another package.
    struct Dependency: Decodable {
        var name: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            let kinds = try container.decode([String: [Part]].self)
            guard let first = kinds.values.first?.first, case .name(let name) = first else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "a dependency has no name")
            }
            self.name = name
        }
    }

    /// An element of a dependency's description: its name comes first, conditions and packages after it.
    enum Part: Decodable {
        case name(String)
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            self = (try? container.decode(String.self)).map { .name($0) } ?? .other
        }
    }

    var targets: [Target]

    /// The folder of the package.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Asks SwiftPM; in a scratch folder of its own, since `swift test` holds the lock of the usual one.
    static func read() throws -> PackageDump {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "architecture-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "swift", "package", "dump-package", "--package-path", root.path, "--scratch-path", scratch.path,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return try JSONDecoder().decode(PackageDump.self, from: data)
    }
}
