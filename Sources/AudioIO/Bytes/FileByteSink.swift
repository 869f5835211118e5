import CAudioSupport
import Glibc

/// Bytes into a file that appears under its name only when it is whole.
///
/// It is written as `.NAME.PID.part` in the same folder, which is locked while we live, synced, renamed and the folder
/// synced. Devices and pipes are no files: they go through `DescriptorByteSink` (see `Destination`).
///
/// It may hold back some room on the disk. Once that is full, the room is given free and what is being written still goes
/// through: whoever looks at `isFull` then can end the file as it should be.
package final class FileByteSink: ByteSink {
    /// The path asked for.
    package let name: String
    package private(set) var failure: Int32 = 0
    package private(set) var position: Int64 = 0
    package private(set) var length: Int64 = 0
    /// Where the bytes are until `commit`.
    package let temporaryPath: String
    /// Whether the disk is full but for what was held back.
    package private(set) var isFull = false
    private let force: Bool
    private var descriptor: Int32
    private var reserve: DiskReserve?
    /// Holds the lock from the closing of the file to its naming.
    private var lock: Int32 = -1
    private var isSynced = false
    private var isPublished = false

    /// Creates the temporary file.
    /// - Parameters:
    ///   - path: where the file shall appear.
    ///   - force: whether it may replace what is there.
    ///   - reserve: bytes that are held back for the end of the file.
    /// - Throws: `.exists` or `.cannotCreate`, or `.diskFull` where there is not even room for the reserve; nothing is left
    ///   behind then.
    package init(path: String, force: Bool = false, reserve: Int64 = 0) throws(AudioIOError) {
        guard try Destination(path: path, force: force).kind == .file else {
            throw AudioIOError(.cannotCreate, path, "\(path) is a device or a pipe, not a file to be replaced")
        }
        name = path
        self.force = force
        let (folder, base) = Destination.split(path)
        var candidate = ""
        var opened: Int32 = -1
        for attempt in 0..<100 {
            candidate = folder + PartFile.name(for: base, process: getpid(), attempt: attempt)
            opened = unsafe open(candidate, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
            guard opened >= 0 else {
                if errno == EEXIST { continue }
                break
            }
            // The lock tells the clearing of leftovers that the writer lives; without locks there is no clearing.
            _ = flock(opened, LOCK_EX)
            // A clearing may have come before the lock, and taken the file for a leftover.
            var status = stat()
            if unsafe fstat(opened, &status) != 0 || status.st_nlink > 0 { break }
            close(opened)
            opened = -1
        }
        guard opened >= 0 else {
            throw AudioIOError(
                .cannotCreate, path, errno: errno, "cannot create \(path): \(AudioIOError.message(errno))")
        }
        descriptor = opened
        temporaryPath = candidate
        if reserve > 0 {
            do throws(AudioIOError) {
                self.reserve = try DiskReserve(beside: path, bytes: reserve)
            } catch {
                abandon()
                throw error
            }
        }
    }

    deinit { abandon() }

    package func seek(to position: Int64) { self.position = position }

    package func write(_ bytes: RawSpan) -> Int {
        guard failure == 0, descriptor >= 0 else { return 0 }
        if lseek(descriptor, off_t(position), SEEK_SET) < 0 {
            failure = errno
            return 0
        }
        var code: Int32 = 0
        var written = writeAll(bytes, to: descriptor, failure: &code)
        if code == ENOSPC || code == EDQUOT, reserve != nil {
            reserve = nil
            isFull = true
            code = 0
            written += writeAll(bytes.extracting(droppingFirst: written), to: descriptor, failure: &code)
        }
        failure = code
        position += Int64(written)
        length = max(length, position)
        return written
    }

    /// Syncs and renames.
    ///
    /// Several files that belong together are all synced before the first is published.
    package func commit() throws(AudioIOError) {
        try sync()
        try publish()
    }

    /// Brings all bytes to the disk, still under the temporary name.
    package func sync() throws(AudioIOError) {
        guard !isSynced else { return }
        if failure == 0, descriptor < 0 { failure = EBADF }
        if failure == 0, fsync(descriptor) != 0 { failure = errno }
        if failure == 0 { lock = fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }
        // Some file systems tell of a full disk only when the file is closed.
        if descriptor >= 0, close(descriptor) != 0, failure == 0 { failure = errno }
        descriptor = -1
        if failure != 0 { abandon() }
        try check()
        isSynced = true
    }

    /// Gives the synced file its name.
    /// - Throws: `.exists` where someone else has created it meanwhile and `force` is off.
    package func publish() throws(AudioIOError) {
        guard !isPublished else { return }
        precondition(isSynced, "publish before sync")
        let status = unsafe force ? rename(temporaryPath, name) : bp_rename_noreplace(temporaryPath, name)
        if status != 0 {
            let code = errno
            abandon()
            throw code == EEXIST
                ? Destination.existsError(name)
                : AudioIOError(
                    .cannotCreate, name, errno: code, "cannot create \(name): \(AudioIOError.message(code))")
        }
        isPublished = true
        unlock()
        let folder = Destination.split(name).folder
        let handle = unsafe open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if handle >= 0 {
            // The file itself is safe; a file system that cannot sync a folder is not an error of ours.
            _ = fsync(handle)
            close(handle)
        }
    }

    private func unlock() {
        if lock >= 0 { close(lock) }
        lock = -1
    }

    package func abandon() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        if !isPublished, !temporaryPath.isEmpty { unsafe unlink(temporaryPath) }
        unlock()
        if !isPublished, failure == 0, !isSynced { failure = ECANCELED }
    }
}
