import Glibc

/// The temporary names of unfinished files, and the clearing of those whose writer died.
package enum PartFile {
    /// `.NAME.PID.part`, NAME cut so that the whole stays within 255 bytes.
    static func name(for base: String, process: Int32, attempt: Int) -> String {
        let tail = attempt == 0 ? ".\(process).part" : ".\(process)-\(attempt).part"
        var stem = base
        while stem.utf8.count + tail.utf8.count + 1 > 255 { stem.removeLast() }
        return ".\(stem)\(tail)"
    }

    /// Whether a file's name has the shape of `name(for:process:attempt:)`.
    static func isPartName(_ name: String) -> Bool {
        guard name.hasPrefix("."), name.hasSuffix(".part") else { return false }
        let parts = name.dropFirst().dropLast(5).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 2, let process = parts.last?.split(separator: "-").first else { return false }
        return !process.isEmpty && process.allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// Removes what killed processes left in a folder: a writer that lives holds a lock on its part file.
    /// - Returns: the names removed, sorted.
    @discardableResult
    package static func removeLeftovers(in folder: String) -> [String] {
        guard let directory = unsafe opendir(folder.isEmpty ? "." : folder) else { return [] }
        defer { unsafe closedir(directory) }
        let handle = unsafe dirfd(directory)
        var removed: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard isPartName(name) else { continue }
            let path = (folder.isEmpty ? "" : folder + "/") + name
            let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
            guard file >= 0 else { continue }
            defer { close(file) }
            if flock(file, LOCK_EX | LOCK_NB) == 0, unsafe unlinkat(handle, name, 0) == 0 { removed.append(name) }
        }
        return removed.sorted()
    }
}
