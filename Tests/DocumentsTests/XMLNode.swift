import Foundation
import FoundationXML

/// An element of a parsed document.
final class XMLNode {
    let name: String
    let attributes: [String: String]
    var children: [XMLNode] = []
    var text = ""

    init(_ name: String, _ attributes: [String: String]) {
        self.name = name
        self.attributes = attributes
    }

    /// All descendants of a name, in the order of the document.
    func all(_ name: String) -> [XMLNode] {
        children.flatMap { ($0.name == name ? [$0] : []) + $0.all(name) }
    }

    func first(_ name: String) -> XMLNode? { all(name).first }

    /// The MIDI number of a written note.
    var midi: Int? {
        guard let step = first("step")?.text, let octave = first("octave").flatMap({ Int($0.text) }),
            let natural = ["C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11][step]
        else { return nil }
        return (octave + 1) * 12 + natural + (first("alter").flatMap { Int($0.text) } ?? 0)
    }

    struct Malformed: Error {
        let line: Int
    }

    /// The root of a document; throws where it is not well-formed.
    static func parse(_ text: String) throws -> XMLNode {
        let parser = XMLParser(data: Data(text.utf8))
        let builder = Builder()
        parser.delegate = builder
        guard parser.parse(), let root = builder.root else { throw Malformed(line: parser.lineNumber) }
        return root
    }

    private final class Builder: NSObject, XMLParserDelegate {
        var root: XMLNode?
        private var open: [XMLNode] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            let node = XMLNode(name, attributes)
            open.last?.children.append(node)
            root = root ?? node
            open.append(node)
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) { open.removeLast() }
    }
}
