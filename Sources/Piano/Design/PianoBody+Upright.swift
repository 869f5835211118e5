extension PianoBody {
    /// The upright (piano-physics 2.1, 2.10, 2.15; piano-fit 7).
    ///
    /// Its board is held tighter: the grand's lowest modes, 52, 63, 91 and 106 Hz, come to 100, 107, 125 and 136, where an
    /// upright in its case has its first. The fit hardly lets the lowest of them be heard, as in the recording.
    ///
    /// Inharmonicity, spectrum from 740 Hz up, conductance and losses are those that piano-fit 7 found for this recorded
    /// upright; the spectrum below is the grand's.
    static let upright = PianoBody(
        shortness: 1, boardCutOff: 86,
        inharmonicity: DesignTable(
            .logValue,
            [
                21: 4.6, 27: 3.0, 33: 2.15, 39: 2.0, 45: 1.9, 51: 1.8, 57: 2.5, 63: 3.1, 69: 4.8, 75: 8.9, 81: 16,
                87: 26, 93: 43, 99: 75, 105: 140, 108: 180,
            ]),
        inharmonicityFactor: 1,
        spectrum: DesignTable(
            .logPlace,
            [
                30: -91.99, 45: -54.0, 65: -18.56, 90: 8.068, 130: 12.01, 180: 1.922, 260: -3.573, 370: -0.9428,
                520: 2.775, 740: -3.5, 1050: -4, 1480: -3, 2100: -8.4, 3000: -14.4, 4200: -14.4, 6000: -14.4,
                8500: -28, 12000: -52.63,
            ]),
        conductance: DesignTable(
            .logValue,
            [21: 3.9, 30: 1.8, 39: 5.4, 48: 2.4, 57: 3.2, 66: 6.9, 75: 3.3, 84: 3.7, 93: 1.0, 105: 3.2]),
        lossTrim: DesignTable(
            .linear,
            [21: 1.05, 30: 0.46, 39: 1.0, 48: 2.0, 57: 0.8, 66: 1.8, 75: 1.5, 84: 1.3, 93: 2.9, 105: 2.0]),
        feltStiffness: 0.2, actionLevel: 1.6,
        levels: DesignTable(.linear, [21: -1, 40: -0.5, 60: 0, 84: 0, 95: -2, 108: -4]), outputGain: 0.002_194,
        corrections: .upright)
}
