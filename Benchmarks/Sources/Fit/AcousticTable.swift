import ArgumentParser
import Foundation
import Piano

/// The acoustic table as its tests print it for a set of constants.
struct AcousticTable {
    /// For a shell; sees the path of the constants in `BEACHPIANO_FIT`.
    let command: String

    /// The numbers of the rows with a reading outside its target.
    ///
    /// - Throws: `ValidationError` where the command prints no table.
    func rowsOutside(_ fit: InstrumentFit) throws -> Set<Int> {
        let file = FileManager.default.temporaryDirectory.appending(path: "beachpiano-fit-\(UUID().uuidString).json")
        try encoded(fit).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.environment = ProcessInfo.processInfo.environment.merging(["BEACHPIANO_FIT": file.path]) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        var row: Int?
        var outside: Set<Int> = []
        for line in text.split(separator: "\n") {
            if let title = line.prefixMatch(of: #/T(\d+) /#) {
                row = Int(title.1)
            } else if let row, line.hasPrefix("    OUTSIDE ") {
                outside.insert(row)
            }
        }
        guard row != nil else { throw ValidationError("--table: '\(command)' prints no row of the acoustic table") }
        return outside
    }
}
