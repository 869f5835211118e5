import CAudioSupport

/// What a thread does once before it renders.
public enum RenderThread {
    /// Flushes denormal numbers to zero on the calling thread: strings that have all but died would slow some CPUs
    /// down.
    ///
    /// Set for files and live alike, as it changes the last bits.
    public static func prepare() { bp_flush_denormals() }
}
