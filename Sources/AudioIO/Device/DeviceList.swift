import CALSA
import CAudioSupport
import Glibc

/// A playback device by ALSA's own list.
package struct DeviceDescription: Hashable, Sendable {
    package let name: String
    /// One line.
    package let text: String
    package let isDefault: Bool

    /// All playback devices that ALSA's configuration names, none of them opened: opening a device that nobody asked
    /// for may wake libraries that print to the terminal.
    package static func all() -> [DeviceDescription] {
        bp_alsa_capture_errors()
        var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
        guard unsafe snd_device_name_hint(-1, "pcm", &hints) == 0, let list = unsafe hints else { return [] }
        defer { unsafe snd_device_name_free_hint(list) }
        var result: [DeviceDescription] = []
        var index = 0
        while let hint = unsafe list[index] {
            index += 1
            guard let name = unsafe field(hint, "NAME"), name != "null", !converters.contains(name) else { continue }
            // Without a direction it plays and records.
            if let direction = unsafe field(hint, "IOID"), direction != "Output" { continue }
            let text = unsafe (field(hint, "DESC") ?? "").split(separator: "\n").joined(separator: ", ")
            result.append(DeviceDescription(name: name, text: text, isDefault: name == "default"))
        }
        return result
    }

    /// Plugins that turn one sound into another on the way to the default device: nothing to play to by themselves.
    private static let converters: Set<String> = ["lavrate", "samplerate", "speexrate", "upmix", "vdownmix"]

    private static func field(_ hint: UnsafeMutableRawPointer, _ key: String) -> String? {
        guard let text = unsafe snd_device_name_get_hint(hint, key) else { return nil }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }

    /// Version of the library, such as `1.2.8`.
    package static var libraryVersion: String {
        unsafe snd_asoundlib_version().map { unsafe String(cString: $0) } ?? "unknown"
    }
}
