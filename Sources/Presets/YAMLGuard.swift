/// What must hold before a file is given to the YAML parser: it is text, and it cannot hold the parser up.
enum YAMLGuard {
    /// Brackets and braces opened, anchors and aliases: libyaml's time grows with their square, so that a file of less
    /// than 1 MiB can hold it up for minutes (measured: 232 s for 400,000 brackets).
    struct Limits {
        var brackets: Int
        var anchors: Int
        /// Aliases count each time that they are used.
        var nodes: Int

        static let moment = Limits(brackets: 4000, anchors: 1000, nodes: 20_000)
        static let workList = Limits(brackets: 20_000, anchors: 1000, nodes: 400_000)
        /// For text that is not YAML.
        static let none = Limits(brackets: .max, anchors: .max, nodes: .max)
    }

    /// Refuses bytes that are not UTF-8, control characters, and more brackets or anchors than any file of ours has.
    ///
    /// The parser would refuse the first two as well, but without saying where.
    static func check(_ bytes: [UInt8], limits: Limits = .moment) throws(YAMLError) {
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        var mark = YAMLMark(line: 1, column: 1)
        var brackets = 0
        var anchors = 0
        var isFirst = true
        while true {
            let scalar: Unicode.Scalar
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded): scalar = Unicode.UTF8.decode(encoded)
            case .emptyInput: return
            case .error: throw YAMLError(mark: mark, what: "is not UTF-8 text from here on")
            }
            defer { isFirst = false }
            // A byte order mark takes no place.
            if isFirst, scalar == "\u{FEFF}" { continue }
            guard isText(scalar) else {
                throw YAMLError(
                    mark: mark, what: "holds the control character \(PlainText.escaped(String(Character(scalar))))")
            }
            switch scalar {
            case "[", "{": brackets += 1
            case "&", "*": anchors += 1
            default: break
            }
            guard brackets <= limits.brackets, anchors <= limits.anchors else {
                throw YAMLError(mark: mark, what: "more brackets or anchors than any such file has")
            }
            if scalar == "\n" { mark = YAMLMark(line: mark.line + 1, column: 1) } else { mark.column += 1 }
        }
    }

    /// The printable characters of YAML 1.1.
    private static func isText(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85: true
        case 0xFEFF, 0xFFFE, 0xFFFF: false
        default: scalar.value >= 0xA0
        }
    }
}

/// The text of a moment file as it stands.
package enum MomentText {
    /// The bytes as text; refuses what is none.
    package static func checked(_ bytes: [UInt8], name: String) throws(PresetError) -> String {
        do throws(YAMLError) { try YAMLGuard.check(bytes) } catch {
            var findings = Findings(file: name)
            findings.add(error.mark, error.what)
            throw PresetError(.invalid, findings.lines)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
