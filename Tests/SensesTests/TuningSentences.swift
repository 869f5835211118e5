/// Where a sentence belongs on the two main axes.
enum Quadrant: String, Sendable {
    /// Valence up, energy up.
    case bright
    /// Valence down, energy up.
    case fierce
    /// Valence down, energy down.
    case low
    /// Valence up, energy down.
    case calm
}

/// Sentences with their quadrants, written before the lexicon; these may be looked at while tuning it.
enum TuningSentences {
    static let all: [(Quadrant, String)] = [
        (.calm, "On the beach with you, last light, small waves."),
        (.calm, "Grandmother's kitchen, warm bread, nobody in a hurry."),
        (.calm, "The lake is perfectly still and the moon is out."),
        (.calm, "You fell asleep on my shoulder on the train home."),
        (.calm, "A quiet Sunday morning with coffee and soft rain on the window."),
        (.calm, "We lay in the grass and watched the clouds."),
        (.calm, "Candlelight, an old record, your hand in mine."),
        (.calm, "The baby is finally sleeping."),
        (.calm, "Slow walk through the garden after dinner."),
        (.calm, "I feel at peace, and grateful."),
        (.calm, "Snow falling gently, the house warm inside."),
        (.calm, "Floating on my back in the warm sea."),
        (.calm, "Evening on the porch, crickets, a gentle breeze."),
        (.calm, "Not lonely, not afraid, just quiet."),
        (.calm, "My cat purring on my lap by the fire."),
        (.bright, "We danced until midnight and laughed the whole way home!"),
        (.bright, "She said yes!"),
        (.bright, "Running into the surf, screaming with delight."),
        (.bright, "First day of summer vacation, everyone is cheering."),
        (.bright, "The team won the championship and the whole city is celebrating."),
        (.bright, "Fireworks over the harbour and a brass band playing."),
        (.bright, "Riding my bike downhill as fast as I can."),
        (.bright, "I can't wait to see you tomorrow, I'm so excited!"),
        (.bright, "A wild party on the roof, sunshine, friends and music."),
        (.bright, "The puppy chased the kids around the yard."),
        (.bright, "Bright morning, I jumped out of bed full of energy."),
        (.bright, "We sang at the top of our lungs with the windows down."),
        (.bright, "Festival lights, drums, colours everywhere."),
        (.bright, "I got the job and I'm dancing in the kitchen."),
        (.bright, "The carnival spins, children shriek with laughter."),
        (.fierce, "The storm tore the roof off and we ran."),
        (.fierce, "I am so angry that I could scream."),
        (.fierce, "Sirens, smoke, people shouting in the street."),
        (.fierce, "My heart is pounding, I'm late, everything is going wrong."),
        (.fierce, "They fought all night, doors slamming."),
        (.fierce, "Panic in the crowd as the fire spread."),
        (.fierce, "He betrayed me and I want revenge."),
        (.fierce, "Deadline tomorrow, too much coffee, I can't breathe."),
        (.fierce, "Furious waves smashing against the rocks."),
        (.fierce, "A nightmare: something is chasing me through the woods."),
        (.fierce, "Traffic jam, horns blaring, stuck and stressed."),
        (.fierce, "War, explosions, running for our lives."),
        (.fierce, "I hate this noise, it drives me crazy."),
        (.fierce, "Anxious about the exam, shaking."),
        (.fierce, "The dog attacked him and he was terrified."),
        (.low, "Grandfather died in the winter; the house is empty."),
        (.low, "I miss you."),
        (.low, "Alone in a hotel room, rain, nobody calls."),
        (.low, "She left, and the silence is heavy."),
        (.low, "The funeral was on a grey Tuesday."),
        (.low, "I am tired and sad and I don't know why."),
        (.low, "An abandoned playground in November fog."),
        (.low, "We said goodbye at the station and I never saw him again."),
        (.low, "Nothing matters any more, I am numb."),
        (.low, "The last leaves fall, the days are cold and dark."),
        (.low, "Homesick, sitting alone on the bed."),
        (.low, "A faded photograph of people who are gone."),
        (.low, "Hospital corridor at night, waiting for bad news."),
        (.low, "My old dog can hardly walk now and I weep."),
        (.low, "It was not a happy house."),
    ]
}
