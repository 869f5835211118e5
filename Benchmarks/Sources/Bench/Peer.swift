/// Another renderer of MIDI files.
struct Peer {
    let name: String
    /// Command for a MIDI file and a WAV file.
    let command: @Sendable (_ midi: String, _ wav: String) -> [String]
    /// Physical models elsewhere take minutes for what is dense.
    var onlySparse = false

    private static let soundFont = "/usr/share/sounds/sf2/FluidR3_GM.sf2"
    private static let smallSoundFont = "/usr/share/sounds/sf2/TimGM6mb.sf2"

    /// What of the peers this machine lacks.
    static var missing: [String] {
        ["fluidsynth", "timidity", "csound"].filter { !installed($0) }
            + [soundFont, smallSoundFont].filter { !canUse($0) }
    }

    /// The peers that are installed; their settings files go to a folder.
    static func all(folder: TemporaryFolder) throws -> [Peer] {
        var peers: [Peer] = []
        func fluidSynth(_ name: String, font: String, interpolation: Int, options: [String]) throws {
            guard installed("fluidsynth"), canUse(font) else { return }
            let settings = "\(folder.path)/interpolation-\(interpolation)"
            try writeFile(Array("interp \(interpolation)\n".utf8), to: settings)
            peers.append(
                Peer(name: name) { midi, wav in
                    ["fluidsynth", "-ni", "-q", "-r", "48000", "-R", "1", "-C", "1", "-g", "0.4"]
                        + ["-o", "synth.polyphony=256"] + options + ["-T", "wav", "-O", "s24", "-F", wav]
                        + ["-f", settings, font, midi]
                })
        }
        try fluidSynth("FluidSynth, FluidR3, 7th order, reverb", font: soundFont, interpolation: 7, options: [])
        try fluidSynth(
            "FluidSynth, TimGM6mb, 4th order, reverb", font: smallSoundFont, interpolation: 4,
            options: ["-o", "synth.dynamic-sample-loading=1"])
        if installed("timidity"), canUse(soundFont) {
            let settings = "\(folder.path)/timidity.cfg"
            try writeFile(Array("soundfont \"\(soundFont)\"\n".utf8), to: settings)
            peers.append(
                Peer(name: "TiMidity++, FluidR3, reverb") { midi, wav in
                    ["timidity", "-c", settings, "-Ow", "-s", "48000", "-p", "256", "--output-24bit", "-o", wav, midi]
                })
        }
        if installed("csound") {
            let orchestra = "\(folder.path)/prepiano.csd"
            try writeFile(Array(prepiano.utf8), to: orchestra)
            peers.append(
                Peer(
                    name: "Csound prepiano (physical)",
                    command: { midi, wav in ["csound", "-d", "-m0", "-W", "-o", wav, "-F", midi, "-T", orchestra] },
                    onlySparse: true))
        }
        return peers
    }

    /// Bilbao's finite-difference strings, three a note, without preparation.
    private static let prepiano = """
        <CsoundSynthesizer>
        <CsInstruments>
        sr = 48000
        ksmps = 64
        nchnls = 2
        0dbfs = 1
        massign 0, 1
        instr 1
          icps cpsmidi
          iamp ampmidi 1
          ifn1 ftgenonce 0, 0, 8, 2, 1, 0.6, 10, 100, 0.001
          ifn2 ftgenonce 0, 0, 8, 2, 1, 0.7, 50, 500, 1000
          al, ar prepiano icps, 3, 10, 1, 3, 0.002, 2, 2, 1, 5000, -0.01, 0.09, 20+60*iamp, 0, 0.1
          kenv linsegr 1, 1, 1, 0.15, 0
          outs al*kenv*0.15, ar*kenv*0.15
        endin
        </CsInstruments>
        <CsScore>
        f 0 3600
        </CsScore>
        </CsoundSynthesizer>

        """
}
