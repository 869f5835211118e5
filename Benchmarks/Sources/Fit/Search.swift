import ArgumentParser
import Foundation
import Glibc
import Piano

/// Changes one constant of one register at a time and keeps what makes that register's notes measure nearer.
struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Search constants register by register, by the score of a tone report.",
        discussion: """
            The report is a Python script that reads a folder of notes and writes its score with --json. A change is \
            kept where it lowers the score by more than --least, and where no note gets dead: the time to fall by 20 dB \
            stays within a factor of 1.6 of what it was at the start, the level within 3 dB.
            """)

    @OptionGroup var piece: Piece
    @Option(help: "The script of the report.") var report: String
    @Option(help: "The Python that runs it.") var python = "python3"
    @Option(help: "Where the constants found are written, after each that is kept.") var out: String
    @Option(help: "Comma-separated registers: bass, tenor, middle, alto, treble.") var registers =
        "bass,tenor,middle,alto,treble"
    @Option(help: "Comma-separated quantities, in the order in which they are tried.") var quantities =
        InstrumentFit.Quantity.allCases.map(\.rawValue).joined(separator: ",")
    @Option(help: "Times through all of them.") var rounds = 1
    @Option(help: "The least gain worth keeping.") var least = 0.003

    private static let names = ["bass", "tenor", "middle", "alto", "treble"]
    private static let limits = [21...38, 39...53, 54...66, 67...83, 84...108]

    func run() throws {
        var fit = try piece.fit()
        let keys = try piece.numbers(piece.keys, 21...108, "keys")
        let chosen = try registers.split(separator: ",").map { name in
            guard let place = Self.names.firstIndex(of: String(name)) else {
                throw ValidationError("--registers: '\(name)' is none of \(Self.names.joined(separator: ", "))")
            }
            return place
        }
        let all = try quantities.split(separator: ",").map { name in
            guard let quantity = InstrumentFit.Quantity(rawValue: String(name)) else {
                throw ValidationError("--quantities: there is no '\(name)'")
            }
            return quantity
        }
        for _ in 0..<rounds {
            for place in chosen {
                let trial = Trial(
                    piece: piece, keys: keys.filter { Self.limits[place].contains($0) }, report: report, python: python)
                var best = try trial.measured(fit)
                let start = best
                print("\(Self.names[place]): \(best.score)")
                for quantity in all {
                    for step in quantity.steps {
                        var changed = fit
                        changed.registers[quantity, default: quantity.neutralRegisters][place] =
                            quantity.moved(fit.registers[quantity]?[place], by: step)
                        let found = try trial.measured(changed)
                        let isKept = found.score < best.score - least && found.isAlive(as: start)
                        print("  \(quantity.rawValue) \(step): \(found.score)\(isKept ? " kept" : "")")
                        fflush(nil)
                        if isKept {
                            (fit, best) = (changed, found)
                            try encoded(fit).write(to: URL(filePath: out))
                            break
                        }
                    }
                }
            }
        }
    }
}

extension InstrumentFit.Quantity {
    var neutralRegisters: [Double] { InstrumentFit.places.map { _ in neutral } }

    /// The first steps to try: factors for what multiplies, otherwise differences.
    fileprivate var steps: [Double] {
        switch self {
        case .conductance, .loss: [1.25, 0.8]
        case .spread, .horizontal, .horizontalOffset, .knock, .stroke, .felt, .glide: [1.5, 0.67]
        case .conductanceSlope, .lossSlope: [-0.2, 0.2]
        case .lossScatter: [0.25, -0.12]
        case .pitchScatter: [1, -0.5]
        case .compression: [-0.2, 0.15]
        case .level, .highBank: [-3, 3]
        }
    }

    fileprivate func moved(_ value: Double?, by step: Double) -> Double {
        let value = value ?? neutral
        switch self {
        case .conductance, .loss, .spread, .horizontal, .horizontalOffset, .knock, .stroke, .felt, .glide:
            return value * step
        case .lossScatter, .pitchScatter, .compression: return max(0, value + step)
        case .conductanceSlope, .lossSlope, .level, .highBank: return value + step
        }
    }
}

/// Renders notes and has them judged.
struct Trial {
    let piece: Piece
    let keys: [Int]
    let report: String
    let python: String

    struct Result {
        let score: Double
        let notes: [Grid.Watched]

        /// Whether no note has lost its sustain or its level against `other`, taken with the median change of level out.
        func isAlive(as other: Result) -> Bool {
            let changes = zip(notes, other.notes).map { $0.level - $1.level }.sorted()
            let common = changes[changes.count / 2]
            return zip(notes, other.notes).allSatisfy { now, before in
                abs(now.level - before.level - common) < 3 && now.fall > before.fall / 1.6
                    && now.fall < before.fall * 1.6
            }
        }
    }

    func measured(_ fit: InstrumentFit) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "beachpiano-fit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let notes = try Grid(piece, fit: fit, keys: keys).written(to: folder.path)
        let json = folder.appending(path: "report.json")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python, report, folder.path, "--json", json.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0,
            let root = try JSONSerialization.jsonObject(with: Data(contentsOf: json)) as? [String: Any],
            let score = (root["score"] as? [String: Any])?["overall"] as? Double
        else { throw ValidationError("\(report): the report has failed on \(folder.path)") }
        return Result(score: score, notes: notes)
    }
}
