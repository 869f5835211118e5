/// Keeps a file's bytes in memory.
package final class MemoryByteSink: ByteSink {
    package let name: String
    package var failure: Int32 { 0 }
    package private(set) var position: Int64 = 0
    package var length: Int64 { Int64(bytes.count) }
    /// What was written.
    package private(set) var bytes: [UInt8] = []
    /// Whether `commit` was called.
    package private(set) var isCommitted = false

    package init(name: String = "memory") { self.name = name }

    package func seek(to position: Int64) { self.position = position }

    package func write(_ new: RawSpan) -> Int {
        let start = Int(position)
        if start > bytes.count { bytes.append(contentsOf: repeatElement(0, count: start - bytes.count)) }
        for i in new.byteOffsets {
            let byte = unsafe new.unsafeLoad(fromUncheckedByteOffset: i, as: UInt8.self)
            if start + i < bytes.count { bytes[start + i] = byte } else { bytes.append(byte) }
        }
        position += Int64(new.byteCount)
        return new.byteCount
    }

    package func commit() { isCommitted = true }

    package func abandon() { if !isCommitted { bytes = [] } }
}
