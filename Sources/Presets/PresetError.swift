/// Why a preset or moment file cannot be used: a finding a line, as a compiler would say it.
package struct PresetError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        /// There is no such file.
        case notFound
        /// The file says what it must not.
        case invalid
        /// No preset has this name.
        case unknownName
    }

    package let kind: Kind
    /// `file:line:column: key: what, what would be right`.
    package let findings: [String]

    package init(_ kind: Kind, _ findings: [String]) {
        self.kind = kind
        self.findings = findings
    }

    /// The first finding, and how many more there are.
    package var description: String {
        let rest = findings.count - 1
        return (findings.first ?? "unreadable") + (rest > 0 ? " (and \(rest) more: 'beachpiano presets check')" : "")
    }
}
