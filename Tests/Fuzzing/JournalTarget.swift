import BeachPianoKit
import Moods
import Presets

/// Kept moments, the owner's profile and the configuration.
struct JournalTarget: Target {
    let limit = 1 << 20

    func read(_ path: String, home: String) throws(Fault) -> String {
        let bytes = Files.read(path) ?? []
        return switch Files.kind(of: path) {
        case "profile": try profile(bytes, home)
        case "config": try configuration(bytes, home)
        default: try moment(bytes, home)
        }
    }

    /// Lists, shows, resolves, renames and exports a kept moment; what is refused stays as it was.
    private func moment(_ bytes: [UInt8], _ home: String) throws(Fault) -> String {
        let folder = "\(home)/.local/share/beachpiano/moments"
        let (path, renamed, exported) = ("\(folder)/old.yaml", "\(folder)/new.yaml", "\(home)/out.yaml")
        Files.write(bytes, to: path)
        let studio = Targets.studio(home: home)
        defer { for file in Files.list(folder) + [exported] { Files.forget(file) } }
        do throws(StudioError) {
            let list = try studio.momentList(json: false)
            _ = try studio.momentList(matching: ["a", "light"], json: true)
            _ = try studio.momentText("old", json: false)
            _ = try studio.momentText("old", json: true)
            var source = Source()
            source.kept = "old"
            let resolved = try studio.resolve(source)
            guard list.findings.isEmpty else { throw StudioError(.ioError, "refused here and taken there") }
            _ = try studio.renameMoment("old", to: "New")
            try studio.exportMoment("new", to: exported, force: true)
            let again = try studio.presetCheck([renamed, exported])
            guard again.findings.isEmpty else { throw StudioError(.ioError, "renamed: \(again.findings[0])") }
            source.kept = "new"
            guard try studio.resolve(source).moment.moods == resolved.moment.moods else {
                throw StudioError(.ioError, "renamed, it is another")
            }
            return "taken: \(resolved.moment.moods.count) \(resolved.moment.why.count)"
        } catch {
            guard error.kind != .badData || Files.read(path) == bytes else {
                throw Fault(what: "a refused file changed")
            }
            return try Targets.refusal(error, allowed: [.badData])
        }
    }

    private func profile(_ bytes: [UInt8], _ home: String) throws(Fault) -> String {
        let path = "\(home)/.local/share/beachpiano/profile/profile.yaml"
        Files.write(bytes, to: path)
        defer { Files.forget(path) }
        let studio = Targets.studio(home: home)
        do throws(StudioError) {
            _ = try studio.profileText(json: true)
            let text = try studio.profileText(json: false)
            return "taken: \(Targets.outline(text))"
        } catch { return try Targets.refusal(error, allowed: [.badData]) }
    }

    private func configuration(_ bytes: [UInt8], _ home: String) throws(Fault) -> String {
        let path = "\(home)/.config/beachpiano/config.yaml"
        Files.write(bytes, to: path)
        defer { Files.forget(path) }
        var source = Source()
        source.mood = "warm"
        do throws(StudioError) {
            let resolved = try Targets.studio(home: home).resolve(source)
            return "taken: \(resolved.duration == 150)"
        } catch { return try Targets.refusal(error, allowed: [.badData]) }
    }

    func seeds() -> [Sample] {
        let presets = PresetLibrary.shipped.map { Sample(kind: "yaml", bytes: Array($0.text.utf8)) }
        let texts: [(String, String)] = [
            ("yaml", Self.everyKey), ("yaml", ""), ("yaml", "mood: warm\n"), ("yaml", "- a\n- b\n"),
            ("yaml", "---\n...\n"),
            ("yaml", "mood: &m {valence: 0.2}\nwhy: [*m]\n"), ("yaml", "? mood\n: warm\n"),
            ("yaml", "words: |\n  a\n  b\n"),
            ("yaml", "\u{FEFF}title: \"\\u263a \\x41\"\n"), ("yaml", "%YAML 1.1\n---\nmood: !!str warm\n"),
            (
                "profile",
                "voice: felt\nplace: \"a harbour\"\nwords: \"la la la\"\npace: slower\nunrest: some\npast: much\n"
            ),
            ("profile", "register: high\n"),
            ("config", "duration: 1m\nmusic: {tempo: 70, metre: 3/4}\nplay: {device: null, latency: 100}\n"),
            ("config", "output: {rate: 44100, format: flac, loudness: -18}\nscene: {sea: calm}\n"),
        ]
        return presets + texts.map { Sample(kind: $0, bytes: Array($1.utf8)) }
    }

    private static let everyKey = """
        title: "A day: 'all' of it"
        description: All keys at once.
        words: on the beach
        mood:
          - {at: 0s, name: golden-hour}
          - {at: 1m40s, valence: 0.2, energy: -0.4, tension: -0.3, intimacy: 0.8, nostalgia: 0.8, openness: 0.5}
        seed: salt-lantern-window
        duration: 2m35s
        pianist: 4294967295
        reroll: [harmony, melody, melody]
        music: {key: D-flat major, metre: 3/4, tempo: 63, form: rounded, density: 0.4, register: -3, pace: 1.2}
        piano: {instrument: felt, felt: 0.7, una-corda: auto, lid: 0.1, age: 0.3, a4: 440, seed: 7}
        scene: {room: near, microphones: 0.5m, reverb: -17dB, sea: calm, swell: 8.6s, sea-level: -24dB}
        output: {rate: 48000, format: wav24, loudness: -23}
        why:
          - sea swell 8.6 s -> nine beats in 3/4 for each wave
        kept: 2024-06-21T20:45:10+01:00
        place: Cascais
        rendered: /a/b.wav
        retold-from: evening

        """

    func giants() -> [Sample] {
        [
            String(repeating: "[", count: 3900), String(repeating: "{a: ", count: 3900),
            "why:\n" + String(repeating: "  - a reason that is a reason\n", count: 19_000),
            "why: [&a x" + String(repeating: ", *a", count: 900) + "]\n",
            "words: \"" + String(repeating: "a\\n", count: 300_000) + "\"\n",
            "# " + String(repeating: "-", count: 1 << 20),
            String(repeating: "title: x\n", count: 9000), (0..<9000).map { "ones\($0): 1m}\n" }.joined(),
            "mood:\n" + (0..<9000).map { "  - {at: \($0)s, name: warm}\n" }.joined(),
        ].map { Sample(kind: "yaml", bytes: Array($0.utf8)) }
    }

    var words: [[UInt8]] {
        [
            "title", "words", "mood", "valence", "seed", "duration", "pianist", "reroll", "music", "key", "metre",
            "theme",
            "signature", "0:48:0 48:96:4 / 0:96:0", "9223372036854775807:1:1", "piano", "scene", "swell", "sea-level",
            "output", "why", "kept", "place", "rendered", "retold-from", "voice", "play", "device", ": ", "\n",
            "\n  - ",
            "  ", "\t", "{", "}", "[", "]", "&a ", "*a", "!!binary ", "|\n", ">\n", "? ", "---\n", "...\n",
            "%TAG ! x\n",
            "# ", "\"", "'", "\\u0000", "\\U0010FFFF", ".nan", ".inf", "-.inf", "1e400", "1e-400", "-0", "0x7fffffff",
            "9223372036854775808", "-9223372036854775809", "1_000", "24h", "0s", "1e9s", "2m2m", "99999h", "null", "~",
            "yes", "2024-02-30T25:61:61+99:99", "0000-00-00", "9999999999999-01-01T00:00:00Z", "H-sharp major",
            "C-flat minor",
            "7/8", "\u{85}", "\u{2028}", "\u{FEFF}", "é",
        ].map { Array($0.utf8) } + [[0xFF], [0xC2], [0], [0x1B], [0xED, 0xA0, 0x80]]
    }
}
