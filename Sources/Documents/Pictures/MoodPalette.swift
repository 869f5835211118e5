import Moods

/// The colours of a mood: light by valence, gold by nostalgia, storm by tension, dusk by intimacy.
struct MoodPalette {
    let zenith: Colour
    let middle: Colour
    let horizon: Colour
    let sun: Colour
    let farSea: Colour
    let nearSea: Colour
    let line: Colour
    let sand: Colour

    init(_ mood: Mood) {
        let bright = (mood.valence + 1) / 2
        let dusk = max(0, min(1, 0.35 + 0.45 * mood.intimacy - 0.2 * mood.energy))
        let storm = max(0, mood.tension)
        let gold = mood.nostalgia

        func shaded(_ day: Int, _ night: Int, _ grey: Int) -> Colour {
            Colour(day).mixed(Colour(night), dusk * (1.1 - 0.4 * bright)).mixed(Colour(grey), 0.9 * storm)
        }
        zenith = shaded(0x4F8FBF, 0x1B2A4E, 0x26303C)
        middle = shaded(0xA9D2E4, 0x5C5B8C, 0x55616D).mixed(Colour(0xE8A98C), 0.45 * gold)
        horizon = shaded(0xF4EFDC, 0xE7A07F, 0x8F999C).mixed(Colour(0xF9C784), 0.6 * gold * (0.4 + 0.6 * bright))
        sun = Colour(0xFFF6DA).mixed(Colour(0xFFD28A), gold).mixed(Colour(0xDDE3E6), 0.6 * storm)
        farSea = shaded(0x7FB8C4, 0x55608A, 0x566770).mixed(horizon, 0.3)
        nearSea = shaded(0x1F6F86, 0x14233F, 0x1A272F)
        line = Colour(0xFFFDF5).mixed(Colour(0xFFE3B3), 0.6 * gold)
        sand = Colour(0xF3E9D6).mixed(Colour(0xEBD3AE), gold).mixed(Colour(0xC9C6C0), 0.5 * storm)
    }
}
