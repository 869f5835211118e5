import Foundation
import Testing

/// The tests that run the built program: one after another, as each uses the whole machine.
@Suite(.serialized)
struct EndToEnd {}

/// Runs the built binary as a user would.
enum Program {
    struct Outcome {
        var code: Int32
        var output: Data
        var error: String

        var text: String { String(decoding: output, as: UTF8.self) }
        /// Lines on standard error.
        var errorLines: [String] { error.split(separator: "\n").map(String.init) }
    }

    /// The folder of the test bundle holds the binary too.
    static let path: String = {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let beside = bundle.appendingPathComponent("beachpiano").path
        if FileManager.default.isExecutableFile(atPath: beside) { return beside }
        return repository.appendingPathComponent(".build/release/beachpiano").path
    }()

    /// The root of the checkout.
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Runs with the arguments in `folder`, with an environment of its own.
    ///
    /// `bytes` go to standard input at their times, which then ends.
    static func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:], executable: String? = nil,
        interruptAfter: Double? = nil, by signal: Int32 = SIGINT, times: Int = 1, apart: Double = 0.02,
        input: [(after: Double, line: String)]? = nil,
        bytes: [(after: Double, bytes: [UInt8])]? = nil
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable ?? path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var variables = ["PATH": "\((path as NSString).deletingLastPathComponent):/usr/bin:/bin", "HOME": folder.path]
        variables.merge(environment) { $1 }
        process.environment = variables
        let output = Pipe()
        let error = Pipe()
        process.standardOutput = output
        process.standardError = error
        let lines = Pipe()
        process.standardInput = input == nil && bytes == nil ? FileHandle.nullDevice : lines
        try process.run()
        if let input {
            Thread.detachNewThread {
                for (delay, line) in input {
                    Thread.sleep(forTimeInterval: delay)
                    // The program may have ended before.
                    try? lines.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
                }
            }
        }
        if let bytes {
            Thread.detachNewThread {
                for (delay, part) in bytes {
                    Thread.sleep(forTimeInterval: delay)
                    try? lines.fileHandleForWriting.write(contentsOf: Data(part))
                }
                Thread.sleep(forTimeInterval: 0.2)
                try? lines.fileHandleForWriting.close()
            }
        }
        if let interruptAfter {
            let number = process.processIdentifier
            Thread.detachNewThread {
                Thread.sleep(forTimeInterval: interruptAfter)
                for time in 0..<times {
                    if time > 0 { Thread.sleep(forTimeInterval: apart) }
                    kill(number, signal)
                }
            }
        }
        // Both pipes are read at once, so that neither fills up.
        let errorReader = Reader(error.fileHandleForReading)
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        let message = errorReader.wait()
        process.waitUntilExit()
        let code =
            process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
        return Outcome(code: code, output: bytes, error: String(decoding: message, as: UTF8.self))
    }

    private final class Reader: @unchecked Sendable {
        private let done = DispatchSemaphore(value: 0)
        private var data = Data()

        init(_ handle: FileHandle) {
            Thread.detachNewThread {
                self.data = handle.readDataToEndOfFile()
                self.done.signal()
            }
        }

        func wait() -> Data {
            done.wait()
            return data
        }
    }
}

/// An empty folder that goes away.
final class Scratch {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("beachpiano-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Names in the folder, sorted, without the hidden ones that the program did not make.
    var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
    }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: url.appendingPathComponent(name))
    }

    func data(_ name: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(name)) }
    func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}

/// The long forms of tests whose figures want many tries: `BEACHPIANO_LONG=1 swift test …`.
enum LongForm {
    static let isAsked = ProcessInfo.processInfo.environment["BEACHPIANO_LONG"] != nil

    static func count(_ long: Int, short: Int) -> Int { isAsked ? long : short }
}

/// Instants by chance, the same in every run.
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
