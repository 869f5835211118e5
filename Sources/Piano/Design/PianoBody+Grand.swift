extension PianoBody {
    /// The nine-foot grand (piano-physics 2.1, 2.3; piano-fit 2), as its strings were measured.
    static let grand = PianoBody(
        shortness: 0, boardCutOff: 0,
        inharmonicity: DesignTable(
            .logValue,
            [
                21: 2.4, 24: 1.79, 27: 1.35, 33: 0.9, 36: 0.85, 42: 0.78, 45: 0.85, 48: 1.09, 51: 1.33, 54: 1.75,
                57: 2.25, 60: 3.05, 63: 3.9, 66: 5.2, 69: 6.6, 72: 8.6, 75: 11.5, 81: 19.5, 84: 25, 87: 33, 93: 62,
                96: 85, 99: 115, 105: 200, 108: 260,
            ]),
        inharmonicityFactor: 0.95,
        spectrum: DesignTable(
            .logPlace,
            [
                30: -91.99, 45: -54.0, 65: -18.56, 90: 8.068, 130: 12.01, 180: 1.922, 260: -3.573, 370: -0.9428,
                520: 2.775, 740: -1.832, 1050: 0.3667, 1480: 4.521, 2100: 1.931, 3000: -4.764, 4200: -7.726,
                6000: -9.118, 8500: -25.46, 12000: -52.63,
            ]),
        conductance: DesignTable(
            .logValue,
            [
                21: 2.171, 30: 1.921, 39: 7.002, 48: 4.148, 57: 4.204, 66: 5.479, 75: 3.791, 84: 3.702, 93: 1.329,
                105: 2.554,
            ]),
        lossTrim: DesignTable(
            .linear,
            [
                21: 0.6399, 30: 0.484, 39: 0.8215, 48: 1.379, 57: 0.8813, 66: 1.078, 75: 0.9494, 84: 0.5769, 93: 1.135,
                105: 0.9535,
            ]),
        feltStiffness: 0.7, actionLevel: 1,
        levels: DesignTable(.linear, [21: -1.6, 48: -1, 60: 0, 95: 0, 108: -4]), outputGain: 0.002_866,
        corrections: .grand)
}
