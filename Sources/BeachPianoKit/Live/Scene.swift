import Mixing
import Moods
import Music

/// Where the piano stands in a session, and what sea lies under it.
struct Scene: Hashable, Sendable {
    var room: RoomSettings
    var sea: SeaSettings
    /// The sea of the moment, with its own waves and its wish for a level.
    let ownSea: SeaSettings
    private let ownRoom: RoomSettings
    /// How far the piano's microphones stand, as a share of the room's distance.
    let nearness: Float

    init(_ moment: Moment) {
        room = moment.room
        ownRoom = moment.room
        nearness = moment.instrument.nearness
        sea = moment.sea
        ownSea = moment.sea
    }

    /// What keeps the loudness of passages that were made for the moment's own room.
    var factor: Float { LoudnessPredictor.factor(from: ownRoom, to: room, nearness: nearness) }
}

extension UnaCorda {
    /// What the key turns to: what a listener can hear at once.
    var next: UnaCorda {
        switch self {
        case .auto, .outsideClimax: .on
        case .on: .off
        case .off: .auto
        }
    }
}

extension CaseIterable where Self: Equatable, AllCases.Index == Int {
    /// The one after it, the first after the last: what a key turns to.
    var next: Self {
        let all = Self.allCases
        let place = all.firstIndex(of: self) ?? 0
        return all[(place + 1) % all.count]
    }
}
