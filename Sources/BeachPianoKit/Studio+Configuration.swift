import Presets

extension Studio {
    /// Where the user's configuration is looked for; nil without a home.
    var configurationPath: String? { environment.configurationFolder.map { $0 + "/config.yaml" } }

    /// The user's configuration; one that asks for nothing where there is no file.
    func configuration() throws(StudioError) -> Configuration {
        guard let path = configurationPath, FileSystem.kind(path) != .missing else { return Configuration() }
        guard FileSystem.kind(path) == .file else { throw StudioError(.badData, "\(path): is not a file") }
        let bytes = try FileSystem.read(path, limit: 1 << 20)
        do throws(PresetError) { return try Configuration(bytes: bytes, name: path) } catch {
            throw StudioError(.badData, error.findings[0])
        }
    }

    /// Path and state of the configuration, for `doctor`.
    var configurationState: String {
        guard let path = configurationPath else { return "none: neither XDG_CONFIG_HOME nor HOME is set" }
        guard FileSystem.kind(path) != .missing else { return "\(path) (not there)" }
        do throws(StudioError) {
            _ = try configuration()
            return path
        } catch { return "broken: \(error.message)" }
    }
}
