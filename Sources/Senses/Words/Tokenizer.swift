/// A stretch of text between two marks or conjunctions.
struct Clause: Hashable, Sendable {
    var words: [String] = []
    var isQuestion = false
    /// Starts with `but` or `yet`.
    var isContrast = false
    /// Starts with `although` or `though`.
    var isConcession = false
}

/// Cuts any text into clauses of lower-case words; runs in time proportional to the text.
enum Tokenizer {
    static func clauses(_ text: String) -> [Clause] {
        var clauses: [Clause] = []
        var clause = Clause()
        var word: [UInt8] = []

        func endClause(isQuestion: Bool = false) {
            if !clause.words.isEmpty {
                clause.isQuestion = isQuestion
                clauses.append(clause)
            } else if isQuestion, !clauses.isEmpty {
                clauses[clauses.count - 1].isQuestion = true
            }
            clause = Clause()
        }
        func endWord() {
            while word.last == apostrophe { word.removeLast() }
            let first = word.firstIndex { $0 != apostrophe } ?? word.endIndex
            guard first < word.endIndex, word.count <= 64 else { return word.removeAll(keepingCapacity: true) }
            // Words of other scripts take their place and are not looked up.
            let text = isLatin(word[first...]) ? String(decoding: word[first...], as: UTF8.self) : foreign
            word.removeAll(keepingCapacity: true)
            switch text {
            case "but", "yet", "however":
                endClause()
                clause.isContrast = true
            case "although", "though", "despite":
                endClause()
                clause.isConcession = true
            case "then", "until", "while": endClause()
            default: clause.words.append(text)
            }
        }

        var bytes = text.utf8.makeIterator()
        var pending = bytes.next()
        while let byte = pending {
            pending = bytes.next()
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): word.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
            case UInt8(ascii: "0")...UInt8(ascii: "9"): word.append(byte)
            case apostrophe: word.append(byte)
            case 0xE2 where pending == 0x80:
                // General punctuation: apostrophes belong to a word, dashes and the ellipsis end a clause.
                let last = bytes.next()
                pending = bytes.next()
                if last == 0x99 || last == 0x98 {
                    word.append(apostrophe)
                } else {
                    endWord()
                    if last == 0x93 || last == 0x94 || last == 0xA6 { endClause() }
                }
            case 0x80...: word.append(byte)
            case UInt8(ascii: "?"):
                endWord()
                endClause(isQuestion: true)
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
                UInt8(ascii: "\n"), UInt8(ascii: "("), UInt8(ascii: ")"):
                endWord()
                endClause()
            default: endWord()
            }
        }
        endWord()
        endClause()
        return clauses
    }

    private static let apostrophe = UInt8(ascii: "'")
    private static let foreign = "*"

    /// Whether all bytes are ASCII or letters of Latin-1.
    private static func isLatin(_ word: ArraySlice<UInt8>) -> Bool {
        var isInside = false
        for byte in word {
            if isInside {
                guard (0x80...0xBF).contains(byte) else { return false }
                isInside = false
            } else if byte == 0xC3 {
                isInside = true
            } else if byte >= 0x80 {
                return false
            }
        }
        return !isInside
    }
}
