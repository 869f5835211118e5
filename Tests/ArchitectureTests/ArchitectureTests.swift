import Foundation
import Testing

/// The law: a target may use only what its row names.
private let rows: [String: Set<String>] = [
    "Music": [],
    "Moods": ["Music"],
    "Senses": ["Music", "Moods", "CTurboJPEG", "CPNG", "CEXIF", "CKissFFT"],
    "Composition": ["Music", "Moods"],
    "Interpretation": ["Music", "Moods"],
    "DSP": [],
    "Piano": ["Music", "DSP", "CAudioSupport"],
    "Mixing": ["Music", "DSP", "CEBUR128"],
    "Documents": ["Music", "Moods"],
    "Presets": ["Music", "Moods", "CYAML"],
    "AudioIO": ["Music", "CSndfile", "CALSA", "CAudioSupport"],
    "BeachPianoKit": [
        "Music", "Moods", "Senses", "Composition", "Interpretation", "DSP", "Piano", "Mixing", "Documents", "Presets",
        "AudioIO", "CMD",
    ],
    "beachpiano": ["BeachPianoKit", "ArgumentParser"],
    "CSndfile": [], "CALSA": [], "CEBUR128": [], "CYAML": [], "CTurboJPEG": [], "CPNG": [], "CEXIF": [],
    "CKissFFT": [], "CMD": [], "CAudioSupport": [],
]

/// Targets that only tests use.
private let helpers: Set<String> = ["BeachPianoTestSupport", "CAllocationCounter", "beachpiano-fuzz"]

/// What a shipped target may import beside its row.
private let system: Set<String> = ["Glibc", "Synchronization"]

/// Shipped Swift targets that the package has now.
private func shipped(_ package: PackageDump) -> [PackageDump.Target] {
    package.targets.filter { $0.type != "test" && $0.type != "system" && !helpers.contains($0.name) }
}

/// Modules that a Swift file imports.
private func imports(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ").drop {
            $0.hasPrefix("@") || ["public", "package", "internal", "private", "fileprivate"].contains($0)
        }
        guard words.first == "import" else { return nil }
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        return words.dropFirst().first { !kinds.contains($0) }.map { String($0.prefix { $0 != "." }) }
    }
}

private func swiftFiles(of target: String) throws -> [URL] {
    let folder = PackageDump.root.appending(path: "Sources/\(target)")
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        .map { folder.appending(path: $0) }
}

@Suite struct ArchitectureTests {
    private let package: PackageDump

    init() throws { package = try PackageDump.read() }

    @Test func `every target has its row and declares only the arrows of its row`() {
        #expect(package.targets.count > 10)
        for target in package.targets where target.type != "test" && !helpers.contains(target.name) {
            guard let row = rows[target.name] else {
                Issue.record("\(target.name) is not in the architecture")
                continue
            }
            let used = Set(target.dependencies.map(\.name))
            #expect(used.isSubset(of: row), "\(target.name) may not use \(used.subtracting(row).sorted())")
        }
    }

    @Test func `composer and piano never meet`() {
        let arrows = Dictionary(
            uniqueKeysWithValues: package.targets.map { ($0.name, Set($0.dependencies.map(\.name))) })
        func reach(_ name: String) -> Set<String> {
            (arrows[name] ?? []).reduce(into: [name]) { $0.formUnion(reach($1)) }
        }
        #expect(reach("Composition").intersection(reach("Piano")) == ["Music"])
    }

    @Test func `sources import only their row, and neither Foundation nor anything beyond the system's library`() throws
    {
        for target in shipped(package) where target.name != "CAudioSupport" {
            let files = try swiftFiles(of: target.name)
            #expect(!files.isEmpty, "\(target.name) has no source")
            let row = rows[target.name, default: []].union(system)
            for file in files {
                let foreign = Set(try imports(of: file)).subtracting(row)
                #expect(foreign.isEmpty, "\(target.name)/\(file.lastPathComponent) imports \(foreign.sorted())")
            }
        }
    }

    @Test func `every shipped target has its tests, the command those from end to end`() {
        let tests = Set(package.targets.filter { $0.type == "test" }.map(\.name))
        for target in shipped(package) where target.name != "CAudioSupport" {
            let name = target.name == "beachpiano" ? "EndToEndTests" : target.name + "Tests"
            #expect(tests.contains(name), "\(target.name) has no \(name)")
        }
    }

    @Test func `only tests use the test helpers`() {
        for target in shipped(package) {
            #expect(helpers.isDisjoint(with: target.dependencies.map(\.name)), "\(target.name)")
        }
    }
}
