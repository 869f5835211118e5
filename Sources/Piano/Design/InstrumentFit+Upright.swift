extension InstrumentFit {
    /// The upright's.
    ///
    /// Found with seed 7 on top of the upright's body: a search through registers, shared constants and the places of the
    /// spectrum by the distance of 64 notes to a recorded upright (Kawai, FreePats), which kept no step that made a note
    /// dead (`fit search --like kawai`); then, by hand, 2 to 3 dB darker from 1.5 to 4 kHz, for the 6 to 12 dB that uprights are darker than grands
    /// there. `Benchmarks/RESULTS.md` has the figures.
    static let upright: InstrumentFit = {
        var fit = InstrumentFit()
        // Bass, tenor, middle, alto, treble.
        fit.registers = [
            .conductance: [1, 1, 1, 1, 0.8],
            .conductanceSlope: [0, 0.25, 0, 0, 0.25],
            .loss: [1.4, 0.8, 0.7, 1.15, 1.5],
            .lossSlope: [0, -0.25, 0, 0, 0],
            .lossScatter: [0, 0, 0, 0.2, 0.2],
            .spread: [0.65, 0.65, 1, 1, 1],
            .horizontal: [1, 1.95, 1, 1, 0.7],
            .horizontalOffset: [2.2, 1.5, 1, 0.65, 1],
            .compression: [0.5, 0.7, 0.5, 0.5, 0.7],
            .knock: [1.4, 1, 1, 1, 1],
            .knockCorner: [1, 0.7, 1, 3.9, 3],
            .stroke: [1, 0.6, 1, 0.6, 2.5],
            .strokeCorner: [1, 1, 1, 1, 1.8],
            .strokeDecay: [1.4, 1.4, 1.4, 1.4, 1],
            .felt: [1, 1, 1, 1.4, 6],
            .highBank: [0, -3, -3, 0, 6],
        ]
        fit.spectrum = [4, 13, -10, -26, -6, 5, 0, 0, 4, 7, 4, 2, -1, -5, -3, -13, -17, -9]
        fit.stroke = 2.6
        fit.strokeExponent = 1.73
        fit.strokeDecay = 0.023
        fit.knockCorner = 350
        return fit
    }()
}
