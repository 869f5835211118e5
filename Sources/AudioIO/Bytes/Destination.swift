import Glibc

/// What stands under an output's name, looked at before anything is rendered.
package struct Destination: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// A file to be created or, with force, replaced.
        case file
        /// A character device such as /dev/null, written as it is.
        case device
        /// A named pipe, written as a stream.
        case pipe
    }

    package let path: String
    package let kind: Kind

    /// Looks at a path.
    /// - Parameters:
    ///   - path: where the output shall go.
    ///   - force: whether it may replace a file or a symbolic link.
    /// - Throws: `.exists` or `.cannotCreate`, with the reason.
    package init(path: String, force: Bool = false) throws(AudioIOError) {
        self.path = path
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw AudioIOError(.cannotCreate, path, "the output needs a file name")
        }
        var status = stat()
        if unsafe lstat(path, &status) == 0 {
            switch status.st_mode & S_IFMT {
            case S_IFDIR: throw AudioIOError(.cannotCreate, path, errno: EISDIR, "\(path) is a folder")
            case S_IFCHR:
                kind = .device
                return
            case S_IFIFO:
                kind = .pipe
                return
            case S_IFLNK where !force:
                throw AudioIOError(
                    .exists, path, errno: EEXIST, "\(path) is a symbolic link: use --force to replace the link itself")
            case S_IFREG where !force: throw Self.existsError(path)
            case S_IFREG, S_IFLNK: break
            default: throw AudioIOError(.cannotCreate, path, "\(path) is no file that can be written")
            }
        } else if errno != ENOENT {
            throw AudioIOError(
                .cannotCreate, path, errno: errno, "cannot create \(path): \(AudioIOError.message(errno))")
        }
        kind = .file
        let (folder, base) = Self.split(path)
        guard !base.isEmpty else {
            throw AudioIOError(.cannotCreate, path, errno: EISDIR, "\(path) names a folder, not a file")
        }
        guard base.utf8.count <= 255 else {
            throw AudioIOError(.cannotCreate, path, errno: ENAMETOOLONG, "the file name in \(path) is too long")
        }
        let place = folder.isEmpty ? "." : folder
        guard unsafe stat(place, &status) == 0 else {
            let reason = errno == ENOENT ? "the folder \(folder) does not exist" : AudioIOError.message(errno)
            throw AudioIOError(.cannotCreate, path, errno: errno, "cannot create \(path): \(reason)")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw AudioIOError(.cannotCreate, path, errno: ENOTDIR, "cannot create \(path): \(folder) is not a folder")
        }
        guard unsafe access(place, W_OK | X_OK) == 0 else {
            throw AudioIOError(
                .cannotCreate, path, errno: errno,
                "cannot create \(path): the folder cannot be written (\(AudioIOError.message(errno)))")
        }
    }

    /// Opens the right sink: a file that appears when whole, or the device or pipe itself.
    ///
    /// - Parameters:
    ///   - force: whether it may replace a file.
    ///   - reserve: bytes of the disk that a file holds back for its end.
    /// - Returns: the sink, with nothing in it.
    /// - Throws: why it cannot be opened.
    package func open(force: Bool = false, reserve: Int64 = 0) throws(AudioIOError) -> any ByteSink {
        if kind == .file { return try FileByteSink(path: path, force: force, reserve: reserve) }
        // Waits for a pipe's reader, as every writer of named pipes does.
        let descriptor = unsafe Glibc.open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw AudioIOError(
                .cannotCreate, path, errno: errno, "cannot open \(path): \(AudioIOError.message(errno))")
        }
        return DescriptorByteSink(descriptor: descriptor, name: path, closing: true)
    }

    /// Bytes free for us on the file system of this path, nil where it cannot be told, as in `/proc`.
    package var freeBytes: Int64? {
        guard kind == .file else { return nil }
        var status = statvfs()
        let folder = Self.split(path).folder
        guard unsafe statvfs(folder.isEmpty ? "." : folder, &status) == 0, status.f_blocks > 0 else { return nil }
        return Int64(clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).0)
    }

    /// Refuses before rendering what cannot fit.
    /// - Parameter bytes: the size expected, see `SoundFileFormat.estimatedBytes`.
    /// - Throws: `.diskFull` with both numbers.
    package func checkRoom(for bytes: Int64) throws(AudioIOError) {
        guard let free = freeBytes, free < bytes else { return }
        throw AudioIOError(
            .diskFull, path, errno: ENOSPC,
            "\(path) needs about \(Self.sizeText(bytes, roundedUp: true)), but only "
                + "\(Self.sizeText(free, roundedUp: false)) are free")
    }

    /// The folder with its slash ("" for the current one) and the last component.
    static func split(_ path: String) -> (folder: String, base: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
        let after = path.utf8.index(after: slash)
        return (String(path[..<after]), String(path[after...]))
    }

    static func existsError(_ path: String) -> AudioIOError {
        AudioIOError(.exists, path, errno: EEXIST, "\(path) exists already: use --force to replace it")
    }

    /// Bytes in MB or GB with one decimal; what is needed rounds up and what is free down, so that they never read alike.
    package static func sizeText(_ bytes: Int64, roundedUp: Bool) -> String {
        let (tenth, unit): (Int64, String) = bytes < 1_000_000_000 ? (100_000, "MB") : (100_000_000, "GB")
        let tenths = bytes / tenth + (roundedUp && bytes % tenth > 0 ? 1 : 0)
        return "\(tenths / 10).\(tenths % 10) \(unit)"
    }
}
