package import Moods

/// Six numbers in the order of a mood: valence, energy, tension, intimacy, nostalgia, openness.
package struct Axes: Hashable, Sendable {
    package static let names = ["valence", "energy", "tension", "intimacy", "nostalgia", "openness"]

    /// The last two lanes stay zero.
    package var lanes: SIMD8<Float>

    package init(lanes: SIMD8<Float> = .zero) { self.lanes = lanes }

    package init(
        valence: Float = 0, energy: Float = 0, tension: Float = 0, intimacy: Float = 0, nostalgia: Float = 0,
        openness: Float = 0
    ) {
        lanes = SIMD8(valence, energy, tension, intimacy, nostalgia, openness, 0, 0)
    }

    package init(_ mood: Mood) {
        self.init(
            valence: mood.valence, energy: mood.energy, tension: mood.tension, intimacy: mood.intimacy,
            nostalgia: mood.nostalgia, openness: mood.openness)
    }

    /// The same number on every axis.
    package init(repeating value: Float) { lanes = SIMD8(value, value, value, value, value, value, 0, 0) }

    package subscript(axis: Int) -> Float {
        get { lanes[axis] }
        set { lanes[axis] = newValue }
    }

    package var valence: Float { lanes[0] }
    package var energy: Float { lanes[1] }
    package var tension: Float { lanes[2] }
    package var intimacy: Float { lanes[3] }
    package var nostalgia: Float { lanes[4] }
    package var openness: Float { lanes[5] }

    package static func + (a: Axes, b: Axes) -> Axes { Axes(lanes: a.lanes + b.lanes) }
    package static func - (a: Axes, b: Axes) -> Axes { Axes(lanes: a.lanes - b.lanes) }
    package static func * (a: Axes, b: Float) -> Axes { Axes(lanes: a.lanes * b) }
    package static func * (a: Axes, b: Axes) -> Axes { Axes(lanes: a.lanes * b.lanes) }
    package static func += (a: inout Axes, b: Axes) { a.lanes += b.lanes }

    /// Each axis within its range: -1...1, nostalgia and openness 0...1.
    package var clamped: Axes {
        let low = SIMD8<Float>(-1, -1, -1, -1, 0, 0, 0, 0)
        return Axes(lanes: lanes.clamped(lowerBound: low, upperBound: SIMD8(repeating: 1)))
    }

    /// The mood at this place, rounded to hundredths: finer differences between machines leave no trace.
    package var mood: Mood {
        let rounded = (clamped.lanes * 100).rounded(.toNearestOrAwayFromZero) / 100
        return Mood(
            valence: rounded[0], energy: rounded[1], tension: rounded[2], intimacy: rounded[3], nostalgia: rounded[4],
            openness: rounded[5])
    }

    /// The axes that stand out, strongest first, as text: `intimacy +.30, energy -.20`; empty where none reaches .05.
    package func effects(atMost count: Int = 3) -> String {
        let strong = (0..<6).filter { abs(self[$0]) >= 0.05 }.sorted { abs(self[$0]) > abs(self[$1]) }
        return strong.prefix(count).map { "\(Self.names[$0]) \(Self.signed(self[$0]))" }.joined(separator: ", ")
    }

    /// A number such as `+.30` or `-1.20`.
    static func signed(_ value: Float) -> String {
        let hundredths = Int((abs(value) * 100).rounded())
        let tail = hundredths % 100 < 10 ? "0\(hundredths % 100)" : "\(hundredths % 100)"
        return (value < 0 ? "-" : "+") + (hundredths >= 100 ? "\(hundredths / 100)" : "") + "." + tail
    }
}
