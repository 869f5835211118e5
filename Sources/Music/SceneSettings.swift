/// Where the piano stands and from where it is heard.
public struct RoomSettings: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable { case near, room, hall, beach }

    public var kind: Kind
    /// Distance of the microphones from the strings, metres, 0.2...8; nil leaves it to the mood.
    public var microphoneDistance: Float?
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
