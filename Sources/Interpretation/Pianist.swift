public import Moods
public import Music

/// Plays a score: written beats become seconds, velocities, key lengths and pedal movements.
///
/// The rules are those of music.md 5 as corrected on concert pianists by music-fit B. The same score, mood and seed
/// give the same performance on every machine.
public struct Pianist: Sendable {
    /// Chooses how strongly each rule acts, and how loud it is on the whole.
    public let mood: Mood
    private let hands: Individuality
    private let unaCorda: UnaCorda

    /// Seconds before the first written beat, and before which nothing happens.
    static let leadIn = 0.15
    static let earliest = 0.02

    /// A pianist for a mood.
    ///
    /// - Parameters:
    ///   - mood: How it feels.
    ///   - seed: The piece's seed; its stream `performance` is this pianist's individuality.
    ///   - freedom: 0 plays by the rules alone, 1 varies as people do; from 0 to 2.
    ///   - pianist: Another player for the same notes: takes the place of the seed.
    ///   - take: How often this player has begun anew: another evening, the same hands.
    ///   - unaCorda: Whether the left pedal is used.
    public init(
        mood: Mood, seed: Seed, freedom: Float = 1, pianist: UInt64? = nil, take: UInt64 = 0,
        unaCorda: UnaCorda = .auto
    ) {
        self.mood = mood
        hands = Individuality(
            seed: pianist.map { Seed($0) } ?? seed, take: take, freedom: ExpressiveWeights.clamp(freedom, 0, 2))
        self.unaCorda = unaCorda
    }

    /// The performance of a score in exactly `duration` seconds, of which the last `ringOut` follow the last bar.
    ///
    /// The mean tempo comes from the time that there is; `Score.tempo` is the composer's estimate of it. `duration`
    /// must exceed `ringOut` by more than the lead-in, and `ringOut` must not be negative. Where there is a sea to breathe
    /// with, the music swells with its waves.
    public func perform(_ score: Score, duration: Double, ringOut: Double, breath: SwellBreath? = nil) -> Performance {
        let start = Self.leadIn
        let end = duration - ringOut
        precondition(ringOut >= 0 && end > start, "a performance needs time to play in")
        let reading = Reading(
            score, mood: ExpressiveWeights(mood: mood), style: PersonalStyle(hands),
            secondsPerBeat: Float((end - start) / Double(max(1, score.beats))))
        var curves = Curves(cells: reading.cells, melodyNotes: reading.melody.count)
        let range = reading.weights.dynamicRange * reading.style.dynamicRange
        let plan = SectionDynamics.plan(Curves.form(of: score), range: range)
        for i in curves.level.indices { curves.level[i] = plan(Float(i) / Float(Grid.cells)) }
        if let breath { curves.addBreath(breath, hands) }
        curves.drawTempo(reading, hands)
        // After the tempo, which is not to hurry with it: the course has a tempo of its own.
        curves.addCourseLevel(score, range: range)
        let time = TimeMap(logDuration: curves.logDuration, start: start, end: end)
        let displacements = Asynchrony.displacements(reading, time, hands)
        let displaced = zip(reading.chordsStruck, displacements).map {
            (beat: reading.notes[$0.lowerBound].onset, seconds: $1)
        }
        let played = notes(reading, curves, time, displacements, duration: duration)
            .sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
        var performance = Performance(
            title: score.title, notes: played, pedals: pedals(reading, time, under: played, duration: duration),
            tempoMap: time.points(displaced: displaced), metre: score.metre, duration: duration)
        performance.keySignatures = score.keySignatures
        return performance
    }

    private func notes(
        _ reading: Reading, _ curves: Curves, _ time: TimeMap, _ displacements: [Double], duration: Double
    ) -> [NoteEvent] {
        let velocity = Touch(reading, curves, hands).velocity
        let onsets = Asynchrony.onsets(
            reading, time, velocity: velocity, displacements: displacements, hands: hands, earliest: Self.earliest)
        let releases = KeyHolding.releases(reading, time, onsets: onsets, pauses: curves.pauses, hands: hands)
        var notes = reading.notes.indices.map { i in
            NoteEvent(
                onset: onsets[i], release: releases[i], pitch: reading.notes[i].pitch, velocity: velocity[i],
                role: reading.notes[i].role)
        }
        let stroke = time(reading.finalStrike)
        let last = reading.notes.lowerBound { $0.onset >= reading.finalStrike }
        let first = last < onsets.count ? onsets[last...].min() ?? stroke : stroke
        RingOut.hold(&notes, struckFrom: first, rise: RingOut.rise(from: stroke, to: duration), hands: hands)
        return notes
    }

    private func pedals(
        _ reading: Reading, _ time: TimeMap, under notes: [NoteEvent], duration: Double
    ) -> [PedalEvent] {
        let basses = notes.filter { $0.role == .bass }.map { (onset: $0.onset, release: $0.release) }
        var pedals = Pedalling.events(reading, time, basses: basses, hands: hands, earliest: Self.earliest)
        let rise = RingOut.rise(from: time(reading.finalStrike), to: duration)
        pedals.removeAll { $0.time >= rise.lowerBound }
        pedals += RingOut.events(rise, from: pedals.last?.depth ?? .zero)
        pedals += UnaCordaPedalling.events(reading, time, wish: unaCorda)
        return pedals.sorted { ($0.time, $0.pedal.rawValue) < ($1.time, $1.pedal.rawValue) }
    }
}
