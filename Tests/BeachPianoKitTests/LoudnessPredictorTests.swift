import BeachPianoKit
import Testing

@Suite("The gain of a live piece")
struct LoudnessPredictorTests {
    /// Presets of all three pianos, from the quietest to the loudest mood.
    static let presets = [
        "serene", "tender", "lonely", "content", "bittersweet", "wonder", "joyful", "stormy", "warm", "golden-hour",
        "grief", "in-love", "dreamy", "lullaby", "rainy-afternoon", "nostalgic",
    ]

    /// Every hardness, distance and room that moods ask for.
    static let moods = [
        "exhilarated", "stormy", "anxious", "resolute", "wonder", "lonely", "nostalgic", "lullaby", "melancholy",
        "mysterious", "hopeful", "in-love",
    ]

    @Test("is predicted within 2 LU of what a meter finds, for nine presets of ten")
    func presets() throws {
        try expectSmallErrors(Self.presets) { $0.preset = $1 }
    }

    @Test("is predicted within 2 LU of what a meter finds, for nine moods of ten")
    func moods() throws {
        try expectSmallErrors(Self.moods) { $0.mood = $1 }
    }

    private func expectSmallErrors(_ names: [String], _ choose: (inout Source, String) -> Void) throws {
        let studio = Studio(
            console: Console(level: .quiet, environment: Environment(variables: [:])), cancellation: Cancellation())
        var errors: [Double] = []
        for name in names {
            var source = Source()
            choose(&source, name)
            source.duration = "20s"
            let (predicted, measured) = try studio.predictedAndMeasuredLoudness(source)
            print("\(name): predicted \(predicted), measured \(measured), error \(predicted - measured)")
            errors.append(abs(predicted - measured))
        }
        errors.sort()
        #expect(errors[errors.count * 9 / 10] < 2)
    }
}
