import Composition
import Interpretation
import Moods
import Music

/// What the conductor asks of the composing thread.
struct PassageOrder: Sendable {
    /// Answers to earlier orders are of no use any more.
    let serial: Int
    /// The endless piece as it stands before the passage.
    let form: EndlessForm
    /// Nil for what follows by itself.
    let turn: Turn?
    /// Seconds of the session at which it begins.
    let time: Double
    /// Seconds that are left from there; nil for endless.
    let remaining: Double?
    /// What sounds before the passage, where a bridge is to lead to it.
    var before: Departure?
}

/// Composes and performs the sections of an endless piece on the piano and in the room of a moment.
struct PassageMaker: Sendable {
    let source: ResolvedSource
    let target: Float

    /// The endless piece before its first section.
    var form: EndlessForm {
        EndlessForm(
            mood: source.moment.mood, title: source.moment.title ?? Piece.title(source.name), seed: source.seed,
            music: source.moment.music, rerolls: source.moment.rerolls)
    }

    /// The first passage, of a piece that lasts so many seconds; nil for endless.
    func opening(_ length: Double?) -> Passage {
        passage(PassageOrder(serial: 0, form: form, turn: nil, time: 0, remaining: length))
    }

    /// The passage that an order asks for.
    func passage(_ order: PassageOrder) -> Passage {
        var form = order.form
        let wish = form.take(order.turn)
        let section = form.next(wish, at: order.time, remaining: order.remaining)
        var part = source
        part.seed = section.request.seed
        part.duration = section.request.duration
        part.moment.music = section.request.music
        part.moment.moods = [TimedMood(name: name(of: section.request.mood), mood: section.request.mood)]
        // The left pedal is the listener's: see `PassageStream`.
        part.moment.unaCorda = .auto
        // What is kept sounds as it was heard, whatever its own mood would make of the instrument.
        part.said = part.moment
        let piece = Piece(part, plan: section.plan, score: section.score)
        let isLast = section.action == .ending
        let passage = Passage(
            performance: piece.performance, length: isLast ? section.request.duration : section.length,
            gain: gain(piece.performance), isLast: isLast, piece: piece, action: section.action, theme: section.theme,
            motif: Self.steps(piece.source.moment.music.theme ?? Composer.theme(of: piece.plan)), form: form)
        return isLast ? passage : bridge(to: passage, order)
    }

    /// Leads from what sounds to a passage bar by bar, within the slew limits; the passage alone where no bridge is asked
    /// for.
    private func bridge(to passage: Passage, _ order: PassageOrder) -> Passage {
        guard let before = order.before, let piece = passage.piece,
            let goal = BridgeState(
                piece.performance,
                in: Conductor.leadIn - 0.05..<Self.time(ofBar: Self.opening, in: piece))
        else { return passage }
        let theme = piece.source.moment.music.theme ?? Composer.theme(of: piece.plan)
        // Who turns again on the bridge goes on from the mood that it leads to.
        var form = order.form
        _ = form.take(order.turn)
        let writer = BridgeWriter(theme: theme, metre: piece.score.metre, from: before.key, to: piece.score.key)
        let bars = writer.bars(from: before.state, to: goal, seed: piece.source.seed)
        let performance = BridgePlayer.perform(bars, title: piece.score.title)
        return Passage(
            performance: performance, length: Conductor.leadIn + bars.reduce(0) { $0 + $1.seconds },
            gain: passage.gain, isLast: false, action: .turn, theme: passage.theme, motif: passage.motif,
            form: form,
            following: [passage], leaving: before.mood)
    }

    /// Bars of a section that count as its beginning.
    private static let opening = 2

    /// Seconds at which a bar begins as it is played, the first one 0; where it has none, as it is written.
    private static func time(ofBar bar: Int, in piece: Piece) -> Double {
        let beat = Double(bar * piece.score.metre.beats)
        let written = Conductor.leadIn + beat * 60 / Double(piece.score.tempo)
        return piece.performance.tempoMap.first { $0.beat >= beat }?.seconds ?? written
    }

    /// A piece that is played alone.
    func passage(_ piece: Piece) -> Passage { alone(piece.performance, piece) }

    /// A performance that is played alone.
    func alone(_ performance: Performance, _ piece: Piece? = nil) -> Passage {
        Passage(
            performance: performance, length: performance.duration, gain: gain(performance), isLast: true, piece: piece)
    }

    /// A theme's motif as a line of steps.
    private static func steps(_ theme: Theme) -> String {
        let steps = theme.main.map(\.step)
        guard let low = steps.min(), let high = steps.max() else { return "" }
        let cells = Array("▁▂▃▄▅▆▇█")
        return String(steps.map { cells[($0 - low) * 7 / max(7, high - low)] })
    }

    private func gain(_ performance: Performance) -> Float {
        let moment = source.moment
        let decibels = LoudnessPredictor.gain(
            performance, instrument: moment.instrument, room: moment.room, target: target)
        return Exact.pow(10, decibels / 20)
    }

    /// The name of a mood that has one.
    private func name(of mood: Mood) -> String? { NamedMood.all.first { $0.aliasOf == nil && $0.mood == mood }?.name }
}
