/// A JSON value that keeps the order of its members (RFC 8259), so that a document reads in the order it is told.
enum JSONText {
    case null
    case bool(Bool)
    case integer(Int)
    /// A number written with at most this many decimals; what is not finite is written as null.
    case number(Double, decimals: Int)
    case string(String)
    case array([JSONText])
    case object([(String, JSONText)])

    /// The document: members of the outer object and items of its lists on lines of their own.
    var document: String {
        guard case .object(let members) = self else { return line + "\n" }
        let lines = members.map { name, value in
            guard case .array(let items) = value, !items.isEmpty else {
                return "  " + Self.quoted(name) + ": " + value.line
            }
            let rows = items.map { "    " + $0.line }.joined(separator: ",\n")
            return "  " + Self.quoted(name) + ": [\n" + rows + "\n  ]"
        }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }

    /// The value on one line.
    var line: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value, let decimals): value.isFinite ? Decimal.short(value, decimals) : "null"
        case .string(let value): Self.quoted(value)
        case .array(let items): "[" + items.map(\.line).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { Self.quoted($0.0) + ": " + $0.1.line }.joined(separator: ", ") + "}"
        }
    }

    /// A string in quotes with the characters escaped that RFC 8259 section 7 names.
    static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
