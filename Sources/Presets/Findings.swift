/// What is wrong in a file, each with its place.
struct Findings {
    /// How the file is called.
    let file: String
    private var all: [(mark: YAMLMark, text: String)] = []

    init(file: String) { self.file = PlainText.escaped(file) }

    var isEmpty: Bool { all.isEmpty }
    var count: Int { all.count }

    mutating func add(_ node: YAMLNode, _ text: String) { add(node.mark, text) }

    mutating func add(_ mark: YAMLMark, _ text: String) { all.append((mark, PlainText.escaped(text))) }

    /// `file:line:column: what`, in the order of the file.
    var lines: [String] {
        all.sorted { ($0.mark.line, $0.mark.column) < ($1.mark.line, $1.mark.column) }
            .map { "\(file):\($0.mark.line):\($0.mark.column): \($0.text)" }
    }

    /// Throws all findings, if there are any.
    func check() throws(PresetError) {
        if !isEmpty { throw PresetError(.invalid, lines) }
    }
}
