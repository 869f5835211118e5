import Music

/// One wave: it builds, breaks along the shore, washes up the sand and retreats.
struct Wave: Sendable {
    /// Seconds from the start to the crest.
    let crest: Double
    /// About Rayleigh-distributed, 0.25...1.8.
    let height: Float
    /// Seconds that belong to it.
    let period: Float
    /// Where it begins to break, from -1 on the left to 1 on the right, and how far the breaking runs along the shore.
    let place: Float
    let run: Float
    /// Seconds in which the breaking falls, and the wash.
    let breaking: Float
    let wash: Float
    /// When the water begins to go back, as a share of the period.
    let turn: Float

    /// A wave with a crest at a time, each of its qualities drawn, its height about one that is set.
    init(crest: Double, period: Double, height set: Float?, _ random: inout RandomStream) {
        self.crest = crest
        self.period = Float(period)
        // Heights of waves at sea follow Rayleigh's distribution; the mean is 0.8.
        let drawn = min(1.8, max(0.25, 0.9 * (-Exact.log(1 - 0.995 * random.uniform())).squareRoot()))
        height = set.map { $0 * (0.85 + 0.15 * drawn / 0.8) } ?? drawn
        place = random.uniform(-0.7, 0.7)
        run = random.uniform(-0.7, 0.7)
        breaking = (0.35 + 0.35 * height) * random.uniform(0.8, 1.25)
        wash = Float(period) * random.uniform(0.14, 0.22)
        turn = random.uniform(0.28, 0.42)
    }

    /// Seconds before and after its crest in which it is heard.
    var before: Double { 0.6 * Double(period) }
    var after: Double { 1.6 * Double(period) }

    /// Amplitudes of four bands of noise, left and right each: rumble, body, hiss, fizz.
    func bands(at time: Double, _ design: SeaDesign) -> SIMD8<Float> {
        let t = Float(time - crest)
        let rise = Self.step((t + 0.4 * period) / (0.4 * period))
        let fall = Exact.exp(-max(0, t) / (1.5 * breaking))
        let rumble = design.rumble * height * height * rise * rise * fall
        let broken = Self.step((t + 0.35) / 0.45) * Exact.exp(-max(0, t) / breaking)
        let washing = Self.step(t / (0.12 * period)) * Exact.exp(-max(0, t) / wash)
        let back = (t - turn * period) / (0.14 * period)
        let retreat = back <= 0 ? 0 : Self.step(back) * Exact.exp(1 - back)
        let body = height * (0.55 * broken + 0.25 * washing) + 0.12 * height * rise * fall
        let hiss = height * (design.brightness * height * 0.55 * broken + 0.4 * washing) + 0.06 * height * retreat
        let fizz = height * 0.35 * retreat
        // The breaking runs along the shore, the wash is everywhere.
        let at = max(-0.9, min(0.9, place + run * max(-0.3, min(1.5, t))))
        let (left, right) = ((0.5 - 0.5 * at).squareRoot(), (0.5 + 0.5 * at).squareRoot())
        let near = SIMD8<Float>(rumble * 0.7, rumble * 0.7, body * left, body * right, hiss * left, hiss * right, 0, 0)
        let wide = SIMD8<Float>(0, 0, 0, 0, 0, 0, fizz * (1 - left * left * 0.5), fizz * (1 - right * right * 0.5))
        return near + wide
    }

    /// 0 below 0, 1 above 1, smooth between.
    private static func step(_ x: Float) -> Float {
        let x = max(0, min(1, x))
        return x * x * (3 - 2 * x)
    }
}
