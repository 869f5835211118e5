import Glibc

/// Reads one input after another in a process of its own, and tells the campaign on descriptor 3 what comes of it.
///
/// `b INDEX KIND` before an input; `e WORK PEAK` after it, microseconds and KiB; `f FAULT PATH WHAT` for a finding;
/// `n` for a way that is new, `w WAY` in a replay.
struct Worker {
    let name: String
    let target: any Target
    let seed: UInt64
    let folder: String

    /// Seconds of work for one input at most.
    static let longest = 1.0
    /// KiB of memory at most.
    static let largest = 256 << 10

    /// Inputs from `first` on, until the campaign ends this process or `count` is reached.
    func run(from first: Int, to count: Int) {
        Meters.bound(gibibytes: 4)
        var corpus = Corpus(folder: folder, target: target)
        let mutator = Mutator(target: target)
        for index in first..<count {
            var dice = Dice(seed: seed, input: index)
            let sample = corpus.sample(index, mutator, &dice)
            let path = "\(folder)/current.\(sample.kind)"
            Files.write(sample.bytes, to: path)
            tell("b \(index) \(sample.kind)")
            let way = read(path)
            if corpus.take(sample, way) { tell("n") }
        }
    }

    /// Reads inputs that are files already.
    func replay(_ paths: [String]) {
        Meters.bound(gibibytes: 4)
        for (index, path) in paths.enumerated() {
            let current = "\(folder)/current.\(Files.kind(of: path))"
            guard let bytes = Files.read(path) else { fatalError("\(path) is not there") }
            Files.write(bytes, to: current)
            tell("b \(index) \(Files.kind(of: path))")
            tell("w \(read(current))")
        }
    }

    /// Reads a file under the meters; how it went.
    private func read(_ path: String) -> String {
        Meters.forgetPeak()
        let start = Meters.work()
        var way = ""
        do throws(Fault) { way = try target.read(path, home: "\(folder)/home") } catch {
            report("broken", path, error.what)
        }
        let (work, peak) = (Meters.work() - start, Meters.peak())
        if work > Self.longest { report("slow", path, "\(Int(work * 1000)) ms of work") }
        if peak > Self.largest { report("large", path, "\(peak >> 10) MiB of memory") }
        tell("e \(Int(work * 1e6)) \(peak)")
        return way
    }

    /// Puts the input aside, since the next one comes at once.
    private func report(_ fault: String, _ path: String, _ what: String) {
        let kept = "\(folder)/finding-\(Int(Meters.work() * 1e6)).\(Files.kind(of: path))"
        Files.write(Files.read(path) ?? [], to: kept)
        tell("f \(fault) \(kept) \(what)")
    }

    private func tell(_ line: String) {
        let bytes = Array((line.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n").utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(3, $0.baseAddress, $0.count) }
    }
}

/// Good inputs, and those that went a way that none before them went; they are kept in files, so that a worker that
/// follows another goes on with them.
struct Corpus {
    private let folder: String
    private let seeds: [String]
    private let giants: [String]
    private var found: [String]
    private var ways: Set<String>

    private static let limit = 3000

    init(folder: String, target: any Target) {
        self.folder = folder
        seeds = Files.list("\(folder)/seeds")
        giants = Files.list("\(folder)/giants")
        found = Files.list("\(folder)/found")
        let known = String(decoding: Files.read("\(folder)/ways") ?? [], as: UTF8.self)
        ways = Set(known.split(separator: "\n").map(String.init))
    }

    /// Writes the seeds of a target.
    static func prepare(_ folder: String, _ target: any Target) {
        for (name, samples) in [("seeds", target.seeds()), ("giants", target.giants()), ("found", [])] {
            Files.makeFolder("\(folder)/\(name)")
            for (i, sample) in samples.enumerated() {
                Files.write(sample.bytes, to: "\(folder)/\(name)/\(Self.number(i)).\(sample.kind)")
            }
        }
    }

    private static func number(_ i: Int) -> String { String(repeating: "0", count: max(0, 6 - "\(i)".count)) + "\(i)" }

    /// The input of an index: at first the seeds as they are, then damaged ones.
    func sample(_ index: Int, _ mutator: Mutator, _ dice: inout Dice) -> Sample {
        func load(_ path: String) -> Sample { Sample(kind: Files.kind(of: path), bytes: Files.read(path) ?? []) }
        let whole = seeds + giants
        if index < whole.count { return load(whole[index]) }
        var path = !found.isEmpty && dice.once(in: 2) ? dice.pick(found) : dice.pick(seeds)
        if !giants.isEmpty, dice.once(in: 150) { path = dice.pick(giants) }
        var sample = load(path)
        sample.bytes = mutator.damaged(sample.bytes, load(dice.pick(seeds)).bytes, &dice)
        return sample
    }

    /// Keeps an input that went a new way; whether it did.
    mutating func take(_ sample: Sample, _ way: String) -> Bool {
        guard sample.bytes.count < 1 << 17, found.count < Self.limit, ways.insert(way).inserted else { return false }
        let path = "\(folder)/found/\(Self.number(found.count)).\(sample.kind)"
        Files.write(sample.bytes, to: path)
        found.append(path)
        Files.write(Array(ways.sorted().joined(separator: "\n").utf8), to: "\(folder)/ways")
        return true
    }
}
