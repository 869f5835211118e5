import Foundation
import Testing

extension EndToEnd {
    @Suite("A batch among faults")
    struct BatchFaultTests {
        /// Runs a script that may mount what it likes: the mounts are its own and go with it.
        private static func inOwnMounts(_ script: String, _ scratch: Scratch) throws -> Program.Outcome {
            let root = geteuid() == 0 ? [] : ["--map-root-user"]
            return try Program.run(
                ["--mount"] + root + ["sh", "-euc", script], in: scratch.url, executable: "/usr/bin/unshare")
        }

        private static let canMount: Bool = {
            guard let scratch = try? Scratch() else { return false }
            return (try? inOwnMounts("mkdir m && mount -t tmpfs tmpfs m", scratch).code) == 0
        }()

        /// 100 presets in the long form.
        @Test("one broken preset among many: the rest is rendered, it is named, and nothing is written elsewhere")
        func broken() throws {
            let count = LongForm.count(100, short: 12)
            let moods = ["warm", "stormy", "serene", "tender", "grief", "joyful"]
            var presets: [String: String] = [:]
            for index in 1..<count { presets["p\(index).yaml"] = "mood: \(moods[index % 6])\n" }
            presets["broken.yaml"] = "mood: warm\nmusic: {tempo: fast}\n"
            // Names that a shell, a path or a terminal would take for something else.
            for name in ["-rf.yaml", "..%2F..%2Fx.yaml", "a\nb.yaml", "\u{1B}[31m.yaml", "x.yaml;id.yaml"] {
                presets[name] = "title: ../../x\nmood: warm\n"
            }
            let scratch = try BatchTests.scratch(presets)
            let before = scratch.names
            let outcome = try Program.run(
                ["batch", "Presets", "--out", "renders", "--duration", "3s", "--format", "flac", "--catalog"],
                in: scratch.url)
            #expect(outcome.code == 65 && outcome.errorLines.count == 1, "\(outcome.error)")
            #expect(outcome.error.contains("broken.yaml:2:16"), "\(outcome.error)")
            #expect(!outcome.error.contains("\u{1B}"))
            #expect(scratch.names == (before + ["renders"]).sorted())
            let made = try BatchTests.files("renders", in: scratch).keys
            #expect(made.count { $0.hasSuffix(".flac") } == count - 1 + 5, "\(made)")
            #expect(!made.contains { $0.hasPrefix("-") || $0.unicodeScalars.contains { $0.value < 0x20 } })
            #expect(try Program.run(["batch", "--verify", "renders"], in: scratch.url).code == 0)
            print("1 broken preset among \(count + 5): \(count + 4) rendered, code \(outcome.code), \(outcome.error)")
        }

        @Test(
            "a disk that fills up half-way: a clean stop with 74, whole files alone, and the rest when there is room",
            .enabled(if: canMount))
        func fullDisk() throws {
            let scratch = try BatchTests.scratch(BatchTests.three)
            let outcome = try Self.inOwnMounts(
                """
                mkdir disk
                mount -t tmpfs -o size=5m tmpfs disk
                run() {
                    code=0
                    beachpiano batch Presets --out disk/renders --duration 10s --seeds 3 --jobs 1 --midi || code=$?
                    echo "code $code"
                    echo "files $(ls disk/renders/*.wav | wc -l)"
                    find disk -name '.*.part'
                    beachpiano batch --verify disk/renders > sums
                    (cd disk/renders && sha256sum -c --quiet ../../sums)
                }
                run
                mount -o remount,size=64m disk
                run
                """, scratch)
            let lines = outcome.text.split(separator: "\n").filter { $0.hasPrefix("code") || $0.hasPrefix("files") }
            #expect(outcome.code == 0 && lines.count == 4, "\(outcome.text)\(outcome.error)")
            #expect(lines.first == "code 74" && lines.dropFirst(2) == ["code 0", "files 9"], "\(outcome.text)")
            #expect(lines[1] == "files 1", "\(outcome.text)")
            #expect(outcome.error.contains("MB are free") && !outcome.text.contains(".part"), "\(outcome.error)")
            print("Disk full half-way: \(lines.joined(separator: ", ")); \(outcome.error)")
        }

        @Test(
            "a disk that somebody else fills while it writes ends it as cleanly", .enabled(if: canMount))
        func filledUp() throws {
            let scratch = try BatchTests.scratch(BatchTests.three)
            let outcome = try Self.inOwnMounts(
                """
                mkdir disk
                mount -t tmpfs -o size=64m tmpfs disk
                mkdir disk/renders
                code=0
                beachpiano batch Presets --out disk/renders --duration 10s --seeds 9 --jobs 2 --midi & batch=$!
                until [ -e disk/renders/a-1.wav ] || ! kill -0 $batch; do sleep 0.02; done
                head -c 100m /dev/zero > disk/hog 2> hog || true
                wait $batch || code=$?
                echo "code $code"
                find disk -name '.*.part'
                rm disk/hog
                beachpiano batch Presets --out disk/renders --duration 10s --seeds 2 --jobs 2 --midi
                beachpiano batch --verify disk/renders > sums
                (cd disk/renders && sha256sum -c --quiet ../../sums)
                """, scratch)
            #expect(outcome.code == 0 && outcome.text.contains("code 74"), "\(outcome.text)\(outcome.error)")
            #expect(!outcome.text.contains(".part"))
        }

        @Test(
            "a temporary folder without room is refused before it fills", .enabled(if: canMount))
        func fullTemporaryFolder() throws {
            let scratch = try BatchTests.scratch(["a.yaml": "mood: warm\n"])
            let outcome = try Self.inOwnMounts(
                """
                mkdir small
                mount -t tmpfs -o size=1m tmpfs small
                TMPDIR=small beachpiano batch Presets --out renders --duration 30s || echo "code $?"
                TMPDIR=small beachpiano batch Presets --out short --duration 5s
                """, scratch)
            #expect(outcome.code == 0 && outcome.text.contains("code 74"), "\(outcome.text)\(outcome.error)")
            #expect(outcome.errorLines.count == 1 && outcome.error.contains("TMPDIR"), "\(outcome.error)")
            #expect(outcome.text.contains("1 rendered"))
        }

        @Test("a folder that cannot be written: one line, 73, nothing rendered", .enabled(if: canMount))
        func readOnly() throws {
            let scratch = try BatchTests.scratch(BatchTests.three)
            let outcome = try Self.inOwnMounts(
                """
                mkdir disk
                mount -t tmpfs tmpfs disk
                mkdir disk/renders
                mount -o remount,ro disk
                for out in disk/renders disk/new; do
                    code=0
                    beachpiano batch Presets --out $out --duration 5s || code=$?
                    echo "code $code"
                done
                ls -A disk/renders
                """, scratch)
            #expect(outcome.text == "code 73\ncode 73\n" && outcome.errorLines.count == 2, "\(outcome)")
            print("Read-only folder: 73, \(outcome.errorLines[0])")
        }

        @Test("checking a folder of presets waits for no pipe", .timeLimit(.minutes(1)))
        func checkedPipe() throws {
            let scratch = try BatchTests.scratch(["a.yaml": "mood: warm\n"])
            #expect(try Program.run(["presets", "check", "Presets"], in: scratch.url).code == 0)
            #expect(unsafe mkfifo(scratch.path("Presets/pipe.yaml"), 0o600) == 0)
            try FileManager.default.createSymbolicLink(
                atPath: scratch.path("Presets/loop.yaml"), withDestinationPath: "loop.yaml")
            for arguments in [["Presets"], ["Presets/a.yaml", "Presets/pipe.yaml"]] {
                let outcome = try Program.run(["presets", "check"] + arguments, in: scratch.url)
                #expect(outcome.code == 65 && outcome.error.contains("pipe.yaml: is not a file"), "\(outcome.error)")
            }
        }
    }
}
