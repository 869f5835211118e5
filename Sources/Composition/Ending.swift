import Moods
import Music

/// The last bar (music.md 4.10): cleared, then the final chord struck once.
enum Ending {
    /// Bass, its fifth or octave, the third or (in nostalgic, open moods) the ninth, and the melody's last tone on top.
    static func close(_ notes: [Note], _ sections: [Section], bar: Int, parameters: MusicalParameters) -> [Note] {
        guard let section = sections.last, let chord = section.chords.last else { return notes }
        let last = section.start + (section.bars - 1) * bar
        var out = notes.filter { $0.onset < last }
        for i in out.indices where out[i].end > last { out[i].length = max(10, last - out[i].onset) }
        let tonic = chord.root
        var bass = 36 + tonic
        if bass > 43 { bass -= 12 }
        let third = parameters.isMinor ? 3 : 4
        var inner = bass >= 38 ? [bass + 7, bass + 12 + third] : [bass + 12, bass + 19, bass + 24 + third]
        if parameters.mood.nostalgia + parameters.mood.openness > 0.9 {
            inner.append(inner[inner.count - 1] + (parameters.isMinor ? 11 : 10))
        }
        var top = section.melody.last { $0.onset >= last }?.pitch ?? inner[inner.count - 1] + 8
        let allowed = [0, 2, third, 7].map { (tonic + $0) % 12 }
        if !allowed.contains(top % 12) {
            let moves = [0, third, 7].map { (tonic + $0) % 12 - top % 12 }
            top += moves.min { (abs($0), $0) < (abs($1), $1) } ?? 0
        }
        while top <= inner[inner.count - 1] + 2 { top += 12 }
        out.append(Note(onset: last, length: bar, pitch: bass, role: .bass))
        for q in inner where ![1, 11].contains((top - q) % 12) {
            // What the left hand cannot reach is the right hand's, what neither reaches is left out.
            if q - bass <= HandShape.span {
                out.append(Note(onset: last, length: bar, pitch: q, role: .figure))
            } else if top - q <= HandShape.span {
                out.append(Note(onset: last, length: bar, pitch: q, role: .inner))
            }
        }
        out.append(Note(onset: last, length: bar, pitch: top, role: .melody))
        return out
    }
}
