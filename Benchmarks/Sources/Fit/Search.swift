import ArgumentParser
import Foundation
import Glibc
import Piano

/// Changes one constant at a time and keeps what makes the notes that it moves measure nearer.
struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Search constants by register, then those of the whole piano, by the score of a tone report.",
        discussion: """
            The report is a Python script that reads a folder of notes and writes its score with --json. A change is \
            kept where it lowers the score by more than --least, and where no note gets dead: the time to fall by 20 dB \
            stays within a factor of 1.6 of what it was at the start, the level within 3 dB. What is kept is tried again \
            in the same direction. Notes are rendered as far as the report reads them. With --table a change is not kept \
            either that puts a row of the acoustic table outside which was inside before the search.
            """)

    @OptionGroup var piece: Piece
    @Option(help: "The script of the report.") var report: String
    @Option(help: "A recorded piano of the report; its distance is the score then, dB, instead of the overall one.")
    var like: String?
    @Option(help: "The Python that runs it.") var python = "python3"
    @Option(help: "A command that prints the acoustic table of the constants in the file that BEACHPIANO_FIT names.")
    var table: String?
    @Option(help: "Where the constants found are written, after each that is kept.") var out: String
    @Option(help: "Comma-separated registers: bass, tenor, middle, alto, treble; may be empty.") var registers =
        "bass,tenor,middle,alto,treble"
    @Option(help: "Comma-separated quantities, in the order in which they are tried.") var quantities =
        InstrumentFit.Quantity.allCases.map(\.rawValue).joined(separator: ",")
    @Option(help: "Comma-separated constants of the whole piano, judged by all notes; may be empty.") var whole =
        WholeConstant.allCases.map(\.rawValue).joined(separator: ",")
    @Option(help: "Times through all of them.") var rounds = 1
    @Option(help: "The least gain worth keeping.") var least = 0.003

    private static let names = ["bass", "tenor", "middle", "alto", "treble"]
    private static let limits = [21...38, 39...53, 54...66, 67...83, 84...108]

    func run() throws {
        var fit = try piece.fit()
        let bounds = try Bounds(table.map(AcousticTable.init), fit)
        let keys = try piece.numbers(piece.keys, 21...108, "keys")
        let places = try registers.split(separator: ",").map { name in
            guard let place = Self.names.firstIndex(of: String(name)) else {
                throw ValidationError("--registers: '\(name)' is none of \(Self.names.joined(separator: ", "))")
            }
            return place
        }
        let byRegister: [InstrumentFit.Quantity] = try named(quantities, "quantities")
        let byPiano: [WholeConstant] = try named(whole, "whole")
        for _ in 0..<rounds {
            for place in places {
                fit = try searched(
                    fit, name: Self.names[place], keys: keys.filter { Self.limits[place].contains($0) },
                    choices: byRegister.map { $0.choices(place) }, bounds)
            }
            if !byPiano.isEmpty {
                fit = try searched(fit, name: "whole piano", keys: keys, choices: byPiano.flatMap(\.choices), bounds)
            }
        }
    }

    private func named<T: RawRepresentable<String>>(_ list: String, _ option: String) throws -> [T] {
        try list.split(separator: ",").map { name in
            guard let value = T(rawValue: String(name)) else {
                throw ValidationError("--\(option): there is no '\(name)'")
            }
            return value
        }
    }

    /// The constants after each of `choices` has been tried on `keys`.
    private func searched(
        _ start: InstrumentFit, name: String, keys: [Int], choices: [[Change]], _ bounds: Bounds
    ) throws -> InstrumentFit {
        let trial = Trial(piece: piece, keys: keys, report: report, like: like, python: python)
        var fit = start
        var best = try trial.measured(fit)
        let first = best
        print("\(name): \(best.score)")
        for choice in choices {
            for change in choice {
                var hasMoved = false
                while true {
                    let changed = change.applied(to: fit)
                    let found = try trial.measured(changed)
                    let isBetter = found.score < best.score - least && found.isAlive(as: first)
                    let broken = isBetter ? try bounds.broken(by: changed) : []
                    let isKept = isBetter && broken.isEmpty
                    let rows = broken.sorted().map { " T\($0)" }.joined()
                    print("  \(change.name): \(found.score)\(isKept ? " kept" : rows)")
                    fflush(nil)
                    guard isKept else { break }
                    (fit, best, hasMoved) = (changed, found, true)
                    try encoded(fit).write(to: URL(filePath: out))
                }
                if hasMoved { break }
            }
        }
        return fit
    }
}

/// The rows of the acoustic table that a search leaves inside.
struct Bounds {
    private let table: AcousticTable?
    private let outside: Set<Int>

    init(_ table: AcousticTable?, _ start: InstrumentFit) throws {
        self.table = table
        outside = try table?.rowsOutside(start) ?? []
    }

    /// Rows outside with these constants that were inside at the start.
    func broken(by fit: InstrumentFit) throws -> Set<Int> {
        try table.map { try $0.rowsOutside(fit).subtracting(outside) } ?? []
    }
}

/// One step of one constant.
struct Change {
    let name: String
    private let change: (inout InstrumentFit) -> Void

    init(_ name: String, _ change: @escaping (inout InstrumentFit) -> Void) {
        self.name = name
        self.change = change
    }

    func applied(to fit: InstrumentFit) -> InstrumentFit {
        var changed = fit
        change(&changed)
        return changed
    }
}

/// A constant that all registers share.
enum WholeConstant: String, CaseIterable {
    case direct, lowModes, boardLoss, stroke, strokeExponent, strokeDecay, keyBottom, knockCorner, spectrum

    /// What is tried, one after the other: up, or else down; for the spectrum at each of its places.
    var choices: [[Change]] {
        func factors(_ path: WritableKeyPath<InstrumentFit, Double>, _ step: Double) -> [[Change]] {
            [[step, 1 / step].map { factor in Change("\(rawValue) x \(factor)") { $0[keyPath: path] *= factor } }]
        }
        switch self {
        case .direct: return factors(\.direct, 1.2)
        case .lowModes: return factors(\.lowModes, 1.2)
        case .boardLoss: return factors(\.boardLoss, 1.25)
        case .stroke: return factors(\.stroke, 1.3)
        case .strokeExponent: return factors(\.strokeExponent, 1.2)
        case .strokeDecay: return factors(\.strokeDecay, 1.3)
        case .keyBottom: return factors(\.keyBottom, 1.5)
        case .knockCorner: return factors(\.knockCorner, 1.25)
        case .spectrum:
            return InstrumentFit.prototype.spectrum.indices.map { place in
                [1.5, -1.5].map { step in Change("spectrum \(place) \(step)") { $0.spectrum[place] += step } }
            }
        }
    }
}

extension InstrumentFit.Quantity {
    var neutralRegisters: [Double] { InstrumentFit.places.map { _ in neutral } }

    /// What is tried in one register: up, or else down.
    func choices(_ place: Int) -> [Change] {
        steps.map { step in
            Change("\(rawValue) \(step)") { fit in
                fit.registers[self, default: neutralRegisters][place] =
                    moved(fit.registers[self]?[place], by: step)
            }
        }
    }

    /// The first steps to try: factors for what multiplies, otherwise differences.
    private var steps: [Double] {
        switch self {
        case .conductance, .loss: [1.25, 0.8]
        case .spread, .horizontal, .horizontalOffset, .knock, .knockCorner, .stroke, .strokeCorner, .strokeDecay,
            .felt, .glide:
            [1.5, 0.67]
        case .conductanceSlope, .lossSlope: [-0.2, 0.2]
        case .lossScatter: [0.25, -0.12]
        case .pitchScatter: [1, -0.5]
        case .compression: [-0.2, 0.15]
        case .level, .highBank: [-3, 3]
        }
    }

    private func moved(_ value: Double?, by step: Double) -> Double {
        let value = value ?? neutral
        switch self {
        case .conductance, .loss, .spread, .horizontal, .horizontalOffset, .knock, .knockCorner, .stroke, .strokeCorner,
            .strokeDecay, .felt, .glide:
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
    let like: String?
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
        let notes = try Grid(piece, fit: fit, keys: keys, isShort: true).written(to: folder.path)
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
            let score = like.map({ distance(to: $0, in: root) }) ?? (root["score"] as? [String: Any])?["overall"]
                as? Double
        else { throw ValidationError("\(report): the report has failed on \(folder.path)") }
        return Result(score: score, notes: notes)
    }

    /// dB from the recorded piano whose name has `name` in it.
    private func distance(to name: String, in report: [String: Any]) -> Double? {
        let all = (report["maps"] as? [String: Any])?["per"] as? [String: Double]
        return all?.first { $0.key.lowercased().contains(name.lowercased()) }?.value
    }
}
