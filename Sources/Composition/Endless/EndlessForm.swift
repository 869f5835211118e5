public import Moods
public import Music

/// An endless piece, section by section, with a memory of its themes (music.md 4.11).
///
/// Each section is a request of its own that the composer can write again by itself, so that it can be kept. A value:
/// whoever copies it can go on from the same place twice, and the same orders at the same times give the same sections.
public struct EndlessForm: Sendable {
    /// What a section does with what was heard before.
    public enum Action: String, Hashable, Sendable, CaseIterable {
        /// The first of all.
        case opening
        /// The theme that sounds, varied.
        case variation
        /// A theme that rested.
        case recall
        /// A theme that nobody has heard yet.
        case new
        /// The theme that sounds, as a memory: another light, a slower step.
        case retelling
        /// A few quiet bars.
        case interlude
        /// The first theme in the home key: the big return.
        case homecoming
        /// The theme that sounds, in a mood that the hand has asked for.
        case turn
        /// The end.
        case ending
    }

    /// What the listener asks of the next section.
    public enum Wish: Hashable, Sendable {
        case follow
        /// Something else.
        case other
        /// The first theme.
        case theme
        /// A mood; the theme is carried across.
        case mood(Mood)
    }

    /// A section, composed.
    public struct Section: Sendable {
        public let action: Action
        /// Which theme, from 1.
        public let theme: Int
        /// What to compose again for the same notes.
        public let request: CompositionRequest
        public let plan: Plan
        public let score: Score

        /// Seconds from the start to where the next section begins.
        public var length: Double { request.duration - plan.ringOut }
    }

    /// Seconds between two returns of the first theme in the home key.
    static let homecomings = 360.0...540.0
    /// Seconds of a section, of a return, of an interlude.
    static let (usual, long, short): (ClosedRange<Float>, ClosedRange<Float>, ClosedRange<Float>) = (
        45...70, 64...84, 18...26
    )
    /// A piece that ends within so many seconds ends now.
    static let lastStretch = 110.0
    /// The shortest ending, seconds.
    static let shortestEnding = 3.0
    /// Weights of variation, recall, new, retelling, interlude (music.md 4.11).
    private static let shares: [Float] = [0.40, 0.25, 0.12, 0.15, 0.08]
    private static let actions: [Action] = [.variation, .recall, .new, .retelling, .interlude]
    /// Drafts of a section, of which the one that keeps the whole in its windows is taken; one where the hand waits.
    private static let drafts = 3
    private static let redraws = 6

    /// What the sections feel like; changes with the wishes.
    public private(set) var mood: Mood
    /// The key of the first theme.
    public private(set) var home: Key?
    private let title: String
    private let seed: Seed
    private let wishes: MusicSettings
    /// Themes that the piece brings with it, each the next new one: those of a montage.
    private let brought: [Theme]
    private let rerolls: [Seed.Layer: UInt64]
    private var metre: Metre?
    private var bank = MemoryBank()
    private var heard = BlockMemory()
    private var novelty = NoveltyMemory()
    private var number = 0
    private var newThemes = 0
    private var lastAction = Action.opening
    private var nextHomecoming = 0.0
    private var themeSince = 0.0

    /// A piece that has not begun.
    ///
    /// - Parameters:
    ///   - mood: How it feels at first.
    ///   - title: Of all sections.
    ///   - seed: Of the whole; each section has one of its own, drawn from it.
    ///   - music: Wishes that hold throughout; the key is that of the first theme, the form that of all sections.
    ///   - rerolls: Layers that are drawn again, in every section.
    public init(
        mood: Mood, title: String, seed: Seed, music: MusicSettings = .init(), rerolls: [Seed.Layer: UInt64] = [:]
    ) {
        self.rerolls = rerolls
        self.mood = mood
        self.title = title
        self.seed = seed
        brought = music.montage.map(\.theme)
        wishes = music.alone
        metre = music.metre
        home = music.key
    }

    /// Leads the piece to another mood, in which whatever comes next is.
    public mutating func lead(to mood: Mood) { self.mood = mood }

    /// Composes the next section.
    ///
    /// - Parameters:
    ///   - wish: What the listener asks for.
    ///   - time: Seconds of the session at which it begins.
    ///   - remaining: Seconds until the session ends, nil for endless; a section that reaches it ends the piece there.
    /// - Returns: The section, with notes.
    public mutating func next(_ wish: Wish = .follow, at time: Double, remaining: Double? = nil) -> Section {
        if case .mood(let wanted) = wish { mood = wanted }
        number += 1
        var random = seed.stream(.form, "endless \(number)")
        var action = action(wish, at: time, &random)
        var length: Double?
        if let remaining, remaining <= Self.lastStretch {
            action = .ending
            length = max(Self.shortestEnding, remaining)
        }
        let index = theme(for: action, at: time, &random)
        let wanted = number == 1 || wish != .follow ? 1 : Self.drafts
        var best: (distance: Float, section: Section)?
        var drafts = 0
        for draw in 0..<Self.redraws where drafts < wanted {
            let request = request(action, theme: index, length: length, draw: draw, random)
            let (plan, score) = Composer.compose(request)
            let isKnown = heard.knows(score, at: time)
            if !isKnown { drafts += 1 }
            // What was heard a moment ago is taken only where there is nothing else.
            let distance = isKnown ? .greatestFiniteMagnitude : (novelty.total + novelty.measure(score)).distance
            if best == nil || distance < best?.distance ?? 0 {
                best = (distance, Section(action: action, theme: 0, request: request, plan: plan, score: score))
            }
        }
        guard let section = best?.section else { preconditionFailure("a section is drawn at least once") }
        return remember(section, index: index, at: time, &random)
    }

    /// Seconds before its time at which a return is taken: half a section, so that it comes before or after by as much.
    private static let ahead = Double(usual.upperBound) / 2
    /// The times to draw from so that the return, which begins with a section, comes within `homecomings`.
    private static let drawn = homecomings.lowerBound + ahead...homecomings.upperBound - Double(long.upperBound) + ahead

    private mutating func remember(
        _ section: Section, index: Int?, at time: Double, _ random: inout RandomStream
    ) -> Section {
        heard.hear(section.score, at: time)
        novelty.hear(section.score)
        if let index {
            if index != bank.current { themeSince = time }
            bank.hear(index, mood: section.request.mood, at: time)
        } else {
            bank.add(Composer.theme(of: section.plan), mood: section.request.mood, at: time)
            newThemes += 1
            themeSince = time
        }
        metre = metre ?? section.plan.metre
        home = home ?? section.plan.key
        lastAction = section.action
        if section.action == .opening || section.action == .homecoming {
            nextHomecoming = time + Double(random.uniform(Float(Self.drawn.lowerBound), Float(Self.drawn.upperBound)))
        }
        return Section(
            action: section.action, theme: bank.now.number, request: section.request, plan: section.plan,
            score: section.score)
    }

    // MARK: - What to do

    private func action(_ wish: Wish, at time: Double, _ random: inout RandomStream) -> Action {
        if number == 1 { return .opening }
        switch wish {
        case .mood: return .turn
        case .theme: return .homecoming
        case .other: return bank.recallable(at: time).isEmpty || random.chance(0.6) ? .new : .recall
        case .follow: break
        }
        if time + Self.ahead > nextHomecoming { return .homecoming }
        var shares = Self.shares
        if bank.recallable(at: time).isEmpty { shares[1] = 0 }
        // The balance of the known and the new.
        shares[2] *= 1 + 2 * max(0, novelty.hunger)
        shares[0] *= 1 - 0.5 * max(0, novelty.hunger)
        shares[2] *= 1 + 0.8 * min(0, novelty.hunger)
        // A theme that has sounded for long makes room.
        if time - themeSince > 150 { shares[0] = 0.1 }
        for (i, action) in Self.actions.enumerated()
        where action == lastAction && action != .variation { shares[i] = 0 }
        return Self.actions[random.weighted(shares)]
    }

    /// Index of the theme in the bank, nil for a new one.
    private func theme(for action: Action, at time: Double, _ random: inout RandomStream) -> Int? {
        switch action {
        case .opening, .new: return nil
        case .homecoming: return 0
        case .ending: return bank.entries.isEmpty ? nil : 0
        case .recall:
            let options = bank.recallable(at: time)
            guard !options.isEmpty else { return bank.current }
            return options[random.weighted(options.map(\.weight))].index
        case .variation, .retelling, .interlude, .turn: return bank.current
        }
    }

    // MARK: - Request

    private func request(
        _ action: Action, theme index: Int?, length: Double?, draw: Int, _ random: RandomStream
    ) -> CompositionRequest {
        var random = random
        let mood = coloured(action, &random)
        var music = wishes
        music.metre = metre
        let next = newThemes < brought.count ? brought[newThemes] : nil
        music.theme = index.map { bank.entries[$0].theme } ?? next
        // Signed where the piece begins, comes home and ends.
        if ![.opening, .homecoming, .ending].contains(action) { music.signature = nil }
        // The mode follows the mood without chance, so that neighbouring sections agree.
        var still = seed.stream(.form, "endless parameters")
        let parameters = MusicalParameters.derived(from: mood, stream: &still)
        if let home { music.key = wishes.key == nil ? key(action, home, parameters, &random) : home }
        let waltz: Float = metre?.beats == 3 ? 1.12 : 1
        let tempo = wishes.tempo ?? parameters.tempo * waltz * random.uniform(0.96, 1.04)
        music.tempo = tempo
        if action == .interlude { music.density = 0.1 }
        var request = CompositionRequest(
            mood: mood, title: title, seed: Seed.derived(from: "\(seed.value) section \(number) \(draw)"),
            duration: length ?? 0, music: music, rerolls: rerolls)
        if number == 1 { request.seed = draw == 0 ? seed : request.seed }
        if length == nil {
            let range = action == .interlude ? Self.short : action == .homecoming ? Self.long : Self.usual
            request.duration = Self.duration(
                of: random.uniform(range.lowerBound, range.upperBound), tempo: tempo, beats: metre?.beats ?? 4)
        }
        return request
    }

    /// A length of whole bars, an even number of them, with its ring-out; milliseconds.
    private static func duration(of seconds: Float, tempo: Float, beats: Int) -> Double {
        let bar = Float(beats) * 60 / tempo
        let bars = max(4, 2 * (seconds / bar / 2).rounded())
        let time = Double(bars * bar) + Plan.leadIn
        var duration = time
        for _ in 0..<8 { duration = time + Plan.ringOut(duration) }
        return (duration * 1000).rounded() / 1000
    }

    /// The mood of a section: a memory is softer, an interlude stiller.
    private func coloured(_ action: Action, _ random: inout RandomStream) -> Mood {
        switch action {
        case .retelling:
            Mood(
                valence: mood.valence - 0.1, energy: mood.energy - 0.2, tension: mood.tension,
                intimacy: mood.intimacy + 0.15, nostalgia: mood.nostalgia + 0.3, openness: mood.openness)
        case .interlude:
            Mood(
                valence: mood.valence, energy: mood.energy - 0.3, tension: mood.tension - 0.1,
                intimacy: mood.intimacy, nostalgia: mood.nostalgia, openness: mood.openness + 0.2)
        default: mood
        }
    }

    /// The home key for returns, else one that is near it; the other mode is entered by its relative.
    private func key(
        _ action: Action, _ home: Key, _ parameters: MusicalParameters, _ random: inout RandomStream
    ) -> Key {
        let isMinor = action == .homecoming || action == .ending ? home.isMinor : parameters.isMinor
        let base =
            isMinor == home.isMinor ? home.tonic : isMinor ? (home.tonic + 9) % 12 : (home.tonic + 3) % 12
        if action == .homecoming || action == .ending || action == .interlude {
            return Key(tonic: base, isMinor: isMinor)
        }
        let near: [Int] =
            novelty.hunger > 0.3
            ? [5, 7, 2, 10, 4, 8]
            : novelty.hunger < -0.3 ? [0, 0, 0, 5, 7] : mood.openness > 0.5 ? [0, 5, 7, 4, 8] : [0, 0, 5, 7, 5]
        return Key(tonic: (base + random.pick(near)) % 12, isMinor: isMinor)
    }
}
