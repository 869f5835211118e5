import Foundation
import Testing

extension EndToEnd {
    @Suite("A batch that is killed")
    struct BatchKillTests {
        /// 12 kills here; `BEACHPIANO_LONG=1 swift test -c release --disable-xctest --filter BatchKillTests` gives 1,000.
        @Test("leaves only whole files whatever the instant, and ends with those of an undisturbed run")
        func killed() throws {
            let kills = LongForm.count(1000, short: 12)
            let seeds = LongForm.count(6, short: 3)
            let scratch = try BatchTests.scratch(BatchTests.three)
            let options = ["--seeds", "\(seeds)", "--format", "flac", "--midi", "--catalog"]
            func batch(_ out: String) -> [String] {
                ["batch", "Presets", "--out", out, "--duration", "5s", "--jobs", "2"] + options
            }
            #expect(try Program.run(batch("whole"), in: scratch.url).code == 0)
            let whole = try BatchTests.files("whole", in: scratch)
            #expect(whole.count == 9 * seeds + 1)
            var chance = Chance(seed: 8)
            var (killed, completed, looked, torn) = (0, 0, 0, 0)
            while killed < kills {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: Program.path)
                process.arguments = batch("renders") + ["--quiet"]
                process.currentDirectoryURL = scratch.url
                process.standardError = FileHandle.nullDevice
                try process.run()
                Thread.sleep(forTimeInterval: Double.random(in: 0.02...1.5, using: &chance))
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                let isKilled = process.terminationReason == .uncaughtSignal
                if isKilled { killed += 1 } else { #expect(process.terminationStatus == 0) }
                guard FileManager.default.fileExists(atPath: scratch.path("renders")) else { continue }
                for (name, bytes) in try BatchTests.files("renders", in: scratch) where !name.hasSuffix(".part") {
                    looked += 1
                    // The page shows what there was when it was written.
                    let isWhole =
                        name == "index.html" ? bytes.suffix(8) == Data("</html>\n".utf8) : whole[name] == bytes
                    if !isWhole { torn += 1 }
                    #expect(isWhole, "\(name) is torn after \(killed) kills")
                }
                if !isKilled {
                    #expect(try BatchTests.files("renders", in: scratch) == whole)
                    try FileManager.default.removeItem(atPath: scratch.path("renders"))
                    completed += 1
                }
            }
            #expect(try Program.run(batch("renders"), in: scratch.url).code == 0)
            #expect(try BatchTests.files("renders", in: scratch) == whole)
            #expect(try Program.run(["batch", "--verify", "renders"], in: scratch.url).code == 0)
            print(
                "\(killed) kills: \(looked) files looked at, \(torn) torn; \(completed + 1) libraries completed, "
                    + "each as the undisturbed one")
        }
    }
}
