import Glibc

/// What a campaign asks of the file system; a failure of it ends the campaign.
enum Files {
    static func read(_ path: String) -> [UInt8]? {
        guard let file = unsafe fopen(path, "rb") else { return nil }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe fread($0.baseAddress, 1, $0.count, file) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    static func write(_ bytes: [UInt8], to path: String) {
        guard let file = unsafe fopen(path, "wb") else { fatalError("\(path) cannot be written") }
        let count = unsafe bytes.withUnsafeBytes { unsafe fwrite($0.baseAddress, 1, $0.count, file) }
        guard unsafe fclose(file) == 0, count == bytes.count else { fatalError("\(path) cannot be written") }
    }

    static func makeFolder(_ path: String) {
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { fatalError("\(path) cannot be made") }
    }

    /// Paths of the files in a folder, sorted by name.
    static func list(_ folder: String) -> [String] {
        guard let handle = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(handle) }
        var names: [String] = []
        while let entry = unsafe readdir(handle) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted().map { "\(folder)/\($0)" }
    }

    /// Removes a folder with all that is in it.
    static func remove(_ path: String) {
        for inside in list(path) where unsafe unlink(inside) != 0 { remove(inside) }
        unsafe rmdir(path)
    }

    /// Removes a file, where it is there.
    static func forget(_ path: String) { unsafe unlink(path) }

    /// What follows the last dot of a name.
    static func kind(of path: String) -> String { path.split(separator: ".").last.map(String.init) ?? "" }
}
