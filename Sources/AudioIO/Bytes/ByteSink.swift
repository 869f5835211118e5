/// Where the bytes of a file go: it can go back to fix a header, and it remembers its first failure.
///
/// libsndfile may report success on a full disk (ecosystem 1.3, 4), so `failure` alone tells the truth.
package protocol ByteSink: AnyObject {
    /// How it is called in messages.
    var name: String { get }
    /// The errno of the first operation that failed, 0 while all is well; it stays.
    var failure: Int32 { get }
    /// Where the next byte goes.
    var position: Int64 { get }
    /// How many bytes there are.
    var length: Int64 { get }

    /// Moves to `position` bytes from the start.
    func seek(to position: Int64)
    /// Writes all bytes and answers how many went through: fewer only with `failure` set.
    func write(_ bytes: RawSpan) -> Int
    /// Makes what was written last, under its name, or throws the first failure.
    func commit() throws(AudioIOError)
    /// Gives up: nothing stays behind. Harmless after `commit`.
    func abandon()
}

extension ByteSink {
    /// Throws the first failure, if there was one.
    package func check() throws(AudioIOError) {
        if failure != 0 { throw .system(failure, name, doing: "write") }
    }

    /// Writes an array of bytes, throwing on failure.
    package func write(contentsOf bytes: [UInt8]) throws(AudioIOError) {
        _ = unsafe write(bytes.span.bytes)
        try check()
    }
}
