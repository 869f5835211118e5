import Glibc

/// What went wrong with a sound file or a device, sorted by what the caller can do about it.
package struct AudioIOError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Ask for another format, rate or bit depth.
        case unsupportedFormat
        /// The samples or the file read are not what they should be.
        case badData
        /// Give the right name: there is no such file.
        case notFound
        /// Ask for another device, or start the sound server.
        case noDevice
        /// The device went away while playing and did not come back.
        case deviceLost
        /// Choose another name or use force.
        case exists
        /// Choose another place.
        case cannotCreate
        /// Make room.
        case diskFull
        /// Reading or writing failed underneath.
        case ioFailed
        /// The reader of our pipe has gone: end quietly.
        case readerGone
        /// Someone else holds it: try again later.
        case busy
    }

    package let kind: Kind
    /// The path or device concerned.
    package let subject: String
    /// The C library's code, 0 where none applies.
    package let errno: Int32
    /// One sentence with the path or device in it.
    package let description: String
    /// What the library underneath said, for the verbose log; often empty.
    package let detail: String

    package init(_ kind: Kind, _ subject: String, errno: Int32 = 0, detail: String = "", _ description: String) {
        self.kind = kind
        self.subject = subject
        self.errno = errno
        self.detail = detail
        self.description = description
    }

    /// The process's exit code for this error, after sysexits(3) and the product's table.
    package var exitCode: Int32 {
        switch kind {
        case .unsupportedFormat: 64
        case .badData: 65
        case .notFound: 66
        case .noDevice, .deviceLost: 69
        case .exists, .cannotCreate: 73
        case .diskFull, .ioFailed, .readerGone: 74
        case .busy: 75
        }
    }

    /// A failed write or read of `subject`, told apart by the code.
    static func system(_ code: Int32, _ subject: String, doing verb: String) -> AudioIOError {
        let kind: Kind =
            switch code {
            case ENOSPC, EDQUOT, EFBIG: .diskFull
            case EPIPE: .readerGone
            default: .ioFailed
            }
        return AudioIOError(kind, subject, errno: code, "cannot \(verb) \(subject): \(message(code))")
    }

    /// The C library's words for a code, starting in lower case.
    static func message(_ code: Int32) -> String {
        let text = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
