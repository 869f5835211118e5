import Mixing
import Music

/// What is around the piano in a file: rooms and seas, changed at frames that are known beforehand.
struct Surroundings: ~Copyable, Sendable {
    var rooms: Rooms
    var sea: Seas?
    /// What is still to be changed, with its move where it is one.
    private var scenery: ArraySlice<(step: SteeringScript.Step, move: Rooms.Move?)>
    private var frame = 0
    /// The walk of the microphones, as long as it is not over.
    private var walk: MicrophoneWalk?
    /// The frame of its next step.
    private var nextStep = Int.max
    private let rate: Double

    /// - Parameters:
    ///   - room: where the piano stands at first.
    ///   - nearness: of the piano: how far its microphones stand, as a share of the scene's distance.
    ///   - sea: that sounds, or that may come.
    ///   - scenery: when it is carried to another room, or another sea comes in; nothing else counts.
    ///   - walk: of the microphones.
    ///   - rate: in Hz.
    init(
        room: RoomSettings, nearness: Float, sea: Seas?, scenery: [SteeringScript.Step],
        walk: MicrophoneWalk? = nil, rate: Double
    ) {
        self.walk = walk
        self.rate = rate
        if let walk { nextStep = Int((walk.time * rate).rounded()) }
        rooms = Rooms(settings: room, nearness: nearness, sampleRate: rate)
        self.sea = sea
        self.scenery =
            scenery.map { step in
                guard case .room(let kind) = step.change else { return (step, nil) }
                return (step, Rooms.Move(to: kind, room, nearness: nearness, sampleRate: rate))
            }[...]
    }

    /// Changes what is due.
    ///
    /// - Returns: for how many frames all then stays as it is, at most `count`: to be rendered before the next call.
    mutating func advance(_ count: Int) -> Int {
        while let (step, move) = scenery.first, step.frame <= frame {
            if let move { rooms.move(move) }
            if case .sea(let state) = step.change { sea?.change(to: state) }
            scenery.removeFirst()
        }
        if nextStep <= frame { goOn() }
        let steady = min(count, scenery.first.map { $0.step.frame - frame } ?? count, nextStep - frame)
        frame += steady
        return steady
    }

    /// A step of the microphones.
    private mutating func goOn() {
        guard let walk else { return }
        let seconds = Double(nextStep) / rate
        rooms.listen(from: walk.distance(at: seconds))
        nextStep += MicrophoneWalk.step
        if seconds >= walk.time + walk.lasting { (self.walk, nextStep) = (nil, .max) }
    }
}
