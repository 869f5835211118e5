package import Moods

/// Changes of single keys in a moment file's text that leave all else as its owner wrote it, comments too.
package enum MomentEdit {
    /// The text with `change` done to its moment.
    ///
    /// Where the keys stand on lines of their own, only those lines change; else the file is written anew.
    /// - Parameters:
    ///   - bytes: The file.
    ///   - moment: What it holds.
    ///   - keys: The top-level keys of one line that `change` touches.
    ///   - change: What happens to the moment.
    /// - Returns: A text that reads back as the changed moment.
    package static func changed(
        _ bytes: [UInt8], _ moment: Moment, keys: [String], _ change: (inout Moment) -> Void
    ) -> String {
        var wanted = moment
        change(&wanted)
        let written = MomentWriter.text(wanted)
        let fresh = written.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        if lines.last == "" { lines.removeLast() }
        for key in keys {
            let new = fresh.first { $0.hasPrefix(key + ":") }
            if let at = lines.firstIndex(where: { $0.hasPrefix(key + ":") }) {
                if let new { lines[at] = new } else { lines.remove(at: at) }
            } else if let new {
                lines.append(new)
            }
        }
        let text = lines.joined(separator: "\n") + "\n"
        let back = try? MomentReader.read(bytes: Array(text.utf8), name: "")
        return back == wanted ? text : written
    }
}
