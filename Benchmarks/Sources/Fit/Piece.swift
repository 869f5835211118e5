import ArgumentParser
import Foundation
import Music
import Piano

/// Which piano and which of its notes.
struct Piece: ParsableArguments {
    typealias Kind = InstrumentSettings.Kind

    @Option(help: "Constants as JSON, as `show` prints them; those in use by default.") var constants: String?
    @Option(help: "grand, upright or felt.") var kind = Kind.grand
    @Option(help: "The instrument's own seed.") var seed: UInt32 = 7
    @Option(help: "Comma-separated MIDI numbers.") var keys = "21,27,33,39,45,51,57,60,63,69,75,81,87,93,99,105"
    @Option(help: "Comma-separated velocities.") var velocities = "30,60,92,117"

    func fit() throws -> InstrumentFit {
        guard let constants else { return InstrumentFit.fitted(kind) }
        do {
            return try JSONDecoder().decode(InstrumentFit.self, from: Data(contentsOf: URL(filePath: constants)))
        } catch {
            throw ValidationError("\(constants): no constants that can be read: \(error)")
        }
    }

    func numbers(_ list: String, _ range: ClosedRange<Int>, _ name: String) throws -> [Int] {
        try list.split(separator: ",").map {
            guard let number = Int($0), range.contains(number) else {
                throw ValidationError("--\(name): '\($0)' is no number of \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
    }
}

extension InstrumentSettings.Kind: ExpressibleByArgument {}

/// Constants as JSON for people.
func encoded(_ fit: InstrumentFit) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return try encoder.encode(fit)
}
