import Moods
import Music

/// How the first theme comes back for the last time: after a silence, and sometimes as a memory (music.md 4.3, 4.12).
enum LastReturn {
    /// Seconds of a silence at least.
    private static let silence: Float = 1.5
    /// How often, per unit of intimacy, two voices sing the theme one after the other.
    private static let canons: Float = 0.3
    /// Seconds of a piece that has room for one.
    private static let room = 60.0

    /// The sections with the last return marked and the silence before it, and what happens to the return.
    ///
    /// Nostalgia tells it as a memory, closeness has a second voice sing it half a bar later; what a listener has
    /// remembered before, a retelling or a montage, is left alone.
    static func draw(
        _ sections: [PlannedSection], _ request: CompositionRequest, metre: Metre, tempo: Float,
        _ random: inout RandomStream
    ) -> (sections: [PlannedSection], operators: [RetellingOperator]) {
        let (tells, withholds) = (random.chance(0.6 * request.mood.nostalgia), random.chance(0.5))
        let breathes = random.chance(0.35 - 0.3 * request.mood.energy)
        let isCanon = random.chance(canons * (request.mood.intimacy + 0.2)) && metre.beats == 4
        let music = request.music
        let beats = Int((silence * tempo / 60).rounded(.up))
        if let told = sections.lastIndex(where: \.isRetold) { return wished(sections, told, beats, metre) }
        let isRemembered = !music.retelling.isEmpty || !music.montage.isEmpty || music.theme != nil
        guard !isRemembered, request.duration >= room,
            let last = sections.lastIndex(where: { $0.letter != "o" }), last > 1, sections[last].letter == "A",
            sections[last].variant > 0, sections[last - 1].letter != "A"
        else { return (sections, []) }
        var sections = sections
        if tells || breathes, beats < metre.beats, sections[last - 1].bars > 2, !sections[last - 1].isElided {
            sections[last - 1].silence = beats
        }
        guard tells, sections[last].level < 1 else {
            return (sections, isCanon && sections[last].bars >= Retelling.canonBars ? [.canon] : [])
        }
        sections[last].isRetold = true
        return (sections, [.octaveUp, .unaCorda] + (withholds ? [.lastNoteWithheld] : []))
    }

    /// The return that a moment marks as a memory: after a silence, with all that makes it one.
    private static func wished(_ sections: [PlannedSection], _ told: Int, _ beats: Int, _ metre: Metre) -> (
        sections: [PlannedSection], operators: [RetellingOperator]
    ) {
        var sections = sections
        for i in sections.indices { sections[i].isRetold = i == told }
        if told > 0 { sections[told - 1].isElided = false }
        if told > 0, beats < metre.beats, sections[told - 1].bars > 2 { sections[told - 1].silence = beats }
        return (sections, [.octaveUp, .unaCorda, .lastNoteWithheld])
    }
}
