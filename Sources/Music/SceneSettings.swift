/// Where the piano stands and from where it is heard.
public struct RoomSettings: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable { case near, room, hall, beach }

    public var kind: Kind
    /// Distance of the microphones from the strings, metres, 0.2...8.
    public var microphoneDistance: Float
    /// Level of the reverberation relative to the direct sound, dB, -60...0; nil leaves it to the room.
    public var reverbLevel: Float?

    public init(kind: Kind = .near, microphoneDistance: Float = 0.5, reverbLevel: Float? = nil) {
        self.kind = kind
        self.microphoneDistance = microphoneDistance
        self.reverbLevel = reverbLevel
    }
}
