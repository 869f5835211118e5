/// A tune as it can be carried from one piece to another: two motifs of two bars each, as rhythm and contour.
///
/// What a piece makes of it (pitches, harmony, texture) comes from the piece's own seed and mood, so that a theme is
/// known again and never the same.
public struct Theme: Hashable, Sendable {
    /// A note of a motif.
    public struct Note: Hashable, Sendable {
        /// From the start of the motif, 48ths of a beat.
        public var onset: Int
        /// 48ths of a beat, positive.
        public var length: Int
        /// Scale steps above the motif's first note.
        public var step: Int

        public init(onset: Int, length: Int, step: Int) {
            self.onset = onset
            self.length = length
            self.step = step
        }
    }

    /// 48ths in a beat.
    public static let beat = 48
    /// The most notes of a motif, the longest in 48ths of a beat, the widest step.
    private static let (mostNotes, longest, widest) = (32, 2 * 7 * 48, 28)

    /// The motif and what answers it, each with at least one note, onsets rising.
    public var main: [Note]
    public var answer: [Note]

    public init(main: [Note], answer: [Note]) {
        self.main = main
        self.answer = answer
    }

    /// Reads `text` back; nil where it is no theme.
    ///
    /// - Parameter text: Notes as `onset:length:step` in 48ths of a beat and scale steps, with spaces between and a
    ///   slash between the motifs, such as `0:48:0 48:96:4 / 0:96:0 96:48:-1`.
    public init?(parsing text: String) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, let main = Self.motif(parsing: halves[0]), let answer = Self.motif(parsing: halves[1])
        else {
            return nil
        }
        self.init(main: main, answer: answer)
    }

    /// The theme in one line.
    public var text: String {
        Self.text(of: main) + " / " + Self.text(of: answer)
    }

    /// One motif in one line.
    public static func text(of motif: [Note]) -> String {
        motif.map { "\($0.onset):\($0.length):\($0.step)" }.joined(separator: " ")
    }

    /// Reads one motif back; nil where `text` is none.
    public static func motif(parsing text: some StringProtocol) -> [Note]? {
        var notes: [Note] = []
        for word in text.split(separator: " ") {
            let numbers = word.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
            guard numbers.count == 3, let onset = numbers[0], let length = numbers[1], let step = numbers[2],
                onset >= 0, length > 0, length <= longest, onset <= longest - length, abs(step) <= widest,
                notes.last.map({ $0.onset < onset }) ?? true, notes.count < mostNotes
            else { return nil }
            notes.append(Note(onset: onset, length: length, step: step))
        }
        return notes.isEmpty ? nil : notes
    }
}
