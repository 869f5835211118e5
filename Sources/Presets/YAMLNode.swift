import CYAML

/// A place in a file, counted from 1.
struct YAMLMark: Hashable, Sendable {
    var line: Int
    var column: Int
}

/// A node of a YAML document with its place.
indirect enum YAMLNode: Sendable {
    case scalar(String, isQuoted: Bool, YAMLMark)
    case sequence([YAMLNode], YAMLMark)
    case mapping([(key: YAMLNode, value: YAMLNode)], YAMLMark)

    var mark: YAMLMark {
        switch self {
        case .scalar(_, _, let mark), .sequence(_, let mark), .mapping(_, let mark): mark
        }
    }

    var scalar: String? {
        if case .scalar(let text, _, _) = self { return text }
        return nil
    }
}

/// What is wrong with a file as YAML.
struct YAMLError: Error {
    var mark: YAMLMark
    var what: String
}

/// Loads one document through libyaml.
enum YAMLDocument {
    /// The root node; nil for an empty file.
    static func load(_ bytes: [UInt8], limits: YAMLGuard.Limits = .moment) throws(YAMLError) -> YAMLNode? {
        try YAMLGuard.check(bytes, limits: limits)
        var parser = unsafe yaml_parser_t()
        guard unsafe yaml_parser_initialize(&parser) == 1 else {
            throw YAMLError(mark: YAMLMark(line: 1, column: 1), what: "libyaml does not start")
        }
        defer { unsafe yaml_parser_delete(&parser) }
        var document = unsafe yaml_document_t()
        var failure: YAMLError?
        var isLoaded = false
        unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
            isLoaded = unsafe yaml_parser_load(&parser, &document) == 1
            // A second document would be ignored without a word.
            if isLoaded {
                var rest = unsafe yaml_document_t()
                if unsafe yaml_parser_load(&parser, &rest) == 1 {
                    if let second = unsafe yaml_document_get_root_node(&rest) {
                        let mark = unsafe second.pointee.start_mark
                        failure = YAMLError(
                            mark: YAMLMark(line: Int(mark.line) + 1, column: Int(mark.column) + 1),
                            what: "a second document begins here; a file holds one")
                    }
                    unsafe yaml_document_delete(&rest)
                }
            }
        }
        if !isLoaded {
            let mark = unsafe parser.problem_mark
            let problem = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "not valid YAML"
            throw YAMLError(
                mark: YAMLMark(line: Int(mark.line) + 1, column: Int(mark.column) + 1), what: "\(problem)")
        }
        defer { unsafe yaml_document_delete(&document) }
        if let failure { throw failure }
        guard let root = unsafe yaml_document_get_root_node(&document) else { return nil }
        var budget = limits.nodes
        let node = unsafe convert(root, &document, depth: 0, &budget, &failure)
        if let failure { throw failure }
        return node
    }

    private static func convert(
        _ pointer: UnsafeMutablePointer<yaml_node_t>, _ document: inout yaml_document_t, depth: Int,
        _ budget: inout Int,
        _ failure: inout YAMLError?
    ) -> YAMLNode {
        let node = unsafe pointer.pointee
        let mark = unsafe YAMLMark(line: Int(node.start_mark.line) + 1, column: Int(node.start_mark.column) + 1)
        budget -= 1
        guard budget > 0, depth < 32 else {
            failure = failure ?? YAMLError(mark: mark, what: "the file is too large or too deeply nested")
            return .scalar("", isQuoted: false, mark)
        }
        switch unsafe node.type {
        case YAML_SEQUENCE_NODE:
            var items: [YAMLNode] = []
            var item = unsafe node.data.sequence.items.start
            while let current = unsafe item, unsafe current < node.data.sequence.items.top, failure == nil {
                if let child = unsafe yaml_document_get_node(&document, current.pointee) {
                    items.append(unsafe convert(child, &document, depth: depth + 1, &budget, &failure))
                }
                unsafe item = current + 1
            }
            return .sequence(items, mark)
        case YAML_MAPPING_NODE:
            var pairs: [(key: YAMLNode, value: YAMLNode)] = []
            var pair = unsafe node.data.mapping.pairs.start
            while let current = unsafe pair, unsafe current < node.data.mapping.pairs.top, failure == nil {
                if let key = unsafe yaml_document_get_node(&document, current.pointee.key),
                    let value = unsafe yaml_document_get_node(&document, current.pointee.value)
                {
                    pairs.append(
                        (
                            unsafe convert(key, &document, depth: depth + 1, &budget, &failure),
                            unsafe convert(value, &document, depth: depth + 1, &budget, &failure)
                        ))
                }
                unsafe pair = current + 1
            }
            return .mapping(pairs, mark)
        default:
            let length = unsafe node.data.scalar.length
            let text = unsafe String(
                decoding: UnsafeBufferPointer(start: node.data.scalar.value, count: length), as: UTF8.self)
            let isQuoted = unsafe node.data.scalar.style != YAML_PLAIN_SCALAR_STYLE
            return .scalar(text, isQuoted: isQuoted, mark)
        }
    }
}
