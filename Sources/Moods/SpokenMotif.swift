import Music

/// A motif from words as they are spoken: a note a syllable, long where a word or a clause ends, high where the vowel is
/// bright (i, e), low where it is dark (o, u), with one leap by which it is known again; words without a vowel are told
/// apart by their consonants.
enum SpokenMotif {
    /// Two bars of three beats, so that it fits every metre, in 48ths of a beat.
    private static let length = 6 * Theme.beat
    private static let most = 7
    private static let least = 4

    private struct Syllable {
        var height: Int
        /// 48ths of a beat.
        var length: Int
    }

    /// The motif of some words; nil where they hold no letter.
    static func notes(of text: String) -> [Theme.Note]? {
        var syllables = syllables(text)
        guard let first = syllables.first else { return nil }
        let isQuestion = text.contains("?")
        // One word is called twice.
        while syllables.count < least { syllables += syllables.count > 1 ? syllables : [first, first] }
        syllables = Array(syllables.prefix(most))
        // The notes before the last fill at most four beats and a half.
        while syllables.dropLast().reduce(0, { $0 + $1.length }) > length - 72 {
            guard let longest = syllables.dropLast().indices.max(by: { syllables[$0].length < syllables[$1].length }),
                syllables[longest].length > 24
            else { break }
            syllables[longest].length /= 2
        }
        let steps = contour(syllables.map(\.height), isQuestion: isQuestion)
        var onset = 0
        var notes: [Theme.Note] = []
        for (i, syllable) in syllables.enumerated() {
            let own = i == syllables.count - 1 ? length - onset : syllable.length
            notes.append(Theme.Note(onset: onset, length: own, step: steps[i]))
            onset += own
        }
        return notes
    }

    /// Steps from the first note: the vowels' rises and falls, one of them a leap of a fifth, a close that falls, or
    /// rises after a question.
    private static func contour(_ heights: [Int], isQuestion: Bool) -> [Int] {
        var moves = zip(heights, heights.dropFirst()).map { max(-2, min(2, $1 - $0)) }
        let leap = moves.indices.dropLast().max {
            abs(moves[$0]) < abs(moves[$1]) || abs(moves[$0]) == abs(moves[$1]) && $0 > $1
        }
        if let leap {
            // Where all is of one height, low words fall.
            moves[leap] = moves[leap] < 0 || moves[leap] == 0 && (heights.first ?? 0) < 0 ? -4 : 4
            // What leaps turns back.
            if leap + 1 < moves.count { moves[leap + 1] = moves[leap] < 0 ? 1 : -1 }
        }
        if leap == nil || leap != moves.count - 2 { moves[moves.count - 1] = isQuestion ? 1 : -1 }
        var steps = [0]
        for move in moves {
            let next = (steps.last ?? 0) + move
            steps.append(abs(next) > 6 ? (steps.last ?? 0) - move : next)
        }
        return steps
    }

    private static func syllables(_ text: String) -> [Syllable] {
        var out: [Syllable] = []
        var word = ""
        func endWord(closes: Bool) {
            defer { word = "" }
            var own = nuclei(word)
            guard let last = own.indices.last else {
                if closes, let i = out.indices.last { out[i].length = max(out[i].length, 96) }
                return
            }
            let isLight = word.count <= 3
            own[last].length = closes ? 96 : isLight ? 24 : 48
            // The stress of longer words.
            if own.count > 2 { own[own.count - 3].length = 36 }
            out += own
        }
        for character in text.lowercased().prefix(ProfileAnswers.longest) {
            if character.isLetter || character.isNumber || character == "'" || character == "\u{2019}" {
                word.append(character)
            } else {
                endWord(closes: ".,;:!?\n".contains(character))
            }
            if out.count > 2 * most { break }
        }
        endWord(closes: true)
        return out
    }

    /// The syllables of a word: groups of vowels without a silent e at the end; letters of other scripts are one each.
    private static func nuclei(_ word: String) -> [Syllable] {
        let heights: [Character: Int] = ["a": 0, "e": 1, "i": 2, "o": -1, "u": -2, "y": 2]
        var out: [Syllable] = []
        var isInside = false
        let letters = Array(word)
        for (i, letter) in letters.enumerated() {
            let plain = letter.unicodeScalars.first.map { $0.value } ?? 0
            let height = heights[letter] ?? (plain > 0x7F && letter.isLetter ? Int(plain % 5) - 2 : nil)
            guard let height else {
                isInside = false
                continue
            }
            let isSilent = letter == "e" && i == letters.count - 1 && !out.isEmpty && !isInside
            if !isInside, !isSilent { out.append(Syllable(height: height, length: 24)) }
            isInside = plain <= 0x7F
        }
        return out.isEmpty ? consonants(word) : out
    }

    /// A word without a vowel, such as `brr` or `pst`: a note for each consonant, high where it hisses, low where the
    /// lips make it, longer where it is doubled; a figure is as high as it is large.
    private static func consonants(_ word: String) -> [Syllable] {
        let rows: [(letters: String, height: Int)] = [
            ("szxc", 2), ("tdj", 1), ("kgqhn", 0), ("lrvf", -1), ("mbpw", -2),
        ]
        var out: [Syllable] = []
        var last: Character?
        for letter in word where letter.isLetter || letter.isNumber {
            if letter == last, let i = out.indices.last {
                out[i].length *= 2
            } else {
                let own = rows.first { $0.letters.contains(letter) }?.height
                out.append(Syllable(height: own ?? (letter.wholeNumberValue ?? 4) / 2 - 2, length: 24))
            }
            last = letter
        }
        return out
    }
}
