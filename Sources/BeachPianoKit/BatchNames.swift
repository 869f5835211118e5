/// The template of the names of a batch's files, such as `{preset}-{seed}`.
package struct BatchNames: Hashable, Sendable {
    static let fields = ["preset", "mood", "seed", "words", "index"]
    /// Bytes that leave room for a temporary name's tail.
    private static let limit = 200

    private enum Part: Hashable, Sendable { case text(String), field(String) }
    private let parts: [Part]

    /// Reads a template; what leaves the folder, or would not be a plain file's name, is refused.
    package init(_ template: String) throws(StudioError) {
        var parts: [Part] = []
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{") {
            if open != rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw StudioError(.usage, "name '\(template)': a brace is not closed")
            }
            let field = String(rest[rest.index(after: open)..<close])
            guard Self.fields.contains(field) else {
                let all = Self.fields.map { "{\($0)}" }.joined(separator: " ")
                throw StudioError(.usage, "name '\(template)': {\(field)} is not known, use \(all)")
            }
            parts.append(.field(field))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        let fixed = parts.map { if case .text(let text) = $0 { text } else { "x" } }.joined()
        guard !fixed.isEmpty, fixed == Self.plain(fixed) else {
            throw StudioError(
                .usage,
                "name '\(template)': is to be the name of a file in the folder, without /, \\ or control "
                    + "characters, and not beginning with . or -")
        }
        self.parts = parts
    }

    /// The name for these values, without an ending; values from outside become part of one file's name.
    package func name(_ values: [String: String]) -> String {
        let whole = parts.map { part in
            switch part {
            case .text(let text): text
            case .field(let field): values[field] ?? ""
            }
        }.joined()
        let name = Self.plain(whole)
        return name.isEmpty ? "piece" : name
    }

    /// A text as one component of a path that is harmless in a shell, a manifest and on a terminal.
    private static func plain(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x2F, 0x5C, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
                out.unicodeScalars.append("_")
            default: out.unicodeScalars.append(scalar)
            }
        }
        if out.hasPrefix(".") || out.hasPrefix("-") { out = "_" + out.dropFirst() }
        while out.utf8.count > limit { out.unicodeScalars.removeLast() }
        return out
    }
}
