package import Music

/// A melody note while it is being composed: rhythm and wishes first, pitch last.
package struct MelodyNote: Hashable, Sendable {
    package var onset: Beat
    package var length: Beat
    /// Wanted interval from the note before in scale steps; nil: free.
    package var step: Int?
    /// MIDI pitch of the passage that is recalled; nil: new.
    package var near: Int?
    /// Take `near` exactly.
    package var isLiteral = false
    /// On a strong beat.
    package var isStrong = false
    /// Which two-bar unit of the section, from 0.
    package var unit = 0
    /// MIDI pitch, once found.
    package var pitch: Int?

    package var end: Beat { onset + length }

    package init(onset: Beat, length: Beat, step: Int? = nil, unit: Int = 0) {
        self.onset = onset
        self.length = length
        self.step = step
        self.unit = unit
    }
}

/// A finished note with the role that the performer needs.
package struct Note: Hashable, Sendable {
    package var onset: Beat
    package var length: Beat
    /// MIDI number.
    package var pitch: Int
    package var role: VoiceRole

    package var end: Beat { onset + length }

    package init(onset: Beat, length: Beat, pitch: Int, role: VoiceRole) {
        self.onset = onset
        self.length = length
        self.pitch = pitch
        self.role = role
    }
}
