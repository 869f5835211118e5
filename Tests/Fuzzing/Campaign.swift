import Glibc

/// A reader under fire for a while: starts workers, watches them, and keeps the inputs that they fail at.
struct Campaign {
    let name: String
    let seed: UInt64
    /// Where the inputs that were found go.
    let findings: String
    var inputs = Int.max
    var seconds = Double.infinity

    /// Seconds by the clock after which a worker that says nothing hangs.
    private static let patience: Int32 = 30

    /// A folder for files that come and go.
    static let temporary: String = {
        let folder = unsafe access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        let path = "\(folder)/beachpiano-fuzz-\(getpid())"
        Files.makeFolder(path)
        return path
    }()

    /// What came of it.
    struct Result {
        var read = 0
        var ways = 0
        var findings = 0
        var longest = 0.0
        var largest = 0

        var line: String {
            "\(read) inputs, \(ways) ways, longest \(Int(longest * 1000)) ms, largest \(largest >> 10) MiB, "
                + "\(findings) findings"
        }
    }

    /// Fires until the time or the inputs are used up.
    func run() -> Result {
        guard let target = Targets.named(name) else { fatalError("no reader is called \(name)") }
        let folder = prepared()
        Corpus.prepare(folder, target)
        defer { Files.remove(folder) }
        var result = Result()
        let end = Self.now() + seconds
        while result.read < inputs, Self.now() < end {
            let arguments = ["--worker", name, "\(seed)", "\(result.read)", "\(inputs)", folder]
            watch(arguments, folder, end, &result)
        }
        return result
    }

    /// Fires files that were found before.
    func replay(_ paths: [String]) -> Result {
        let folder = prepared()
        defer { Files.remove(folder) }
        var result = Result()
        while result.read < paths.count {
            watch(["--replay", name, folder] + paths[result.read...], folder, .infinity, &result) { index, way in
                print("\(paths[index]): \(way)")
            }
        }
        return result
    }

    private func prepared() -> String {
        let folder = "\(Self.temporary)/\(name)"
        let home = "\(folder)/home"
        for path in [
            folder, home, "\(home)/.local", "\(home)/.local/share", "\(home)/.local/share/beachpiano",
            "\(home)/.local/share/beachpiano/moments", "\(home)/.local/share/beachpiano/profile", "\(home)/.config",
            "\(home)/.config/beachpiano",
        ] { Files.makeFolder(path) }
        return folder
    }

    static func now() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    // MARK: - Watching

    /// One worker, until it ends or is ended.
    private func watch(
        _ arguments: [String], _ folder: String, _ end: Double, _ result: inout Result,
        _ tellWay: (_ index: Int, _ way: String) -> Void = { _, _ in }
    ) {
        let worker = WorkerProcess(arguments, errors: "\(folder)/errors")
        var kind = ""
        var isReading = false
        while Self.now() < end {
            guard let line = worker.line(within: Self.patience) else {
                if worker.hasEnded {
                    let how = worker.wait()
                    guard isReading || how != "exit 0" else { return }
                    keep("\(folder)/current.\(kind)", "crash", "\(how): \(worker.lastWords)", &result)
                } else {
                    worker.kill()
                    keep("\(folder)/current.\(kind)", "hang", "more than \(Self.patience) s", &result)
                }
                result.read += 1
                return
            }
            let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            switch words[0] {
            case "b":
                kind = words[2]
                isReading = true
            case "e":
                result.longest = max(result.longest, (Double(words[1]) ?? 0) * 1e-6)
                result.largest = max(result.largest, Int(words[2]) ?? 0)
                isReading = false
                if arguments[0] == "--worker" { result.read += 1 }
            case "f": keep(words[2], words[1], words.count > 3 ? words[3] : "", &result)
            case "n": result.ways += 1
            case "w":
                tellWay(result.read, String(line.dropFirst(2)))
                result.read += 1
            default: break
            }
        }
        worker.kill()
    }

    private func keep(_ path: String, _ kind: String, _ what: String, _ result: inout Result) {
        result.findings += 1
        Files.makeFolder(findings)
        let kept = "\(findings)/\(name)-\(kind)-\(seed)-\(result.read).\(Files.kind(of: path))"
        Files.write(Files.read(path) ?? [], to: kept)
        print("\(name): \(kind) at input \(result.read) of seed \(seed): \(what); kept as \(kept)")
        fflush(nil)
    }
}
