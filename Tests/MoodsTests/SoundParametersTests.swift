import Moods
import Music
import Testing

@Suite("The sound rows of the map")
struct SoundParametersTests {
    static var rows: [(String, KeyPath<SoundParameters, Float>)] {
        [
            ("hardness", \.hardness), ("lid", \.lid), ("microphones", \.microphoneDistance),
            ("mechanism", \.mechanism), ("reverb time", \.reverbTime), ("reverb", \.reverbLevel),
        ]
    }

    @Test("each row has its stated value at rest and at golden hour")
    func stated() {
        let rest: [Float] = [0, 0.25, 0.4353, -46, 0.7, -22]
        // The column `golden-hour` of music.md 2.5.
        let golden: [Float] = [-0.645, 0, 0.5435, -37.6, 1.81, -17.05]
        for (i, (name, row)) in Self.rows.enumerated() {
            let atRest = SoundParameters(mood: mood())[keyPath: row]
            let atGolden = SoundParameters(mood: MoodMapTests.golden)[keyPath: row]
            #expect(isClose(atRest, rest[i]), "\(name) at rest: \(atRest)")
            #expect(isClose(atGolden, golden[i]), "\(name) at golden hour: \(atGolden)")
        }
    }

    @Test("over the 64 extreme moods each row spans exactly its range")
    func corners() {
        let ranges: [ClosedRange<Float>] = [-1...1, 0...1, 0.25...2.2974, -58 ... -34, 0.4...3.4, -22 ... -13]
        for (i, (name, row)) in Self.rows.enumerated() {
            let range = Corners.range { SoundParameters(mood: $0)[keyPath: row] }
            #expect(
                isClose(range.lowerBound, ranges[i].lowerBound) && isClose(range.upperBound, ranges[i].upperBound),
                "\(name) spans \(range)")
        }
    }

    @Test("a moment takes from its mood what nobody has said, and keeps what somebody has")
    func moment() {
        var plain = Moment(moods: [TimedMood(mood: MoodMapTests.golden)])
        plain.takeSoundFromMood()
        #expect(plain.instrument.hardness.map { isClose($0, -0.645) } == true && plain.instrument.lid == .zero)
        #expect(plain.instrument.mechanism.map { isClose($0, -37.6) } == true)
        #expect(plain.room.reverbLevel.map { isClose($0, -17.05) } == true && plain.room.reverbTime != nil)

        let said = Moment(
            moods: plain.moods,
            instrument: InstrumentSettings(hardness: 0.2, lid: UnitInterval(0.9), mechanism: -50),
            room: RoomSettings(microphoneDistance: 3, reverbLevel: -9, reverbTime: 2))
        var kept = said
        kept.takeSoundFromMood()
        #expect(kept == said)
    }

    @Test("the mood's reverberation is meant for the mood's distance: 6 dB more of it at twice that, 6 dB less at half")
    func distance() throws {
        let mood = SoundParameters(mood: MoodMapTests.golden)
        for (share, change) in [(Float(2), Float(6.02)), (0.5, -6.02), (1, 0)] {
            var moment = Moment(
                moods: [TimedMood(mood: MoodMapTests.golden)],
                room: RoomSettings(microphoneDistance: share * mood.microphoneDistance))
            moment.takeSoundFromMood()
            let level = try #require(moment.room.reverbLevel)
            #expect(abs(level - mood.reverbLevel - change) < 0.01, "\(share): \(level)")
        }
    }

    @Test("whoever chose the felt has chosen the hammers, and a hall keeps its own reverberation")
    func chosen() {
        for instrument in [InstrumentSettings(kind: .felt), InstrumentSettings(felt: UnitInterval(0.3))] {
            var moment = Moment(
                moods: [TimedMood(mood: MoodMapTests.golden)], instrument: instrument, room: RoomSettings(kind: .hall))
            moment.takeSoundFromMood()
            #expect(moment.instrument.hardness == nil && moment.instrument.felt == instrument.felt)
            #expect(moment.room.reverbLevel == nil && moment.room.reverbTime == nil)
            #expect(moment.room.microphoneDistance != nil)
        }
    }
}
