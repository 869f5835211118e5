import Music

/// What a mood does to instrument and room: the sound rows of music.md 2.5, each in its clamp.
public struct SoundParameters: Hashable, Sendable {
    /// -1 soft to 1 hard.
    public var hardness: Float
    /// 0 closed to 1 full.
    public var lid: Float
    /// Metres, 0.25...2.3.
    public var microphoneDistance: Float
    /// Noise of dampers and pedals relative to the notes, dB, -58...-34.
    public var mechanism: Float
    /// Seconds, 0.4...3.4.
    public var reverbTime: Float
    /// dB, -22...-13.
    public var reverbLevel: Float

    /// The rows for a mood.
    public init(mood: Mood) {
        let (intimacy, openness) = (mood.intimacy, mood.openness)
        func clamp(_ x: Float, _ low: Float, _ high: Float) -> Float { max(low, min(high, x)) }
        hardness = clamp(
            0.35 * mood.energy + 0.20 * mood.tension - 0.45 * intimacy - 0.25 * mood.nostalgia, -1, 1)
        lid = clamp(0.25 + 0.5 * mood.energy + 0.4 * openness - 0.5 * intimacy, 0, 1)
        microphoneDistance = 0.25 * Exact.exp2(3.2 * (0.5 * openness + 0.25 * (1 - intimacy)))
        mechanism = -46 + 12 * intimacy
        reverbTime = 0.7 + 2.4 * openness - 0.3 * intimacy
        reverbLevel = -22 + 9 * openness
    }
}

extension Moment {
    /// Fills in from the mood what nobody has said about instrument and room.
    ///
    /// Whoever chose the felt has chosen the hammers; every room but `near` keeps its own reverberation.
    public mutating func takeSoundFromMood() {
        let sound = SoundParameters(mood: mood)
        if instrument.hardness == nil, instrument.felt == nil, instrument.kind != .felt {
            instrument.hardness = sound.hardness
        }
        instrument.lid = instrument.lid ?? UnitInterval(sound.lid)
        instrument.mechanism = instrument.mechanism ?? sound.mechanism
        let distance = room.microphoneDistance ?? sound.microphoneDistance
        room.microphoneDistance = distance
        guard room.kind == .near else { return }
        room.reverbTime = room.reverbTime ?? sound.reverbTime
        // The mood's level is meant for the mood's distance: whoever stands farther away hears more of the room.
        let change = 20 * Exact.log(distance / sound.microphoneDistance) / Exact.log(10)
        room.reverbLevel = room.reverbLevel ?? max(-60, min(0, sound.reverbLevel + change))
    }
}
