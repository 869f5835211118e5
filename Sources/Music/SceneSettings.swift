/// Where the piano stands and from where it is heard.
public struct RoomSettings: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable { case near, room, hall, beach }

    public var kind: Kind
    /// Distance of the microphones from the strings, metres, 0.2...8; nil leaves it to the mood.
    public var microphoneDistance: Float?
    /// Distance to which the microphones go as the theme returns for the last time, metres, 0.2...8; nil leaves them.
    public var lastDistance: Float?
    /// Level of the reverberation relative to the direct sound, dB, -60...0; nil leaves it to the mood and the room.
    public var reverbLevel: Float?
    /// Reverberation time (T60) at middle frequencies, seconds, 0.2...6; nil leaves it to the mood and the room.
    public var reverbTime: Float?

    /// Metres where nobody says otherwise.
    public static let standardDistance: Float = 0.5

    public init(
        kind: Kind = .near, microphoneDistance: Float? = nil, reverbLevel: Float? = nil, reverbTime: Float? = nil
    ) {
        self.kind = kind
        self.microphoneDistance = microphoneDistance
        self.reverbLevel = reverbLevel
        self.reverbTime = reverbTime
    }
}

/// The sea under the piano.
public struct SeaSettings: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable { case off, calm, swell, stormy }

    public var state: State
    /// Seconds from wave to wave, 3...20; nil leaves it to the state.
    public var swell: Double?
    /// Mean level over the piece relative to the piano's, dB, -60...0; nil keeps the sea well below the piano at every
    /// moment.
    public var level: Float?

    public init(state: State = .off, swell: Double? = nil, level: Float? = nil) {
        self.state = state
        self.swell = swell
        self.level = level
    }
}
