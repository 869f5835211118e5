import Glibc

/// A folder that goes when it is no longer needed.
struct TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/beachpiano-bench-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else {
            throw BenchError(description: "/tmp: cannot make a folder (error \(errno))")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes the folder with all that is in it.
    func remove() { _ = try? measure(["rm", "-r", "-f", path]) }
}

func writeFile(_ bytes: [UInt8], to path: String) throws {
    guard let file = unsafe fopen(path, "wb") else {
        throw BenchError(description: "\(path): cannot write (error \(errno))")
    }
    let written = unsafe fwrite(bytes, 1, bytes.count, file)
    guard unsafe fclose(file) == 0, written == bytes.count else {
        throw BenchError(description: "\(path): not written whole (error \(errno))")
    }
}

/// The first bytes of a file.
func readFile(_ path: String, atMost limit: Int) -> [UInt8] {
    guard let file = unsafe fopen(path, "rb") else { return [] }
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = unsafe fread(&bytes, 1, limit, file)
    return Array(bytes.prefix(count))
}

/// Seconds of sound in a WAV file, from its header and its size; 0 where there is none.
///
/// The size on disk wins over the header: some renderers never come back to fill in the length.
func secondsOfSound(_ path: String) -> Double {
    var info = stat()
    guard unsafe stat(path, &info) == 0 else { return 0 }
    let bytes = readFile(path, atMost: 4096)
    func number(_ at: Int, _ width: Int) -> Int {
        (0..<width).reduce(0) { $0 | (at + $1 < bytes.count ? Int(bytes[at + $1]) : 0) << (8 * $1) }
    }
    var (at, rate, frame) = (12, 0, 0)
    while at + 8 <= bytes.count {
        let name = String(decoding: bytes[at..<at + 4], as: UTF8.self)
        let length = number(at + 4, 4)
        if name == "fmt " { (rate, frame) = (number(at + 12, 4), number(at + 20, 2)) }
        if name == "data" {
            guard rate > 0, frame > 0 else { return 0 }
            return Double(min(length, Int(info.st_size) - at - 8) / frame) / Double(rate)
        }
        at += 8 + length + length % 2
    }
    return 0
}

/// What the figures were measured on.
enum Machine {
    static func summary() -> String {
        let lines = String(decoding: readFile("/proc/cpuinfo", atMost: 1 << 16), as: UTF8.self).split(separator: "\n")
        let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last.map(String.init)
        let cores = lines.count { $0.hasPrefix("processor") }
        let release = String(decoding: readFile("/etc/os-release", atMost: 4096), as: UTF8.self).split(separator: "\n")
        let system = release.first { $0.hasPrefix("PRETTY_NAME") }?.split(separator: "\"").last ?? "unknown system"
        return "Machine: \(cores) x\(model ?? " unknown CPU"), \(system)."
    }

    /// Processes that wanted to run over the last 1, 5 and 15 minutes.
    static func load() -> String {
        String(decoding: readFile("/proc/loadavg", atMost: 64), as: UTF8.self).split(separator: " ").prefix(3)
            .joined(separator: " ")
    }
}
