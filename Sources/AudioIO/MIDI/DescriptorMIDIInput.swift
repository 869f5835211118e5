import Glibc

/// Raw MIDI bytes from a device such as `/dev/snd/midiC1D0`, from a named pipe or from standard input.
package final class DescriptorMIDIInput: MIDIInput {
    package let name: String
    private let descriptor: Int32
    private let isOwned: Bool

    /// Standard input; it ends when its writer does.
    static var standardInput: DescriptorMIDIInput { DescriptorMIDIInput(name: "standard input", descriptor: 0) }

    private init(name: String, descriptor: Int32) {
        self.name = name
        self.descriptor = descriptor
        isOwned = false
    }

    /// Opens a device or a pipe; a pipe stays open when one writer leaves, for the next.
    package init(path: String) throws(AudioIOError) {
        name = path
        isOwned = true
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw AudioIOError(
                errno == ENOENT ? .notFound : .cannotCreate, path, errno: errno,
                "\(path): \(errno == ENOENT ? "there is no such device or pipe" : AudioIOError.message(errno))")
        }
        let mode: Int32
        switch status.st_mode & S_IFMT {
        case S_IFIFO: mode = O_RDWR
        case S_IFCHR: mode = O_RDONLY
        case S_IFREG:
            throw AudioIOError(
                .badData, path, "\(path): is a file, not a keyboard: 'beachpiano perform' plays MIDI files")
        default: throw AudioIOError(.badData, path, "\(path): is neither a MIDI device nor a named pipe")
        }
        descriptor = unsafe open(path, mode | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw AudioIOError(
                .noDevice, path, errno: errno, "\(path): cannot be opened: \(AudioIOError.message(errno))")
        }
    }

    deinit { if isOwned { close(descriptor) } }

    package func read(milliseconds: Int32) throws(AudioIOError) -> [UInt8]? {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&request, 1, milliseconds) > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        if count > 0 { return Array(bytes[..<count]) }
        if count < 0, errno == EINTR || errno == EAGAIN { return [] }
        // The end is one for standard input only: a device that ends has been unplugged.
        if count == 0, !isOwned { return nil }
        let reason = count == 0 ? "" : ": \(AudioIOError.message(errno))"
        throw AudioIOError(.deviceLost, name, errno: errno, "\(name) was lost\(reason)")
    }
}
