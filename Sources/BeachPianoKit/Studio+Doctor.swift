import AudioIO
import Glibc
import Mixing
import Presets

extension Studio {
    /// Devices, versions and rights, as text or JSON; the device that `play` would take is opened and closed.
    ///
    /// One that is named and cannot be opened is an error.
    public func doctor(device: String?, json: Bool) throws(StudioError) -> String {
        var system = utsname()
        unsafe uname(&system)
        func field<T>(_ tuple: T) -> String {
            unsafe withUnsafeBytes(of: tuple) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        var facts: [(String, String)] = [
            ("beachpiano", Self.version), ("libsndfile", SoundFileLibrary.version),
            ("ALSA", DeviceDescription.libraryVersion), ("libebur128", LoudnessMeter.libraryVersion),
            ("system", "\(field(system.sysname)) \(field(system.release)) \(field(system.machine))"),
            ("cores", "\(environment.processorCount)"), ("real-time", RealTimeScheduling.request().description),
            ("configuration", configurationState), ("sound servers", soundServers),
        ]
        for name in ["ALSA_CONFIG_PATH", "PULSE_SERVER", "PIPEWIRE_RUNTIME_DIR", "XDG_RUNTIME_DIR"] {
            if let value = environment.variables[name] { facts.append((name, value)) }
        }
        let devices = DeviceDescription.all()
        let own = (try? configuration())?.device
        let name = device ?? environment.variables["BEACHPIANO_DEVICE"] ?? own ?? "default"
        let opened = ALSADevice(name: name)
        do throws(AudioIOError) {
            facts.append((name, try opened.open(PCMRequest()).description))
            opened.close()
        } catch {
            if device != nil { throw StudioError(error) }
            facts.append((name, error.description))
        }
        if json {
            return JSON.object(
                facts.map { ($0.0, .string($0.1)) } + [
                    (
                        "devices",
                        .array(
                            devices.map {
                                .object([
                                    ("name", .string($0.name)), ("text", .string($0.text)),
                                    ("default", .bool($0.isDefault)),
                                ])
                            })
                    )
                ]
            ).text
        }
        var lines = facts.map { "\($0.0): \($0.1)" }
        lines.append(devices.isEmpty ? "devices: none" : "devices:")
        for device in devices {
            let text = device.text.split(separator: "\n").joined(separator: ", ")
            lines.append("  \(device.isDefault ? "*" : " ") \(device.name)\(text.isEmpty ? "" : "  \(text)")")
        }
        return lines.joined(separator: "\n")
    }

    /// The sound servers whose sockets are there.
    private var soundServers: String {
        let runtime = environment.variables["XDG_RUNTIME_DIR"] ?? "/run/user/\(getuid())"
        let pipewire = environment.variables["PIPEWIRE_RUNTIME_DIR"] ?? runtime
        let sockets = [("PipeWire", pipewire + "/pipewire-0"), ("PulseAudio", runtime + "/pulse/native")]
        let there = sockets.filter { FileSystem.kind($0.1) == .other }.map(\.0)
        return there.isEmpty ? "none" : there.joined(separator: ", ")
    }
}
