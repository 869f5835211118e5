package import Music

extension InstrumentTables {
    /// The coupled strings of a key, partial by partial, in the order of its modes: for measuring the energy in them.
    ///
    /// - Parameters:
    ///   - key: MIDI number.
    ///   - settings: which piano.
    ///   - sampleRate: Hz.
    /// - Returns: eigenvalues and eigenvectors of each partial from 1.
    package static func unisons(key: Int, settings: InstrumentSettings, sampleRate: Double) -> [UnisonEigenmodes] {
        let model = InstrumentModel(settings, .all, PianoBody(settings.bodyInPlace))
        let board = BoardDesign(model)
        return KeyDesign(
            key: key, model: model, board: board, radiation: Radiation(board: board, sampleRate: sampleRate)
        ).unisons
    }
}
