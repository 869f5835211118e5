import Glibc
import Moods
import Presets

/// The owner's answers: one file in a folder of its own, which nobody else may read.
struct ProfileStore {
    /// `profile` in the data folder.
    let folder: String

    var path: String { folder + "/profile.yaml" }

    /// The answers that are kept; nil where nobody has said hello.
    func load() throws(StudioError) -> ProfileAnswers? {
        guard FileSystem.kind(path) != .missing else { return nil }
        // Whoever opened it to others meant no harm, and it is closed again.
        _ = unsafe chmod(folder, 0o700)
        _ = unsafe chmod(path, 0o600)
        do throws(StudioError) { return try Self.read(path) } catch {
            guard error.kind == .badData else { throw error }
            throw StudioError(
                .badData,
                error.message + " ('beachpiano hello' asks anew, '--forget' removes it, '--no-profile' does without)")
        }
    }

    /// Answers in any file of that form.
    static func read(_ path: String) throws(StudioError) -> ProfileAnswers {
        let bytes = try FileSystem.read(path, limit: 1 << 16)
        do throws(PresetError) { return try ProfileDocument.read(bytes: bytes, name: path) } catch {
            throw StudioError(.badData, error.findings[0])
        }
    }

    /// Keeps the answers: the folder is closed to others before the file is there, and the file appears whole.
    func save(_ answers: ProfileAnswers) throws(StudioError) {
        if let slash = folder.lastIndex(of: "/") { try FileSystem.makeFolder(String(folder[..<slash])) }
        if unsafe mkdir(folder, 0o700) != 0, errno != EEXIST || FileSystem.kind(folder) != .folder {
            throw StudioError(.cannotCreate, "\(folder): the folder cannot be made: \(lastSystemError())")
        }
        guard unsafe chmod(folder, 0o700) == 0 else {
            throw StudioError(.cannotCreate, "\(folder): cannot be closed to others: \(lastSystemError())")
        }
        let before = umask(0o077)
        defer { _ = umask(before) }
        try FileSystem.write(Array(ProfileDocument.text(answers).utf8), to: path, force: true)
    }

    /// Removes every trace: the file, leftovers of it, the folder.
    /// - Returns: Whether there was anything.
    func forget() throws(StudioError) -> Bool {
        guard FileSystem.kind(folder) == .folder else { return false }
        for name in try FileSystem.list(folder) { try FileSystem.remove("\(folder)/\(name)") }
        guard unsafe rmdir(folder) == 0 else {
            throw StudioError(.ioError, "\(folder): cannot be removed: \(lastSystemError())")
        }
        return true
    }
}
