/// Where stereo blocks go: sound file, stream, memory, nothing.
package protocol AudioSink: ~Copyable {
    /// Takes a block; both spans have the same length, any length.
    mutating func write(left: Span<Float>, right: Span<Float>) throws(AudioIOError)
    /// Makes everything written last. Without it nothing appears under the file's name.
    mutating func finish() throws(AudioIOError)
}

/// Where stereo blocks come from.
package protocol AudioSource: ~Copyable {
    /// Fills the start of both spans, which have the same length; fewer frames than asked means that it has ended.
    mutating func read(left: inout MutableSpan<Float>, right: inout MutableSpan<Float>) throws(AudioIOError) -> Int
}
