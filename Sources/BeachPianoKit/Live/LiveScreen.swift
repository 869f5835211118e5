/// Draws a view in place below the messages, a few times a second, and takes it away at the end.
final class LiveScreen {
    private let console: Console
    private var area = ScreenArea()

    init(_ console: Console) { self.console = console }

    /// Shows a view with messages above it that stay.
    func draw(_ view: LiveView, messages: [String], size: ScreenArea.Size) {
        console.draw(area.draw(view.lines(width: size.columns, rows: size.rows - 1), messages: messages, size: size))
    }

    /// Takes the view away, leaving the messages.
    func finish(messages: [String], size: ScreenArea.Size) { console.draw(area.finish(messages: messages, size: size)) }

    /// Leaves what is shown where it is: someone else has written below it.
    func forget() { area = ScreenArea() }
}

/// The last lines of a terminal, which are written again and again: what has to be sent for it.
package struct ScreenArea {
    /// Of the terminal.
    package struct Size: Hashable, Sendable {
        package var columns: Int
        package var rows: Int

        package init(columns: Int, rows: Int) {
            self.columns = columns
            self.rows = rows
        }
    }

    /// Columns of each line that is shown.
    private var shown: [Int] = []

    private static let hideCursor = "\u{1B}[?25l"
    private static let showCursor = "\u{1B}[?25h"
    private static let clearRow = "\u{1B}[K"
    private static let clearBelow = "\u{1B}[J"

    package init() {}

    /// What replaces the lines shown by others, the first ones where not all fit, with messages above them that stay.
    package mutating func draw(_ lines: [String], messages: [String], size: Size) -> String {
        // Each row is written over and cleared behind its text: a terminal that is cleared whole keeps what stood there among
        // the lines that can be scrolled back to.
        var text = (shown.isEmpty ? Self.hideCursor : "") + back(size)
        for message in messages { text += message + Self.clearRow + "\n" }
        // The cursor stands in the row below.
        let fitting = lines.prefix(max(0, size.rows - 1))
        for line in fitting { text += line + Self.clearRow + "\n" }
        shown = fitting.map(\.count)
        return text + Self.clearBelow
    }

    /// What takes the lines away.
    package mutating func finish(messages: [String], size: Size) -> String {
        var text = back(size) + Self.clearBelow + Self.showCursor
        for message in messages { text += message + "\n" }
        shown = []
        return text
    }

    /// Goes to the first line shown.
    ///
    /// A terminal that was made narrower since has wrapped the lines that are too long for it.
    private func back(_ size: Size) -> String {
        let columns = max(1, size.columns)
        let rows = shown.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
        let up = min(rows, max(1, size.rows - 1))
        return rows > 0 ? "\u{1B}[\(up)A\r" : ""
    }
}
