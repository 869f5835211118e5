import Glibc

/// The locks of a folder of results: bytes of one empty hidden file, which the system frees when their holder dies.
///
/// Locks of open file descriptions (fcntl(2)), so that two threads of a process exclude one another as two processes do.
/// Where the file system has no locks, all is granted.
struct BatchLocks: Sendable {
    static let fileName = ".beachpiano.lock"
    private let path: String

    init(folder: String) { path = folder + "/" + Self.fileName }

    /// What a lock is for.
    enum Subject {
        /// The folder as a whole: shared by batches, exclusive for a merge.
        case folder(exclusive: Bool)
        /// A piece, by its identity.
        case piece(String)
        /// The page that shows all pieces.
        case catalogue
    }

    /// The lock, or nil while somebody else holds it.
    func take(_ subject: Subject) throws(StudioError) -> BatchLock? {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else {
            throw StudioError(.cannotCreate, "\(path): cannot be made: \(lastSystemError())")
        }
        var request = flock()
        request.l_whence = Int16(SEEK_SET)
        request.l_len = 1
        switch subject {
        case .folder(let isExclusive): request.l_type = Int16(isExclusive ? F_WRLCK : F_RDLCK)
        case .piece(let identity):
            request.l_type = Int16(F_WRLCK)
            // 62 bits: within what an offset can be.
            request.l_start = 1 + off_t((UInt64(identity.prefix(16), radix: 16) ?? 0) >> 2)
        case .catalogue:
            request.l_type = Int16(F_WRLCK)
            request.l_start = .max - 1
        }
        // F_OFD_SETLK, which the C headers show under _GNU_SOURCE only.
        let status = unsafe withUnsafeMutablePointer(to: &request) {
            unsafe fcntl(descriptor, 37, UnsafeMutableRawPointer($0))
        }
        if status != 0, errno == EAGAIN || errno == EACCES {
            close(descriptor)
            return nil
        }
        return BatchLock(descriptor: descriptor)
    }
}

/// Held for as long as it lives.
final class BatchLock: Sendable {
    private let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }
}
