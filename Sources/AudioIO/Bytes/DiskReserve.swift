import Glibc

/// Room on a disk that nobody else can take: a file without a name, which goes with this value.
final class DiskReserve {
    private let descriptor: Int32

    /// Takes so many bytes on the disk of a path.
    /// - Throws: `.diskFull` or `.cannotCreate`.
    init(beside path: String, bytes: Int64) throws(AudioIOError) {
        let folder = Destination.split(path).folder
        descriptor = openNamelessFile(in: folder.isEmpty ? "." : folder)
        guard descriptor >= 0 else {
            throw AudioIOError(
                .cannotCreate, path, errno: errno, "cannot create \(path): \(AudioIOError.message(errno))")
        }
        let code = posix_fallocate(descriptor, 0, off_t(bytes))
        guard code == 0 else {
            close(descriptor)
            throw AudioIOError.system(code, path, doing: "write")
        }
    }

    deinit { close(descriptor) }
}

/// Opens a file that has no name and goes when it is closed; negative with errno set where there can be none.
func openNamelessFile(in folder: String) -> Int32 {
    var template = Array("\(folder)/.beachpiano-XXXXXX".utf8CString)
    let descriptor = unsafe template.withUnsafeMutableBufferPointer { buffer in
        guard let path = buffer.baseAddress else { return Int32(-1) }
        let opened = unsafe mkstemp(path)
        if opened >= 0 { unsafe unlink(path) }
        return opened
    }
    if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    return descriptor
}
