/// What is wrong in a file, each with its place.
struct Findings {
    /// How the file is called.
    let file: String
    private var all: [(mark: YAMLMark, text: String)] = []

    init(file: String) { self.file = PlainText.escaped(file) }

    /// Findings that are told at most: who has so many has another kind of file.
    private static let limit = 200

    var isEmpty: Bool { all.isEmpty }
    /// Whether no more are taken.
    var isFull: Bool { all.count >= Self.limit }
    var count: Int { all.count }

    mutating func add(_ node: YAMLNode, _ text: String) { add(node.mark, text) }

    mutating func add(_ mark: YAMLMark, _ text: String) {
        if !isFull { all.append((mark, PlainText.escaped(text))) }
    }

    /// `file:line:column: what`, in the order of the file.
    var lines: [String] {
        all.sorted { ($0.mark.line, $0.mark.column) < ($1.mark.line, $1.mark.column) }
            .map { "\(file):\($0.mark.line):\($0.mark.column): \($0.text)" }
            + (isFull ? ["\(file): and so on: it was read no further"] : [])
    }

    /// Throws all findings, if there are any.
    func check() throws(PresetError) {
        if !isEmpty { throw PresetError(.invalid, lines) }
    }
}
