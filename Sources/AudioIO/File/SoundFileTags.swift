/// What a sound file says about itself.
package struct SoundFileTags: Hashable, Sendable {
    package var title: String?
    package var artist: String?
    /// Mood and seed, so that a liked piece can be had again.
    package var comment: String?
    /// Such as `beachpiano 0.1`; libsndfile adds its own version.
    package var software: String?

    package init(title: String? = nil, artist: String? = nil, comment: String? = nil, software: String? = nil) {
        self.title = title
        self.artist = artist
        self.comment = comment
        self.software = software
    }
}
