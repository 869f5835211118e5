package import Music

/// What makes one sea different from another; levels are of the bands of noise that it is made of.
struct SeaDesign: Sendable {
    /// Seconds from wave to wave where nobody says otherwise.
    let period: Double
    /// How bright the breaking is, 0...1.
    let brightness: Float
    /// The rumble of a wave that builds, 0...1.
    let rumble: Float
    /// The wind, 0...1.
    let wind: Float
    /// The surf along the rest of the shore, that never stops.
    let distant: Float
    /// Metres to the waterline: the air between takes the treble.
    let distance: Double
    /// dB of the crests under the piano's quiet seconds where nobody says otherwise.
    let level: Float
    /// Mean square of its samples with waves of 8.6 s, and how it falls with their period (fitted over ten minutes each of
    /// 3 to 20 s): where nothing is known of them yet, for what a few waves come to differs by 3 dB.
    let power: (mean: Float, slope: Float)
    /// What brings 99 of 100 seconds of this sea to a level of at most one.
    let scale: Float

    /// nil where there is no sea.
    init?(_ state: SeaSettings.State) {
        switch state {
        case .off: return nil
        case .calm:
            self.init(
                period: 8.5, brightness: 0.35, rumble: 0.35, wind: 0.04, distant: 0.05, distance: 20, level: -15.5,
                power: (0.088, 0.55), scale: 4.0)
        case .swell:
            self.init(
                period: 11, brightness: 0.55, rumble: 0.8, wind: 0.08, distant: 0.09, distance: 35, level: -13.5,
                power: (0.088, 0.55), scale: 2.5)
        case .stormy:
            self.init(
                period: 6.5, brightness: 0.9, rumble: 1, wind: 0.3, distant: 0.22, distance: 50, level: -15.5,
                power: (0.14, 0.3), scale: 1.55)
        }
    }

    /// The mean square that waves of a period come to.
    func power(period: Double) -> Float { power.mean * Exact.pow(Float(period) / 8.6, -power.slope) }

    private init(
        period: Double, brightness: Float, rumble: Float, wind: Float, distant: Float, distance: Double, level: Float,
        power: (Float, Float), scale: Float
    ) {
        self.period = period
        self.brightness = brightness
        self.rumble = rumble
        self.wind = wind
        self.distant = distant
        self.distance = distance
        self.level = level
        self.power = power
        self.scale = scale
    }
}

extension SeaSettings {
    /// Seconds from wave to wave: as said, else as this sea has them.
    package var period: Double { swell ?? SeaDesign(state)?.period ?? 9 }
}
