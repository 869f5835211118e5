import Glibc

/// What the command may ask about its surroundings, passed in so that tests can choose it.
public struct Environment: Sendable {
    public var variables: [String: String]
    public var standardOutputIsTerminal: Bool
    public var standardErrorIsTerminal: Bool
    public var standardInputIsTerminal: Bool
    public var processorCount: Int

    public init(
        variables: [String: String], standardOutputIsTerminal: Bool = false, standardErrorIsTerminal: Bool = false,
        standardInputIsTerminal: Bool = false, processorCount: Int = 1
    ) {
        self.variables = variables
        self.standardOutputIsTerminal = standardOutputIsTerminal
        self.standardErrorIsTerminal = standardErrorIsTerminal
        self.standardInputIsTerminal = standardInputIsTerminal
        self.processorCount = processorCount
    }

    /// The surroundings of this process.
    public static func current() -> Environment {
        var variables: [String: String] = [:]
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let pair = unsafe String(cString: text)
            if let mark = pair.firstIndex(of: "=") {
                variables[String(pair[..<mark])] = String(pair[pair.index(after: mark)...])
            }
            unsafe entry += 1
        }
        return Environment(
            variables: variables, standardOutputIsTerminal: isatty(1) == 1, standardErrorIsTerminal: isatty(2) == 1,
            standardInputIsTerminal: isatty(0) == 1, processorCount: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }

    /// True where a progress bar may be drawn.
    public var allowsProgressBar: Bool { standardErrorIsTerminal && variables["TERM"] != "dumb" }

    /// `$XDG_CONFIG_HOME/beachpiano`, by default below the home folder; nil without either.
    ///
    /// Relative values are ignored, as the XDG Base Directory specification asks.
    public var configurationFolder: String? { folder("XDG_CONFIG_HOME", ".config") }

    /// `$XDG_DATA_HOME/beachpiano`.
    public var dataFolder: String? { folder("XDG_DATA_HOME", ".local/share") }

    /// Folders with presets of one's own and of the system, in order.
    public var presetFolders: [String] {
        (dataFolder.map { [$0 + "/presets"] } ?? []) + ["/usr/share/beachpiano/Presets"]
    }

    /// The folder of kept moments.
    public var momentsFolder: String? { dataFolder.map { $0 + "/moments" } }

    private func folder(_ variable: String, _ fallback: String) -> String? {
        if let value = variables[variable], value.hasPrefix("/") { return value + "/beachpiano" }
        guard let home = variables["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/" + fallback + "/beachpiano"
    }
}
