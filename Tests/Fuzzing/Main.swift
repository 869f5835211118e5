import Glibc

/// `beachpiano-fuzz all --minutes 10`: damaged inputs for the readers of what comes from outside.
@main struct Main {
    private static let usage = """
        usage: beachpiano-fuzz words|photo|sound|journal|all [--minutes N] [--inputs N] [--seed N] [--findings FOLDER]
               beachpiano-fuzz words|photo|sound|journal FILE...

        The first gives a reader damaged inputs, each of which may take 1 s of work and 256 MiB of memory, and ends with
        1 where one crashed, hung, took more, or broke a promise; what was found is kept in FOLDER (fuzz-findings) under
        names that end in the kind of file. The same seed and number of inputs do the same again. Without --minutes and
        --inputs it is a minute. The second gives it files, for instance what was found.

        """

    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.count == 6, arguments[0] == "--worker" { return work(arguments) }
        if arguments.count > 2, arguments[0] == "--replay", let target = Targets.named(arguments[1]) {
            Worker(name: arguments[1], target: target, seed: 0, folder: arguments[2]).replay(Array(arguments[3...]))
            return
        }
        func option(_ name: String) -> String? {
            guard let at = arguments.firstIndex(of: name), at + 1 < arguments.count else { return nil }
            defer { arguments.removeSubrange(at...at + 1) }
            return arguments[at + 1]
        }
        let minutes = option("--minutes").flatMap { Double($0) }
        let inputs = option("--inputs").flatMap { Int($0) }
        let seed = option("--seed").flatMap { UInt64($0) } ?? UInt64(time(nil))
        let findings = option("--findings") ?? "fuzz-findings"
        let names = arguments.first == "all" ? Targets.all : Array(arguments.prefix(1))
        guard !names.isEmpty, names.allSatisfy({ Targets.named($0) != nil }),
            arguments.dropFirst().allSatisfy({ !$0.hasPrefix("-") })
        else {
            print(usage, terminator: "")
            exit(64)
        }
        var found = 0
        for name in names {
            var campaign = Campaign(name: name, seed: seed, findings: findings)
            let result: Campaign.Result
            if arguments.count > 1 {
                result = campaign.replay(Array(arguments.dropFirst()))
            } else {
                campaign.inputs = inputs ?? .max
                campaign.seconds = (minutes ?? (inputs == nil ? 1 : .infinity)) * 60
                result = campaign.run()
            }
            print("\(name), seed \(seed): \(result.line)")
            found += result.findings
        }
        Files.remove(Campaign.temporary)
        exit(found == 0 ? 0 : 1)
    }

    private static func work(_ arguments: [String]) {
        guard let target = Targets.named(arguments[1]), let seed = UInt64(arguments[2]), let first = Int(arguments[3]),
            let count = Int(arguments[4])
        else { return }
        Worker(name: arguments[1], target: target, seed: seed, folder: arguments[5]).run(from: first, to: count)
    }
}
