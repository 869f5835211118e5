import Glibc

/// A reader with all faults that a campaign must find, to show that it does.
struct CanaryTarget: Target {
    let limit = 64
    let words: [[UInt8]] = []

    func seeds() -> [Sample] { (0..<5).map { Sample(kind: "txt", bytes: [UInt8](repeating: $0, count: 8)) } }
    func giants() -> [Sample] { [] }

    func read(_ path: String, home: String) throws(Fault) -> String {
        switch Files.read(path)?.first {
        case 1:
            let none: [Int] = []
            return "\(none[Int(getpid())])"
        case 2:
            let start = Meters.work()
            while Meters.work() < start + 1.1 {}
        case 3:
            var much = [UInt8](repeating: 1, count: 300 << 20)
            for i in stride(from: 0, to: much.count, by: 4096) { much[i] = UInt8(truncatingIfNeeded: i) }
            return "\(much.last ?? 0)"
        case 4: throw Fault(what: "the canary")
        default: break
        }
        return "taken"
    }
}
