public import Music

/// Writes a score as MusicXML 4.0, partwise: one piano part on two staves, a voice for each role, with slurs over the
/// melody's gestures, dynamics, hairpins and pedal.
public enum MusicXML {
    /// The document.
    public static func text(of score: Score) -> String {
        let title = XMLText.escaped(score.title)
        var out = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" \
            "http://www.musicxml.org/dtds/partwise.dtd">
            <score-partwise version="4.0">
              <work><work-title>\(title)</work-title></work>
              <identification><encoding><software>beachpiano</software></encoding></identification>
              <part-list>
                <score-part id="P1"><part-name>Piano</part-name></score-part>
              </part-list>
              <part id="P1">

            """
        let writer = MeasureWriter(score)
        for bar in 0..<max(1, score.bars) { out += writer.measure(bar) }
        return out + "  </part>\n</score-partwise>\n"
    }
}

/// Writes one bar after the other.
private struct MeasureWriter {
    private let score: Score
    /// Upper voice first on each staff.
    private let voices: [(staff: Int, bars: [[NotatedEvent]])]
    private let slurs: PhraseSlurs
    private let marks: ScoreDirections
    private let bars: Int
    /// What stands in each bar.
    private let keys: [WrittenKey]

    init(_ score: Score) {
        self.score = score
        let bars = max(1, score.bars)
        self.bars = bars
        keys = (0..<bars).map { score.key(at: Beat($0 * score.metre.beats)) }
        let roles: [(VoiceRole, Int)] = [(.melody, 1), (.inner, 1), (.figure, 2), (.bass, 2)]
        voices = roles.map { role, staff in
            let notes = score.notes.filter { $0.role == role }
            let line = NotatedVoice(notes, metre: score.metre, bars: bars)
            return (staff, (0..<bars).map(line.bar))
        }
        slurs = PhraseSlurs(score.phrases, voices[0].bars, barTicks: score.metre.beats * NoteValue.divisions)
        marks = ScoreDirections(score)
    }

    private var barTicks: Int { score.metre.beats * NoteValue.divisions }

    func measure(_ bar: Int) -> String {
        var out = "    <measure number=\"\(bar + 1)\">\n"
        out += attributes(bar)
        out += directions(bar) + marks.bar(bar)
        var isFirst = true
        for staff in 1...2 {
            let lines = voices.enumerated().filter { $0.element.staff == staff }.map {
                (number: $0.offset + 1, events: $0.element.bars[bar])
            }
            let filled = lines.filter { !$0.events.isEmpty }
            let accidentals = accidentals(filled.map(\.events), bar)
            if !isFirst { out += backup }
            isFirst = false
            if filled.isEmpty {
                out += "      <note><rest measure=\"yes\"/><duration>\(barTicks)</duration>"
                out += "<voice>\(lines[0].number)</voice><staff>\(staff)</staff></note>\n"
            }
            for (i, line) in filled.enumerated() {
                if i > 0 { out += backup }
                let stem = filled.count > 1 ? (i == 0 ? "up" : "down") : nil
                for (place, event) in line.events.enumerated() {
                    let slur = line.number == 1 ? slurs.marks(bar: bar, event: place) : ""
                    out += note(
                        event, bar, voice: line.number, staff: staff, stem: stem, slur: slur, accidentals[i])
                }
            }
        }
        return out + barline(bar) + "    </measure>\n"
    }

    /// A double bar at the end, and before a new signature as printed music has it.
    private func barline(_ bar: Int) -> String {
        let isLast = bar == bars - 1
        guard isLast || keys[bar + 1].fifths != keys[bar].fifths else { return "" }
        return "      <barline location=\"right\"><bar-style>\(isLast ? "light-heavy" : "light-light")</bar-style>"
            + "</barline>\n"
    }

    private var backup: String { "      <backup><duration>\(barTicks)</duration></backup>\n" }

    /// What stands from the first bar on, and the key where it changes.
    private func attributes(_ bar: Int) -> String {
        guard bar == 0 else {
            // Where only the mode changes the signature that stands says it.
            let stands = keys[bar].fifths == keys[bar - 1].fifths
            return stands ? "" : "      <attributes>\n\(signature(bar))      </attributes>\n"
        }
        return """
                  <attributes>
                    <divisions>\(NoteValue.divisions)</divisions>
            \(signature(bar))\
                    <time><beats>\(score.metre.beats)</beats><beat-type>4</beat-type></time>
                    <staves>2</staves>
                    <clef number="1"><sign>G</sign><line>2</line></clef>
                    <clef number="2"><sign>F</sign><line>4</line></clef>
                  </attributes>

            """
    }

    private func signature(_ bar: Int) -> String {
        let mode = keys[bar].key.isMinor ? "minor" : "major"
        return "        <key><fifths>\(keys[bar].fifths)</fifths><mode>\(mode)</mode></key>\n"
    }

    // MARK: - Directions

    private func directions(_ bar: Int) -> String {
        var out = ""
        if bar == 0 {
            let tempo = Decimal.fixed(Double(score.tempo), 0)
            out += "      <direction placement=\"above\">"
            out += "<direction-type><words font-weight=\"bold\">\(tempoWord)</words></direction-type>"
            out += "<direction-type><metronome parentheses=\"no\"><beat-unit>quarter</beat-unit>"
            out += "<per-minute>\(tempo)</per-minute></metronome></direction-type>"
            out += "<staff>1</staff><sound tempo=\"\(tempo)\"/></direction>\n"
        }
        let ticks = score.sections.map { Int(($0.onset.value * Double(NoteValue.divisions)).rounded()) }
        for (section, tick) in zip(score.sections, ticks) where max(0, tick) / barTicks == bar {
            let offset = max(0, tick) % barTicks
            let shift = offset == 0 ? "" : "<offset>\(offset)</offset>"
            out += "      <direction placement=\"below\"><direction-type><dynamics><\(dynamic(section.level))/>"
            out += "</dynamics></direction-type>\(shift)<staff>1</staff></direction>\n"
        }
        return out
    }

    private var tempoWord: String {
        switch score.tempo {
        case ..<52: "Largo"
        case ..<62: "Lento"
        case ..<72: "Adagio"
        case ..<88: "Andante"
        case ..<108: "Moderato"
        default: "Allegretto"
        }
    }

    private func dynamic(_ level: Float) -> String {
        switch level {
        case ..<0.2: "pp"
        case ..<0.45: "p"
        case ..<0.65: "mp"
        case ..<0.85: "mf"
        default: "f"
        }
    }

    // MARK: - Notes

    private func spelled(_ pitch: Pitch, at tick: Int) -> SpelledPitch {
        let beat = Beat(tick, NoteValue.divisions)
        let chord = score.chords.last { $0.onset <= beat && beat < $0.end }
        return Spelling.spell(pitch, key: score.key(at: beat), chord: chord)
    }

    /// Where a tied chain of a pitch began, so that all of it is spelled alike.
    private func spelled(_ pitch: Pitch, _ event: NotatedEvent, _ bar: Int) -> SpelledPitch {
        guard event.isTiedFromBefore else { return spelled(pitch, at: bar * barTicks + event.place) }
        let now = Beat(bar * barTicks + event.place, NoteValue.divisions)
        let source = score.notes.last { $0.pitch == pitch && $0.onset < now }
        let onset = source.map { Int(($0.onset.value * Double(NoteValue.divisions)).rounded()) }
        return spelled(pitch, at: onset ?? bar * barTicks + event.place)
    }

    /// The signs to print, for each line, event place and pitch of one staff: those that neither the signature nor an
    /// earlier sign in the bar gives.
    private func accidentals(_ lines: [[NotatedEvent]], _ bar: Int) -> [[Int: [Pitch: String]]] {
        var out = lines.map { _ in [Int: [Pitch: String]]() }
        var state: [String: Int] = [:]
        let all = lines.enumerated().flatMap { i, events in events.map { (line: i, event: $0) } }
        for (line, event) in all.sorted(by: { ($0.event.place, $0.line) < ($1.event.place, $1.line) })
        where !event.isTiedFromBefore {
            for pitch in event.pitches {
                let written = spelled(pitch, event, bar)
                let name = "\(written.step)\(written.octave)"
                let current = state[name] ?? Spelling.signature(written.step, fifths: keys[bar].fifths)
                guard current != written.alter else { continue }
                state[name] = written.alter
                out[line][event.place, default: [:]][pitch] = written.sign
            }
        }
        return out
    }

    private func note(
        _ event: NotatedEvent, _ bar: Int, voice: Int, staff: Int, stem: String?, slur: String,
        _ signs: [Int: [Pitch: String]]
    ) -> String {
        guard !event.pitches.isEmpty else {
            return "      <note><rest/>" + tail(event, voice, staff, stem: nil, slur: "", sign: nil, isFirst: true)
                + "</note>\n"
        }
        return event.pitches.enumerated().map { i, pitch in
            let written = spelled(pitch, event, bar)
            let alter = written.alter == 0 ? "" : "<alter>\(written.alter)</alter>"
            let head =
                (i > 0 ? "<chord/>" : "")
                + "<pitch><step>\(written.step)</step>\(alter)<octave>\(written.octave)</octave></pitch>"
            let sign = signs[event.place]?[pitch]
            return "      <note>" + head
                + tail(event, voice, staff, stem: stem, slur: slur, sign: sign, isFirst: i == 0)
                + "</note>\n"
        }.joined()
    }

    /// What follows the pitch, in the order that the schema asks for.
    private func tail(
        _ event: NotatedEvent, _ voice: Int, _ staff: Int, stem: String?, slur: String, sign: String?,
        isFirst: Bool
    ) -> String {
        let value = event.value
        var out = "<duration>\(value.ticks)</duration>"
        if event.isTiedFromBefore { out += "<tie type=\"stop\"/>" }
        if event.isTiedOn { out += "<tie type=\"start\"/>" }
        out += "<voice>\(voice)</voice><type>\(value.type)</type>" + (value.isDotted ? "<dot/>" : "")
        if let sign { out += "<accidental>\(sign)</accidental>" }
        if value.isTriplet {
            out += "<time-modification><actual-notes>3</actual-notes><normal-notes>2</normal-notes>"
            out += "</time-modification>"
        }
        if let stem { out += "<stem>\(stem)</stem>" }
        out += "<staff>\(staff)</staff>"
        if isFirst {
            for (i, beam) in event.beams.enumerated() { out += "<beam number=\"\(i + 1)\">\(beam)</beam>" }
        }
        var notations = ""
        if event.isTiedFromBefore { notations += "<tied type=\"stop\"/>" }
        if event.isTiedOn { notations += "<tied type=\"start\"/>" }
        if isFirst { notations += slur }
        if isFirst, event.startsTriplet { notations += "<tuplet type=\"start\" bracket=\"no\"/>" }
        if isFirst, event.endsTriplet { notations += "<tuplet type=\"stop\"/>" }
        return out + (notations.isEmpty ? "" : "<notations>\(notations)</notations>")
    }
}
