/// A part of a batch: the pieces whose identity falls to it, whatever other pieces there are.
package struct Shard: Hashable, Sendable {
    /// 0..<count.
    let index: Int
    let count: Int

    /// The whole as a single part.
    static let whole = Shard(index: 0, count: 1)

    /// Reads `I/N`, or for `auto` the variables of a Slurm job array or a Kubernetes indexed job.
    ///
    /// `BEACHPIANO_SHARDS` gives the number of parts where the scheduler does not tell it (Kubernetes).
    package init(_ text: String, environment: Environment) throws(StudioError) {
        if text == "auto" {
            self = try Self.automatic(environment)
            return
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1], (1...100_000).contains(count),
            (0..<count).contains(index)
        else {
            throw StudioError(.usage, "shard is '\(text)', not I/N with I from 0 to N-1, such as 0/4, nor 'auto'")
        }
        self.init(index: index, count: count)
    }

    private init(index: Int, count: Int) {
        self.index = index
        self.count = count
    }

    private static func automatic(_ environment: Environment) throws(StudioError) -> Shard {
        func number(_ name: String) throws(StudioError) -> Int? {
            guard let text = environment.variables[name], !text.isEmpty else { return nil }
            guard let value = Int(text), value >= 0 else {
                throw StudioError(.usage, "--shard auto: \(name) is '\(text)', not a number")
            }
            return value
        }
        let given = try number("BEACHPIANO_SHARDS")
        var found: (index: Int, count: Int)?
        if let task = try number("SLURM_ARRAY_TASK_ID") {
            let first = try number("SLURM_ARRAY_TASK_MIN") ?? 0
            let step = max(1, try number("SLURM_ARRAY_TASK_STEP") ?? 1)
            let count = try number("SLURM_ARRAY_TASK_COUNT") ?? 1
            let last = try number("SLURM_ARRAY_TASK_MAX") ?? first + (count - 1) * step
            // A gap would leave pieces to nobody.
            guard given != nil || (last - first) / step + 1 == count, task >= first else {
                throw StudioError(
                    .usage, "--shard auto: the job array has gaps: set BEACHPIANO_SHARDS to the number of parts")
            }
            found = given.map { (task, $0) } ?? ((task - first) / step, count)
        } else if let index = try number("JOB_COMPLETION_INDEX") {
            guard let given else {
                throw StudioError(
                    .usage, "--shard auto: set BEACHPIANO_SHARDS to the job's number of completions")
            }
            found = (index, given)
        }
        guard let found else {
            throw StudioError(
                .usage, "--shard auto: neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set; say --shard I/N")
        }
        guard found.index < found.count else {
            throw StudioError(.usage, "--shard auto: part \(found.index) of \(found.count) is none; parts count from 0")
        }
        return Shard(index: found.index, count: found.count)
    }

    /// Whether a piece with this identity (hexadecimal) belongs here.
    package func holds(_ identity: String) -> Bool {
        guard let hash = UInt64(identity.prefix(16), radix: 16) else { return index == 0 }
        return hash % UInt64(count) == UInt64(index)
    }

    /// The manifest that this part writes.
    var manifestName: String { count == 1 ? "manifest.jsonl" : "manifest.\(index)-of-\(count).jsonl" }
}
