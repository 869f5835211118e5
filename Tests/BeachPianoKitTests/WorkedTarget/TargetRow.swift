import BeachPianoKit

/// A row of music.md 4.14: what is wanted, what was got, and whether that is inside.
struct TargetRow {
    let name: String
    let wanted: String
    let got: String
    let isInside: Bool
    /// Where it was read.
    private(set) var origin = Origin.measured

    enum Origin: String {
        /// The preset says it, and the piece has kept it: no proof of anything that sounds.
        case said = "as set"
        /// The composer decides it before there are notes, or a rule before it is played.
        case planned = "as planned"
        /// In the notes, in how they are played, or in the instrument and the room that sound.
        case measured
    }

    func read(_ origin: Origin) -> TargetRow {
        var row = self
        row.origin = origin
        return row
    }

    /// Something that is so or not.
    init(_ name: String, _ wanted: String, got: String, _ isInside: Bool) {
        (self.name, self.wanted, self.got, self.isInside) = (name, wanted, got, isInside)
    }

    /// A number; `tolerance` is how far from what the table says it may lie.
    init(_ name: String, _ wanted: Double, within tolerance: Double, got: Double) {
        self.init(
            name, "\(decimal(wanted, 2)) +-\(decimal(tolerance, 2))", got: decimal(got, 3),
            abs(got - wanted) <= tolerance + 1e-6)
    }

    /// A number in a range that the table says.
    init(_ name: String, _ wanted: ClosedRange<Double>, got: Double) {
        self.init(
            name, "\(decimal(wanted.lowerBound, 2))...\(decimal(wanted.upperBound, 2))", got: decimal(got, 3),
            wanted.contains(got))
    }

    var line: String { "\(isInside ? "in " : "OUT") | \(origin.rawValue) | \(name) | \(wanted) | \(got)" }
}
