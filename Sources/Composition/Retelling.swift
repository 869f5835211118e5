import Moods
import Music

/// What the operators of a retelling do to the notes of a piece (music.md 4.12); those that act on key, tempo, theme or
/// sound are worked into the moment when it is retold.
struct Retelling {
    private let operators: [RetellingOperator]
    /// With the chords as they are told.
    private(set) var sections: [Section]
    /// As it is stated, where there is one.
    private let theme: Theme?
    /// Ticks in a bar.
    private let bar: Int
    /// When chords have their sixth lowered, and which pitch class it was.
    private var lowered: [(time: Range<Int>, sixth: Int)] = []

    /// Highest key that a melody is moved to, lowest that an octave goes down to.
    private static let (highest, lowest) = (100, 24)
    /// The fewest bars in which two voices sing one after the other.
    static let canonBars = 4
    /// dB.
    private static let softening: Float = -8

    init(_ operators: [RetellingOperator], _ sections: [Section], theme: Theme? = nil, bar: Int) {
        self.operators = operators
        self.sections = sections
        self.theme = theme
        self.bar = bar
        if operators.contains(.modeMixture) { mix() }
    }

    /// The last return of the first letter, in which a memory shows; without a return the last section.
    private var last: Section? {
        sections.last { $0.isRetold } ?? sections.last { $0.letter == "A" } ?? sections.last { !$0.isFrame }
    }

    func told(_ notes: [Note]) -> [Note] {
        guard let last, let chord = last.chords.last else { return notes }
        var notes = notes
        let inLast = last.start..<chord.end
        for operation in operators {
            switch operation {
            case .octaveUp:
                let tops = notes.filter { $0.role == .melody && inLast.contains($0.onset) }.map(\.pitch)
                guard (tops.max() ?? Self.highest) + 12 <= Self.highest else { continue }
                for i in notes.indices where inLast.contains(notes[i].onset) && !notes[i].role.isLeftHand {
                    notes[i].pitch += 12
                }
            case .thinned: notes = thinned(notes, last)
            case .lastNoteWithheld:
                let melody = notes.indices.filter { notes[$0].role == .melody && inLast.contains(notes[$0].onset) }
                if melody.count > 8, let i = melody.max(by: { notes[$0].onset < notes[$1].onset }) {
                    let onset = notes[i].onset
                    // The one before hangs over into its place.
                    if let before = melody.filter({ notes[$0].onset < onset }).max(by: {
                        notes[$0].onset < notes[$1].onset
                    }) {
                        let wanted = max(notes[before].length, PhraseRhythm.lastNote)
                        notes[before].length = min(wanted, chord.end - notes[before].onset)
                    }
                    notes.removeAll { $0.onset == onset && !$0.role.isLeftHand }
                }
            case .softer: for i in notes.indices { notes[i].dynamic += Self.softening }
            case .leftOctaves:
                // The hand that plays a second motif has none free for octaves.
                let layered = sections.filter { $0.cast.contains { $0.place == .under } }
                let low = notes.filter { note in
                    note.role == .bass && note.pitch - 12 >= Self.lowest
                        && !layered.contains { $0.start <= note.onset && note.onset < $0.chords.last?.end ?? 0 }
                }
                notes += low.map { note in
                    var copy = note
                    copy.pitch -= 12
                    return copy
                }
                notes = Guards.reachable(Guards.unique(notes))
            case .tenths: notes = Guards.unique(notes + tenths(notes))
            case .openFifths:
                notes.removeAll { note in
                    guard note.role == .figure, let chord = self.chord(at: note.onset) else { return false }
                    return [3, 4].contains((note.pitch - chord.root + 120) % 12)
                }
            case .modeMixture:
                for i in notes.indices {
                    let isLow = lowered.contains {
                        $0.time.contains(notes[i].onset) && notes[i].pitch % 12 == $0.sixth
                    }
                    if isLow { notes[i].pitch -= 1 }
                }
            case .fragmented: notes = fragmented(notes, last)
            case .threeThreeTwo: notes = sections.filter { !$0.isFrame }.reduce(notes) { inThrees($0, $1) }
            case .fallingBass: notes = fallingBass(notes, last)
            case .canon: notes = canon(notes, last)
            case .unaCorda, .moreRoom, .slower, .parallelMinor, .relit, .augmented, .diminished, .farther: continue
            }
        }
        return notes
    }

    /// The theme in the tenor, half a bar behind; where it has no room there, a bar or two later.
    private func canon(_ notes: [Note], _ section: Section) -> [Note] {
        guard let theme, section.bars >= Self.canonBars else { return notes }
        let layers = MontageLayers(section: section, themes: [theme], bar: bar)
        let first = section.start + bar / 2
        for start in stride(from: first, to: section.start + min(3, section.bars - 2) * bar, by: bar) {
            let layered = layers.layered(notes, 0, in: start..<start + 2 * bar)
            if layered != notes { return layered }
        }
        return notes
    }

    /// The chords of the last return with the sixth of minor, but for the one that stands on it.
    private mutating func mix() {
        guard let k = sections.lastIndex(where: { $0.letter == "A" }) ?? sections.lastIndex(where: { !$0.isFrame })
        else { return }
        let names = ["IV": "iv", "ii": "iio"]
        for i in sections[k].chords.indices where !sections[k].chords[i].isMinor {
            var chord = sections[k].chords[i]
            let sixth = (chord.tonic + 9) % 12
            guard chord.root != sixth else { continue }
            func low(_ pitchClass: Int) -> Int { pitchClass == sixth ? (pitchClass + 11) % 12 : pitchClass }
            if chord.triad.contains(sixth) { chord.name = names[chord.name] ?? chord.name }
            (chord.triad, chord.tones, chord.bass) = (chord.triad.map(low), chord.tones.map(low), low(chord.bass))
            sections[k].chords[i] = chord
            lowered.append((chord.onset..<chord.end, sixth))
        }
    }

    /// The last two bars of a section with two notes of melody, the second held.
    private func fragmented(_ notes: [Note], _ section: Section) -> [Note] {
        guard let end = section.chords.last?.end, section.bars > 3 else { return notes }
        let window = end - 2 * bar..<end
        let melody = notes.filter { $0.role == .melody && window.contains($0.onset) }.sorted { $0.onset < $1.onset }
        guard melody.count > 2 else { return notes }
        let left = melody.prefix(2)
        return notes.compactMap { note in
            guard window.contains(note.onset), !note.role.isLeftHand else { return note }
            guard let kept = left.first(where: { $0.onset == note.onset }) else { return nil }
            var note = note
            if note.role == .melody, kept.onset == left.last?.onset {
                note.length = max(note.length, min(bar, end - note.onset))
            }
            return note
        }
    }

    /// The left hand of a section in threes, threes and twos: of eighths where it was calm, else of sixteenths.
    private func inThrees(_ notes: [Note], _ section: Section) -> [Note] {
        guard section.cast.isEmpty, bar == 4 * Grid.beat else { return notes }
        var out = notes
        for k in 0..<max(0, section.bars - 1) {
            let window = section.start + k * bar..<section.start + (k + 1) * bar
            let left = notes.filter { $0.role.isLeftHand && window.contains($0.onset) }
            let figure = left.filter { $0.role == .figure }
            let places =
                Set(left.map(\.onset)).count > 4
                ? [0, 36, 72, 96, 132, 168] : [0, 72, 144]
            var struck: [Note] = left.filter { $0.role == .bass }
            for (place, next) in zip(places, places.dropFirst() + [bar]) {
                let onset = window.lowerBound + place
                guard let chord = chord(at: onset) else { continue }
                let low = struck.filter { $0.onset == onset }.map(\.pitch).min()
                let tones = Set(figure.map(\.pitch)).filter { pitch in
                    chord.tones.contains(pitch % 12) && low.map { pitch - $0 <= HandShape.span && pitch > $0 } ?? true
                }.sorted().suffix(2)
                struck += tones.map { Note(onset: onset, length: next - place, pitch: $0, role: .figure) }
            }
            guard struck.contains(where: { $0.role == .figure }) else { continue }
            out.removeAll { $0.role.isLeftHand && window.contains($0.onset) }
            out += struck
        }
        return Guards.reachable(Guards.unique(out))
    }

    /// Every second bar with its bass and melody alone.
    private func thinned(_ notes: [Note], _ section: Section) -> [Note] {
        guard let end = section.chords.last?.end, section.bars > 1 else { return notes }
        let bar = (end - section.start) / section.bars
        return notes.filter { note in
            guard (section.start..<end).contains(note.onset), note.role == .figure || note.role == .inner else {
                return true
            }
            return (note.onset - section.start) / bar % 2 == 0
        }
    }

    /// A voice a tenth, else a sixth below the melody's notes of a beat or more.
    private func tenths(_ notes: [Note]) -> [Note] {
        notes.filter { $0.role == .melody && $0.length >= Grid.beat }.compactMap { note in
            guard let chord = self.chord(at: note.onset) else { return nil }
            let scale = PitchClassMask(chord.scale)
            let under = [16, 15, 8, 9].map { note.pitch - $0 }
                .first { q in
                    scale.contains(q) && q >= 50
                        && !notes.contains { $0.onset == note.onset && abs($0.pitch - q) < 3 && $0.role != .melody }
                }
            return under.map {
                Note(
                    onset: note.onset, length: max(1, min(note.length, chord.end - note.onset)), pitch: $0, role: .inner
                )
            }
        }
    }

    private func chord(at onset: Int) -> Chord? {
        sections.last { $0.start <= onset }?.chords.last { $0.onset <= onset }
    }
}
