extension JSON {
    /// Reads one JSON value that takes up the whole text; nil for anything else.
    ///
    /// For lines of our own writing, which a loss of power may have torn.
    package init?(parsing text: Substring) {
        var reader = JSONReader(bytes: Array(text.utf8))
        guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
        self = value
    }

    /// The value of a key of an object.
    package subscript(key: String) -> JSON? {
        guard case .object(let pairs) = self else { return nil }
        return pairs.first { $0.0 == key }?.1
    }

    package var string: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    package var integer: Int? {
        if case .integer(let value) = self { return value }
        return nil
    }

    package var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value, _): value
        default: nil
        }
    }
}

/// A reader of JSON text (RFC 8259) at most a few levels deep.
private struct JSONReader {
    private let bytes: [UInt8]
    private var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return at == bytes.count
        }
    }

    private mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let wanted = Array("\(text)".utf8)
        guard bytes[at...].starts(with: wanted) else { return false }
        at += wanted.count
        return true
    }

    mutating func value(depth: Int) -> JSON? {
        guard depth < 8 else { return nil }
        skipSpace()
        if take("null") { return .null }
        if take("true") { return .bool(true) }
        if take("false") { return .bool(false) }
        if take("\"") { return string().map { .string($0) } }
        if take("[") { return elements(depth) }
        if take("{") { return pairs(depth) }
        return number()
    }

    private mutating func elements(_ depth: Int) -> JSON? {
        var values: [JSON] = []
        skipSpace()
        if take("]") { return .array(values) }
        while let next = value(depth: depth + 1) {
            values.append(next)
            skipSpace()
            if take("]") { return .array(values) }
            guard take(",") else { return nil }
        }
        return nil
    }

    private mutating func pairs(_ depth: Int) -> JSON? {
        var values: [(String, JSON)] = []
        skipSpace()
        if take("}") { return .object(values) }
        while true {
            skipSpace()
            guard take("\""), let key = string() else { return nil }
            skipSpace()
            guard take(":"), let next = value(depth: depth + 1) else { return nil }
            values.append((key, next))
            skipSpace()
            if take("}") { return .object(values) }
            guard take(",") else { return nil }
        }
    }

    private mutating func number() -> JSON? {
        let start = at
        while at < bytes.count, "+-.0123456789eE".utf8.contains(bytes[at]) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if let whole = Int(text) { return .integer(whole) }
        guard let value = Double(text), value.isFinite else { return nil }
        return .number(value, places: 6)
    }

    /// The rest of a string whose opening quote has been taken.
    private mutating func string() -> String? {
        var out: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: out, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escape() else { return nil }
                out += Array(String(Character(scalar)).utf8)
            default: out.append(byte)
            }
        }
        return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
        guard at < bytes.count else { return nil }
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            // Our writer escapes control characters alone: no surrogates.
            guard at + 4 <= bytes.count else { return nil }
            let digits = String(decoding: bytes[at..<at + 4], as: UTF8.self)
            at += 4
            return UInt32(digits, radix: 16).flatMap { Unicode.Scalar($0) }
        default: return nil
        }
    }
}
