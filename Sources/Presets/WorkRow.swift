/// One row of a work list for `batch`, as it was written.
package struct WorkRow: Hashable, Sendable {
    /// Name of a preset, or the path of a moment file.
    package var preset: String?
    package var mood: String?
    /// An integer or three words.
    package var seed: String?
    /// How many seeds, from 1; nil leaves it to the command.
    package var seeds: Int?
    /// Such as `2m30s`.
    package var duration: String?
    package var piano: String?
    package var room: String?
    package var sea: String?
    /// Names of formats; empty leaves them to the command.
    package var formats: [String] = []
    /// Template of the files' names.
    package var name: String?
    /// Where the row stands: `file:line:column`, or the path of a moment file.
    package let origin: String

    package init(origin: String) { self.origin = origin }
}

/// A work list: the good rows, and what is wrong with the others.
package struct WorkList: Sendable {
    package var rows: [WorkRow] = []
    /// `file:line:column: what`, one for each row that cannot be used.
    package var findings: [String] = []
}
