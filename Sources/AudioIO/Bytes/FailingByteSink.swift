/// Passes everything on until its n-th write, which fails: for proving that no failure is taken for success.
package final class FailingByteSink: ByteSink {
    private let base: any ByteSink
    private let failingWrite: Int
    private let code: Int32
    private let acceptsHalf: Bool
    private var ownFailure: Int32 = 0
    /// How many writes were asked for.
    package private(set) var writes = 0
    /// Whether `commit` went through.
    package private(set) var isCommitted = false

    /// Fails with `code` at write number `failingWrite` (from 1) and ever after.
    /// - Parameters:
    ///   - base: takes what comes before.
    ///   - failingWrite: the first write that fails.
    ///   - code: its errno.
    ///   - acceptsHalf: whether half of the failing write still goes through, as on a disk that fills up.
    package init(_ base: any ByteSink, failingWrite: Int, code: Int32, acceptsHalf: Bool = false) {
        self.base = base
        self.failingWrite = failingWrite
        self.code = code
        self.acceptsHalf = acceptsHalf
    }

    package var name: String { base.name }
    package var failure: Int32 { ownFailure != 0 ? ownFailure : base.failure }
    package var position: Int64 { base.position }
    package var length: Int64 { base.length }

    package func seek(to position: Int64) { base.seek(to: position) }

    package func write(_ bytes: RawSpan) -> Int {
        writes += 1
        guard writes >= failingWrite else { return base.write(bytes) }
        let first = ownFailure == 0
        ownFailure = code
        return first && acceptsHalf ? base.write(bytes.extracting(first: bytes.byteCount / 2)) : 0
    }

    package func commit() throws(AudioIOError) {
        try check()
        try base.commit()
        isCommitted = true
    }

    package func abandon() { base.abandon() }
}
