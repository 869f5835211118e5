/// From a form of a word to the lemmas that it may belong to, in American or British spelling.
enum Inflection {
    /// Candidates, the likeliest first: the word itself, its other spelling, irregular forms, endings taken off.
    static func candidates(for word: String) -> [String] {
        var found: [String] = []
        func add(_ lemma: String) {
            for spelling in [lemma] + otherSpellings(lemma) where !found.contains(spelling) { found.append(spelling) }
        }
        add(word)
        if let lemma = irregular[word] { add(lemma) }
        guard !lookalikes.contains(word) else { return found }
        for stem in stems(word) {
            add(stem)
            if let lemma = irregular[stem] { add(lemma) }
            // `happily`, `wandered off`: an ending below an ending, once.
            if !lookalikes.contains(stem) { for inner in stems(stem) { add(inner) } }
        }
        return found
    }

    /// What a word says is missing, `homeless`, or is not so, `unloved`; nil where it says no such thing.
    static func denied(in word: String) -> String? {
        guard !lookalikes.contains(word) else { return nil }
        if word.hasSuffix("less") { return String(word.dropLast(4)) }
        return word.hasPrefix("un") ? String(word.dropFirst(2)) : nil
    }

    /// False for most words that no lemma can come of: endings change, beginnings do not.
    static func mayBeKnown(_ word: String) -> Bool { beginnings.contains(beginning(word)) }

    /// The first two bytes of all that is looked up.
    private static let beginnings = Set(
        (Array(Lexicon.scores.keys) + irregular.keys + pairs.keys).map(beginning))

    private static func beginning(_ word: String) -> [UInt8] { Array(word.utf8.prefix(2)) }

    /// The word without one ending.
    private static func stems(_ word: String) -> [String] {
        var stems: [String] = []
        func strip(_ ending: String, _ endings: [String]) {
            guard word.hasSuffix(ending) else { return }
            let stem = String(word.dropLast(ending.count))
            guard stem.utf8.count >= 2 else { return }
            stems += endings.map { stem + $0 }
        }
        /// Of a doubled consonant, one: `running`, `sadder`, `travelled`.
        func undouble(_ ending: String) {
            guard word.hasSuffix(ending) else { return }
            let stem = Array(word.utf8.dropLast(ending.utf8.count))
            guard stem.count >= 3, stem[stem.count - 1] == stem[stem.count - 2] else { return }
            stems.append(String(decoding: stem.dropLast(), as: UTF8.self))
        }
        strip("ies", ["y", "ie"])
        strip("ves", ["ve", "f", "fe"])
        strip("es", ["e", ""])
        strip("s", [""])
        strip("ied", ["y"])
        undouble("ed")
        // `stared` is of `stare`, for of `star` it would be `starred`.
        strip("ed", ["e", ""])
        strip("d", [""])
        undouble("ing")
        strip("ying", ["ie"])
        strip("ing", ["e", ""])
        strip("in'", ["e", ""])
        strip("iest", ["y"])
        strip("ier", ["y"])
        undouble("est")
        undouble("er")
        strip("est", ["e", ""])
        strip("er", ["e", ""])
        strip("ily", ["y"])
        strip("ly", ["", "le"])
        strip("iness", ["y"])
        strip("ness", [""])
        strip("y", ["", "e"])
        undouble("y")
        strip("ful", ["", "e"])
        strip("ish", ["", "e"])
        strip("like", [""])
        strip("ing-place", [""])
        return stems
    }

    /// The same word as the other side of the Atlantic writes it.
    private static func otherSpellings(_ word: String) -> [String] {
        if let other = pairs[word] { return [other] }
        var others: [String] = []
        func swap(_ ending: String, _ other: String) {
            if word.hasSuffix(ending) { others.append(word.dropLast(ending.count) + other) }
        }
        swap("our", "or")
        swap("ourful", "orful")
        swap("ourite", "orite")
        swap("ise", "ize")
        swap("yse", "yze")
        swap("tre", "ter")
        swap("bre", "ber")
        swap("ogue", "og")
        swap("ence", "ense")
        swap("ll", "l")
        swap("ilful", "illful")
        return others
    }

    /// British, and colloquial, to the spelling of the lexicon.
    private static let pairs: [String: String] = [
        "grey": "gray", "mum": "mom", "mummy": "mom", "mommy": "mom", "mam": "mom", "mama": "mom", "mamma": "mom",
        "cosy": "cozy", "daddy": "dad", "papa": "dad", "granny": "grandma", "nan": "grandma", "nana": "grandma",
        "grandad": "grandpa", "granddad": "grandpa", "aeroplane": "airplane", "colour": "color", "harbour": "harbor",
        "neighbour": "neighbor", "theatre": "theater", "cafés": "cafe", "café": "cafe", "storey": "story",
        "ageing": "age", "gaol": "prison", "jail": "prison", "pyjamas": "bed",
        "pajamas": "bed", "jewellery": "jewel", "jewelry": "jewel", "photos": "photo", "tyre": "car",
        "programme": "program", "movie": "cinema", "movies": "cinema", "film": "cinema", "railway": "train",
        "railroad": "train", "subway": "train", "tram": "train", "seas": "sea", "skies": "sky", "lover's": "lover",
        "automobile": "car", "motorway": "highway", "freeway": "highway", "puppies": "puppy", "mist": "mist",
    ]

    /// Irregular forms of the lexicon's lemmas.
    static let irregular: [String: String] = [
        "children": "child", "leaves": "leaf", "wolves": "wolf", "feet": "foot", "mice": "mouse", "wives": "wife",
        "lives": "life", "better": "good", "happier": "happy", "best": "best", "farther": "far", "further": "far",
        "ran": "run", "flew": "fly", "flown": "fly", "swam": "swim", "swum": "swim", "sang": "sing", "sung": "sing",
        "fell": "fall", "fallen": "fall", "felt": "feeling", "lay": "lie", "lain": "lie", "lying": "lie",
        "sat": "sit", "stood": "stand", "slept": "sleep", "wept": "weep", "left": "leave", "lost": "lost",
        "broke": "break", "broken": "broken", "burnt": "burn", "bent": "bend", "built": "build", "held": "hold",
        "kept": "keep", "met": "meet", "won": "win", "fought": "fight", "fled": "flee", "froze": "freeze",
        "frozen": "freeze", "gave": "give", "given": "give", "grew": "grow", "grown": "grow", "heard": "hear",
        "hurt": "hurt", "drank": "drink", "drove": "drive", "driven": "drive", "rode": "ride", "ridden": "ride",
        "rose": "rose", "risen": "rise", "shook": "shake", "shaken": "shake", "shone": "shine", "sank": "sink",
        "sunk": "sink", "spun": "spin", "swung": "swing", "threw": "throw", "thrown": "throw", "wrote": "write",
        "written": "write", "began": "begin", "begun": "begin", "came": "come", "dreamt": "dream", "leapt": "leap",
        "learnt": "learn", "made": "make", "said": "say", "saw": "see", "went": "go", "dove": "dove",
        "forgot": "forget", "forgave": "forgive", "forgiven": "forgive", "blew": "blow", "died": "die",
        "dying": "dying",
        "lit": "light", "dug": "dig", "ate": "eat", "hid": "hide", "blown": "wind", "stuck": "stuck",
        "bought": "buy", "brought": "bring", "caught": "catch", "taught": "teach", "thought": "think", "told": "tell",
        "took": "take", "knew": "know", "found": "find", "woke": "wake", "wore": "wear", "tore": "tear", "bore": "bore",
        "swept": "sweep", "struck": "strike", "stole": "steal", "spoke": "speak", "spent": "spend", "sent": "send",
        "read": "read", "laid": "lay", "had": "have", "did": "do", "was": "be", "were": "be", "been": "be",
        "buried": "bury", "married": "marry", "engaged": "marry", "terrifying": "terrified", "frightening": "frighten",
        "scary": "scare", "stressful": "stress", "blissfully": "bliss", "dancing": "dance", "exciting": "excite",
        "hopefully": "hope", "healing": "heal", "living": "live", "sunlit": "sunlight", "moonlit": "moonlight",
        "candlelit": "candlelight", "starlit": "starlight", "foggy": "fog", "misty": "mist", "teary": "tear",
        "tears": "tear", "sweetly": "sweet", "loving": "love", "loved": "love", "mournful": "mourn",
        "ghostly": "ghost", "deadly": "danger", "mothers": "mother", "seaweed": "sea", "sandy": "sand",
        "sunbathe": "sun", "caressed": "cuddle", "caress": "cuddle", "caresses": "cuddle", "caressing": "cuddle",
        "glade": "forest", "timeless": "eternal", "ageless": "eternal", "undying": "eternal", "unending": "endless",
        "breathless": "excited", "unearthly": "strange", "pined": "longing", "pining": "longing",
        "patients": "hospital", "gleam": "shine", "gleaming": "shine", "lullabies": "lullaby", "bored": "bore",
    ]

    /// Irregular forms that are a past tense and nothing else.
    static let pasts: Set<String> = [
        "was", "were", "had", "did", "went", "came", "saw", "said", "ran", "flew", "swam", "sang", "fell", "sat",
        "stood", "slept", "wept", "broke", "held", "kept", "met", "won", "fought", "fled", "froze", "gave", "grew",
        "heard", "drank", "drove", "rode", "shook", "shone", "sank", "threw", "wrote", "began", "dreamt", "leapt",
        "made", "forgot", "forgave", "blew", "ate", "bought", "brought", "caught", "taught", "thought", "told",
        "took", "knew", "found", "woke", "wore", "tore", "swept", "struck", "stole", "spoke", "spent", "sent", "lay",
        "laid", "felt", "left", "hid", "wasn't", "weren't", "hadn't", "didn't", "couldn't",
    ]
}
