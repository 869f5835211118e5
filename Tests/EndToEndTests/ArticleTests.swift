import Foundation
import Testing

extension EndToEnd {
    @Suite("The article on a piece")
    struct ArticleTests {
        /// The blocks of the article that begin with a command: the command, and the lines that stand below it.
        private static let blocks: [(command: String, lines: [String])] = {
            let path = "Sources/Composition/Composition.docc/FromMoodToMusic.md"
            let text = try? String(contentsOf: Program.repository.appendingPathComponent(path), encoding: .utf8)
            return (text ?? "").components(separatedBy: "\n```").enumerated().filter { $0.offset % 2 == 1 }.compactMap {
                let lines = $0.element.split(separator: "\n").map(String.init)
                guard let first = lines.first, first.hasPrefix("$ beachpiano ") else { return nil }
                return (String(first.dropFirst(2)), Array(lines.dropFirst()))
            }
        }()

        @Test("shows what the program prints, line by line")
        func shown() throws {
            #expect(Self.blocks.count >= 4)
            let scratch = try Scratch()
            for (command, lines) in Self.blocks {
                let outcome = try Program.run(["-c", command + " 2>&1"], in: scratch.url, executable: "/bin/sh")
                #expect(outcome.code == 0)
                var printed = outcome.text.split(separator: "\n").map(String.init)[...]
                for line in lines {
                    let place = printed.firstIndex(of: line)
                    #expect(place != nil, "'\(line)' of '\(command)'")
                    if let place { printed = printed[(place + 1)...] }
                }
            }
        }
    }
}
