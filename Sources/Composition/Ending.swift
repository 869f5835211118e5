import Moods
import Music

/// The last bar (music.md 4.10): cleared, then the final chord struck once.
enum Ending {
    /// Shortest length to which a note before the last bar is cut, in ticks.
    private static let shortest = 10

    /// Clears the last bar and strikes its chord: bass with octave or fifth in the left hand, third (in nostalgic, open
    /// moods the ninth as well) and the melody's last tone in the right.
    static func close(_ notes: [Note], _ sections: [Section], bar: Int, parameters: MusicalParameters) -> [Note] {
        guard let section = sections.last, let chord = section.chords.last else { return Guards.released(notes) }
        let last = section.start + (section.bars - 1) * bar
        var out = notes.filter { $0.onset < last }
        for i in out.indices where out[i].end > last { out[i].length = max(Self.shortest, last - out[i].onset) }

        let tonic = chord.root
        let third = (chord.triad[1] - tonic + 12) % 12
        let isOpen = parameters.mood.nostalgia + parameters.mood.openness > 0.9
        var bass = 36 + tonic
        // What stays open doubles no root: a fifth then, as low as one may lie.
        if bass > 43, !isOpen { bass -= 12 }
        let companion = bass >= (isOpen ? 36 : 38) ? bass + 7 : bass + 12
        let top = top(
            section.melody.last { $0.onset >= last }?.pitch ?? 72, tonic, isOpen ? [2, third, 7] : [0, 2, third, 7],
            third, above: companion + 10)
        // The third lies in the right hand, the ninth above or below it, both clear of the melody and of the left.
        let room = max(companion + 3, top - HandShape.span)...top - 3
        var inner = room.filter { $0 % 12 == (tonic + third) % 12 }.suffix(1)
        if isOpen, third == 4 || top % 12 != (tonic + third) % 12 {
            let ninths = room.filter { q in
                q % 12 == (tonic + 2) % 12 && inner.allSatisfy { abs($0 - q) > 1 } && ![1, 11].contains((top - q) % 12)
            }
            inner += ninths.suffix(1)
        }
        func strike(_ pitch: Int, _ role: VoiceRole) {
            out.append(Note(onset: last, length: bar, pitch: pitch, role: role))
        }
        strike(bass, .bass)
        strike(companion, .figure)
        for q in inner { strike(q, .inner) }
        strike(top, .melody)
        return Guards.released(out)
    }

    /// The melody's last tone moved to the nearest tone of the chord, clear of the left hand.
    private static func top(_ wanted: Int, _ tonic: Int, _ degrees: [Int], _ third: Int, above floor: Int) -> Int {
        var top = wanted
        let allowed = degrees.map { (tonic + $0) % 12 }
        if !allowed.contains(top % 12) {
            let plain = degrees.filter { $0 != 2 }
            let near = (top - 6...top + 6).filter { plain.contains(($0 - tonic + 120) % 12) }
            top = near.min { (abs($0 - wanted), $0) < (abs($1 - wanted), $1) } ?? top
        }
        while top < floor { top += 12 }
        return top
    }
}
