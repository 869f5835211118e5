import Moods
public import Music

extension Motif {
    /// The motif of a theme's notes in bars of `bar` ticks; what lies beyond two bars is left out.
    init(_ notes: [Theme.Note], bar: Int) {
        let heard = notes.filter { $0.onset < 2 * bar }
        self =
            heard.isEmpty
            ? MotifPair.empty.main
            : Motif(
                rhythm: heard.map { (onset: $0.onset, length: min($0.length, 2 * bar - $0.onset)) },
                contour: heard.map(\.step))
    }
}

/// A theme is the pair of motifs of the letter A, as it leaves one piece and enters another.
extension MotifPair {
    /// The motifs of a theme in bars of `bar` ticks; what lies beyond two bars is left out.
    init(_ theme: Theme, bar: Int) {
        self.init(main: Motif(theme.main, bar: bar), answer: Motif(theme.answer, bar: bar))
    }

    /// The theme of these motifs.
    var theme: Theme {
        func notes(_ motif: Motif) -> [Theme.Note] {
            zip(motif.rhythm, motif.contour).map { Theme.Note(onset: $0.onset, length: $0.length, step: $1) }
        }
        return Theme(main: notes(main), answer: notes(answer))
    }

    /// Takes the place of A among the motifs that a piece has drawn; C recalls it.
    func among(_ drawn: [String: MotifPair], isOne: Bool) -> [String: MotifPair] {
        var motifs = drawn
        motifs["A"] = self
        motifs["C"]?.main = main
        if isOne {
            motifs["B"] = self
            motifs["C"] = self
        }
        return motifs
    }
}

extension Composer {
    /// The theme on which a plan's piece is made.
    public static func theme(of plan: Plan) -> Theme {
        if let theme = plan.request.music.theme { return theme }
        let streams = CompositionStreams(
            seed: plan.request.seed, mood: Planner.moodKey(plan.request.mood), salts: plan.request.rerolls)
        let template = FormTemplate.all.first { $0.name == plan.form }
        let writer = MelodyWriter(
            plan.parameters, streams, metre: plan.metre, tempo: plan.tempo,
            hasOneMotif: template?.hasOneMotif ?? false, returns: .usual, music: plan.request.music)
        return (writer.motifs["A"] ?? .empty).theme
    }
}
