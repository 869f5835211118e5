import AudioIO
import Glibc

extension Studio {
    /// Devices, versions and rights, as text or JSON; a device that is named is opened.
    public func doctor(device: String?, json: Bool) throws(StudioError) -> String {
        var system = utsname()
        unsafe uname(&system)
        func field<T>(_ tuple: T) -> String {
            unsafe withUnsafeBytes(of: tuple) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        var facts: [(String, String)] = [
            ("beachpiano", Self.version), ("libsndfile", SoundFileLibrary.version),
            ("ALSA", DeviceDescription.libraryVersion),
            ("system", "\(field(system.sysname)) \(field(system.release)) \(field(system.machine))"),
            ("cores", "\(environment.processorCount)"), ("real-time", RealTimeScheduling.request().description),
            ("configuration", configurationState),
        ]
        for name in ["ALSA_CONFIG_PATH", "PULSE_SERVER", "PIPEWIRE_RUNTIME_DIR", "XDG_RUNTIME_DIR"] {
            if let value = environment.variables[name] { facts.append((name, value)) }
        }
        let devices = DeviceDescription.all()
        if let device {
            let opened = ALSADevice(name: device)
            do throws(AudioIOError) {
                facts.append(("opened", try opened.open(PCMRequest()).description))
                opened.close()
            } catch { throw StudioError(error) }
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
}
