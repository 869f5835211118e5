import AudioIO
import CMD
import Glibc

/// The few questions to the file system that the studio has, each with its error in words.
enum FileSystem {
    enum Kind { case file, folder, pipe, other, missing }

    static func kind(_ path: String) -> Kind {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return .missing }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFIFO: return .pipe
        default: return .other
        }
    }

    /// Size in bytes and modification time in nanoseconds; nil where there is no such file.
    static func stamp(_ path: String) -> (size: Int, modified: Int)? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return (Int(status.st_size), Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec))
    }

    /// The bytes of a file from an offset to its end, of at most `limit` bytes.
    static func read(_ path: String, from offset: Int = 0, limit: Int) throws(StudioError) -> [UInt8] {
        switch kind(path) {
        case .missing: throw StudioError(.notFound, "\(path): there is no such file")
        case .folder: throw StudioError(.badData, "\(path): is a folder, not a file")
        case .pipe where !path.hasPrefix("/dev/"):
            // Without a writer it would be waited for without end; a shell's `<(...)` stands in /dev.
            throw StudioError(.badData, "\(path): is a pipe, not a file")
        case .file, .pipe, .other: break
        }
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StudioError(errno == ENOENT ? .notFound : .ioError, "\(path): cannot be read: \(lastSystemError())")
        }
        defer { close(descriptor) }
        if offset > 0, lseek(descriptor, off_t(offset), SEEK_SET) < 0 {
            throw StudioError(.ioError, "\(path): cannot be read: \(lastSystemError())")
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw StudioError(.ioError, "\(path): cannot be read: \(lastSystemError())")
            }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            if bytes.count > limit {
                throw StudioError(.badData, "\(path): is larger than \(limit >> 10) KiB, which is not expected here")
            }
        }
    }

    /// The first bytes of a file, fewer where it is shorter; none where it cannot be read.
    static func start(of path: String, _ count: Int) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, count, 0) }
        return Array(bytes.prefix(max(0, got)))
    }

    /// Names in a folder, sorted.
    static func list(_ path: String) throws(StudioError) -> [String] {
        guard let folder = unsafe opendir(path) else {
            throw StudioError(
                errno == ENOENT ? .notFound : .ioError,
                errno == ENOENT ? "\(path): there is no such folder" : "\(path): cannot be read: \(lastSystemError())")
        }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Makes a folder and those above it.
    static func makeFolder(_ path: String) throws(StudioError) {
        if kind(path) == .folder { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            let parent = String(path[..<slash])
            if !parent.isEmpty { try makeFolder(parent) }
        }
        if unsafe mkdir(path, 0o777) != 0, errno != EEXIST || kind(path) != .folder {
            let reason = errno == EEXIST ? "a file of that name is in the way" : lastSystemError()
            throw StudioError(.cannotCreate, "\(path): the folder cannot be made: \(reason)")
        }
    }

    /// Writes a whole file, which appears under its name when it is on the disk.
    static func write(_ bytes: [UInt8], to path: String, force: Bool) throws(StudioError) {
        try studio { () throws(AudioIOError) in
            _ = try Destination(path: path, force: force)
            let sink = try FileByteSink(path: path, force: force)
            try sink.write(contentsOf: bytes)
            try sink.commit()
        }
    }

    /// The folder that relative paths start from; nil where it is gone.
    static var workingFolder: String? {
        guard let text = unsafe getcwd(nil, 0) else { return nil }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }

    /// Removes a file.
    static func remove(_ path: String) throws(StudioError) {
        if unsafe unlink(path) != 0 {
            throw StudioError(
                errno == ENOENT ? .notFound : .ioError,
                errno == ENOENT ? "\(path): there is no such file" : "\(path): cannot be removed: \(lastSystemError())")
        }
    }

    /// SHA-256 of the bytes, in hexadecimal.
    static func digest(_ bytes: [UInt8]) -> String {
        var text = [CChar](repeating: 0, count: 65)
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe text.withUnsafeMutableBufferPointer {
                _ = unsafe SHA256Data(bytes.baseAddress, bytes.count, $0.baseAddress)
            }
        }
        return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// A digest of a large file that needs no reading of all of it: of its length and its first MiB, in hexadecimal.
    static func digest(ofStart path: String) throws(StudioError) -> String {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StudioError(.ioError, "\(path): cannot be read: \(lastSystemError())") }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        var count = 0
        while count < bytes.count {
            let read = unsafe bytes.withUnsafeMutableBytes {
                unsafe Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if read < 0, errno == EINTR { continue }
            if read < 0 { throw StudioError(.ioError, "\(path): cannot be read: \(lastSystemError())") }
            if read == 0 { break }
            count += read
        }
        return digest(Array(bytes[..<count]) + Array("\(stamp(path)?.size ?? 0)".utf8))
    }

    /// SHA-256 of a file, in hexadecimal.
    static func digest(ofFile path: String) throws(StudioError) -> String {
        var text = [CChar](repeating: 0, count: 65)
        let done = unsafe text.withUnsafeMutableBufferPointer { unsafe SHA256File(path, $0.baseAddress) != nil }
        guard done else { throw StudioError(.ioError, "\(path): cannot be read: \(lastSystemError())") }
        return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// What `errno` says, as the system words it.
func lastSystemError() -> String {
    unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
}
