import BeachPianoKit
import Testing

@Suite("Lines of commands")
struct CommandLinesTests {
    @Test("lines are cut wherever the bytes are, and a last one without an end counts")
    func cut() {
        var lines = CommandLines()
        #expect(lines.add("ne".utf8).isEmpty)
        #expect(lines.add("xt\n\nkeep".utf8) == [.text("next"), .text("")])
        #expect(lines.end() == [.text("keep")] && lines.end().isEmpty)
    }

    @Test("a line of over 4096 bytes is one message without its text, and the next line counts")
    func tooLong() {
        var lines = CommandLines()
        #expect(lines.add(repeatElement(UInt8(ascii: "a"), count: 4096)).isEmpty)
        #expect(lines.add("a".utf8) == [.tooLong])
        #expect(lines.add(repeatElement(UInt8(ascii: "b"), count: 10_000)).isEmpty)
        #expect(lines.add("\nnext\n".utf8) == [.text("next")] && lines.end().isEmpty)
        #expect {
            try CommandLines.Line.tooLong.command()
        } throws: { error in
            (error as? StudioError)?.message == "a line of over 4096 bytes is no command"
        }
    }

    @Test("bytes that are no UTF-8 are an unknown command, nothing worse")
    func noText() {
        var lines = CommandLines()
        let found = lines.add([0xFF, 0xC3, 0x28, 0x0A, 0xF0, 0x9F, 0x0A])
        #expect(found.count == 2)
        for line in found { #expect(throws: StudioError.self) { try line.command() } }
    }
}

@Suite("Screen area")
struct ScreenAreaTests {
    private static let lines = (0..<14).map { "line \($0) " + String(repeating: "x", count: 70) }

    private func up(_ text: String) -> Int? {
        text.split(separator: "\u{1B}[").compactMap {
            $0.first?.isNumber == true ? Int($0.prefix { $0.isNumber }) : nil
        }
        .first
    }

    @Test("what is shown is gone over from its first row")
    func again() {
        var area = ScreenArea()
        let size = ScreenArea.Size(columns: 80, rows: 24)
        let first = area.draw(Self.lines, messages: ["hello"], size: size)
        #expect(up(first) == nil && first.hasPrefix("\u{1B}[?25l") && first.contains("hello\u{1B}[K\nline 0"))
        let second = area.draw(Self.lines, messages: [], size: size)
        #expect(second.hasPrefix("\u{1B}[14A\rline 0") && second.hasSuffix("\u{1B}[J"))
        #expect(area.finish(messages: ["bye"], size: size) == "\u{1B}[14A\r\u{1B}[J\u{1B}[?25hbye\n")
    }

    @Test("in a low window the first lines are shown, as many as fit")
    func low() {
        var area = ScreenArea()
        let size = ScreenArea.Size(columns: 80, rows: 6)
        let text = area.draw(Self.lines, messages: [], size: size)
        #expect(text.contains("line 4 ") && !text.contains("line 5 "))
        #expect(up(area.draw(Self.lines, messages: [], size: size)) == 5)
        #expect(up(area.draw(Self.lines, messages: [], size: ScreenArea.Size(columns: 80, rows: 24))) == 5)
    }

    @Test("lines that a narrower window has wrapped are erased whole")
    func narrower() {
        var area = ScreenArea()
        _ = area.draw(Self.lines, messages: [], size: ScreenArea.Size(columns: 80, rows: 50))
        // Each line of 77 or 78 columns takes two rows of 40.
        let text = area.draw(Self.lines.map { String($0.prefix(40)) }, messages: [], size: .init(columns: 40, rows: 50))
        #expect(up(text) == 28)
        #expect(up(area.finish(messages: [], size: ScreenArea.Size(columns: 40, rows: 50))) == 14)
    }
}
