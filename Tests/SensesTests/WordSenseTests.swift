import Moods
import Senses
import Testing

private func read(_ text: String) -> Axes { WordSense.read(text).impression.axes }

/// Sentences of a list that land in their quadrant, and those that do not.
private func right(_ sentences: [(Quadrant, String)]) -> (count: Int, wrong: [String]) {
    var wrong: [String] = []
    for (quadrant, sentence) in sentences {
        let axes = read(sentence)
        let found: Quadrant =
            axes.valence >= 0 ? (axes.energy >= 0 ? .bright : .calm) : (axes.energy >= 0 ? .fierce : .low)
        if found != quadrant { wrong.append("\(quadrant) not \(found): \(sentence) (\(axes.effects(atMost: 6)))") }
    }
    return (sentences.count - wrong.count, wrong)
}

@Suite struct LexiconTests {
    @Test func `has at least 600 lemmas, each within the axes and each once`() {
        let lines = Lexicon.lines
        #expect(lines.count >= 600)
        #expect(Set(lines).count == lines.count)
        #expect(Lexicon.scores.count == lines.count)
        for (lemma, axes) in Lexicon.scores { #expect(axes == axes.clamped, "\(lemma)") }
    }

    @Test(
        arguments: [
            ("waves", "wave"), ("running", "run"), ("danced", "dance"), ("memories", "memory"), ("happily", "happy"),
            ("sadder", "sad"), ("loveliest", "lovely"), ("children", "child"), ("wept", "weep"), ("sunnier", "sunny"),
            ("loneliness", "loneliness"), ("kissing", "kiss"), ("travelled", "travel"), ("traveled", "travel"),
            ("colours", "color"), ("grey", "gray"), ("cosy", "cozy"), ("harbour", "harbor"), ("theatres", "theater"),
            ("mum", "mom"), ("neighbours", "neighbor"), ("colourful", "colorful"), ("flew", "fly"), ("leaves", "leaf"),
            ("dying", "dying"), ("sandy", "sand"), ("carefully", "care"),
            ("stared", "stare"), ("cared", "care"), ("caves", "cave"), ("grieves", "grieve"), ("pining", "longing"),
        ])
    func `a form leads to its lemma`(_ form: String, _ lemma: String) { #expect(Lexicon.lemma(of: form) == lemma) }

    @Test(
        arguments: [
            "number", "numbers", "numbered", "army", "armies", "armed", "tidy", "tidied", "ready", "readily", "hardly",
            "later", "lately", "singed", "mister", "beard", "bearded", "broker", "tearing", "fasting", "handful",
            "wary",
            "carry", "carried", "carrying", "card", "barrier", "finish", "finished", "cover", "pondered",
            "sober", "being", "beer", "business", "apply", "applied", "gravy", "training", "parking", "winding",
            "swallowed", "waiter", "liver", "divested", "career", "under", "until", "unit", "unwind", "unless",
            "doubtless",
        ])
    func `a word that only looks like a form is not known`(_ word: String) {
        #expect(Lexicon.lemma(of: word) == nil)
        #expect(WordSense.read(word).knownWords == 0)
    }

    @Test(
        arguments: [
            ("grey", "gray"), ("colour", "color"), ("coloured", "colored"), ("colourful", "colorful"),
            ("harbour", "harbor"), ("neighbours", "neighbors"), ("theatre", "theater"), ("centre", "center"),
            ("cosy", "cozy"), ("cosiest", "coziest"), ("pyjamas", "pajamas"), ("jewellery", "jewelry"),
            ("travelling", "traveling"), ("marvellous", "marvelous"), ("favourite", "favorite"), ("honour", "honor"),
            ("humour", "humor"), ("dialogue", "dialog"), ("realise", "realize"), ("skilful", "skillful"),
            ("mum", "mom"), ("aeroplane", "airplane"), ("film", "movie"), ("motorway", "highway"), ("ageing", "aging"),
            ("we dreamt", "we dreamed"), ("we leapt", "we leaped"), ("burnt", "burned"), ("learnt", "learned"),
        ])
    func `British and American words mean the same`(_ british: String, _ american: String) {
        #expect(read(british) == read(american))
    }
}

@Suite struct WordSenseTests {
    @Test func `three quarters of the sentences used for tuning land in their quadrant`() {
        let (count, wrong) = right(TuningSentences.all)
        #expect(Double(count) >= 0.75 * Double(TuningSentences.all.count), "\(wrong.joined(separator: "\n"))")
        print("tuning sentences right: \(count) of \(TuningSentences.all.count)")
        for line in wrong { print("  " + line) }
    }

    @Test func `three quarters of the sentences kept apart land in their quadrant`() {
        let (count, wrong) = right(HeldSentences.all)
        #expect(Double(count) >= 0.75 * Double(HeldSentences.all.count), "\(wrong.count) wrong")
        print("held sentences right: \(count) of \(HeldSentences.all.count)")
    }

    @Test func `negation turns valence round`() {
        #expect(read("happy").valence > 0.4 && read("not happy").valence < -0.4)
        #expect(read("I am not afraid").valence > 0)
        #expect(read("It isn't sad").valence > 0)
        #expect(read("never so happy").valence > 0.4)
        #expect(read("never been better").valence > 0 && read("far from sad").valence > 0)
        #expect(read("far from home").valence <= 0 || read("far from home").effects() == read("far home").effects())
        // Who is missed is not there.
        #expect(read("the sea without you").intimacy < read("the sea with them").intimacy)
        #expect(read("I can't stop smiling").valence > 0.4 && read("they never stop laughing").valence > 0.4)
        // Four words on, it no longer reaches.
        #expect(read("not in the least that happy").valence > 0)
    }

    @Test func `what is without something, or is not so, is the other way round`() {
        for (word, lemma) in [("homeless", "home"), ("loveless", "love"), ("unloved", "love"), ("unkind", "kind")] {
            #expect(read(word).valence < -0.2 && read(lemma).valence > 0.2, "\(word)")
        }
        #expect(read("fearless").valence > 0.2 && read("painless").valence > 0.2)
        #expect(read("sleepless").energy > 0 && read("timeless").valence >= 0 && read("breathless").energy > 0)
        #expect(WordSense.read("homeless").impression.reasons.contains { $0.contains("'homeless'") })
    }

    @Test func `degrees scale`() {
        let plain = read("sad").valence
        #expect(read("very sad").valence < plain && read("slightly sad").valence > plain)
    }

    @Test func `after but the second half weighs more`() {
        #expect(read("sad but happy").valence > read("happy, sad").valence)
        #expect(read("happy but sad").valence < read("happy, sad").valence)
    }

    @Test func `tense, person and questions move only their axes`() {
        func difference(_ a: String, _ b: String) -> Axes { read(b) - read(a) }
        let past = difference("the sea is warm", "the sea was warm")
        #expect(abs(past.nostalgia - 0.35) < 0.01 && past.effects(atMost: 6) == "nostalgia +.35")
        #expect(difference("the sea with them", "the sea with you").effects(atMost: 6) == "intimacy +.30")
        #expect(difference("the sea.", "the sea?").effects(atMost: 6) == "tension +.10")
        #expect(difference("They sing", "They will sing").effects(atMost: 6).contains("openness +.10"))
    }

    @Test func `an unknown word changes nothing`() {
        #expect(read("the zebrafish sea") == read("the sea"))
    }

    @Test func `British and American spelling feel the same`() {
        #expect(read("the grey harbour, colours, a cosy theatre") == read("the gray harbor, colors, a cozy theater"))
    }

    @Test func `clauses become the course of the piece`() {
        let course = WordSense.read("A quiet dawn, then the storm roars, then peace.").course
        #expect(course.count == 3 && course[0].at == 0)
        #expect(course[1].axes.energy > course[0].axes.energy + 0.2)
        #expect(course[2].axes.energy < course[1].axes.energy - 0.2)
        let long = Array(repeating: "a quiet dawn and a storm", count: 400).joined(separator: ", ")
        #expect(WordSense.read(long).course.count <= 5)
    }

    @Test func `without a known word nothing is certain`() {
        let read = WordSense.read("zxcv qwer")
        #expect(read.knownWords == 0 && read.impression.confidence == Axes())
        #expect(WordSense.read("").knownWords == 0)
    }

    @Test func `reasons name the words and what they do`() {
        let reasons = WordSense.read("on the beach with you, not afraid").impression.reasons
        #expect(reasons.contains { $0.contains("'beach' -> openness +.60") }, "\(reasons)")
        #expect(reasons.contains { $0.contains("not afraid") }, "\(reasons)")
        #expect(reasons.contains { $0.contains("intimacy +.30") }, "\(reasons)")
    }

    @Test func `by the water the waves set a clock`() {
        #expect(WordSense.read("on the beach").swell?.seconds == 8.5)
        #expect(WordSense.read("the lake").swell?.seconds == 4)
        #expect(WordSense.read("a candle").swell == nil)
    }

    @Test func `a megabyte of anything is read at once`() {
        let clock = ContinuousClock()
        let text = String(repeating: "the stormy sea, my love; ", count: 42_000)
        let odd = String(repeating: "\u{0}\u{301}’–…¿ß漢字🌊 ", count: 30_000)
        let time = clock.measure {
            #expect(WordSense.read(text).knownWords == 126_000)
            _ = WordSense.read(odd)
        }
        #expect(time < .seconds(2), "\(time)")
    }
}
