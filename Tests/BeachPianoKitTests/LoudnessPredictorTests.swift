import BeachPianoKit
import Testing

@Suite("The gain of a live piece")
struct LoudnessPredictorTests {
    /// Presets of all three pianos, from the quietest to the loudest mood.
    static let presets = [
        "serene", "tender", "lonely", "content", "bittersweet", "wonder", "joyful", "stormy", "warm", "golden-hour",
        "grief",
        "in-love",
    ]

    @Test("is predicted within 2 LU of what a meter finds")
    func error() throws {
        let studio = Studio(
            console: Console(level: .quiet, environment: Environment(variables: [:])), cancellation: Cancellation())
        var errors: [Double] = []
        for preset in Self.presets {
            var source = Source()
            source.preset = preset
            source.duration = "20s"
            let (predicted, measured) = try studio.predictedAndMeasuredLoudness(source)
            print("\(preset): predicted \(predicted), measured \(measured), error \(predicted - measured)")
            errors.append(abs(predicted - measured))
        }
        errors.sort()
        #expect(errors[errors.count * 9 / 10] < 2)
    }
}
