import CSndfile
import Glibc

/// The five callbacks through which libsndfile writes into a `ByteSink`.
final class ByteSinkBridge {
    private let sink: any ByteSink

    init(_ sink: any ByteSink) { self.sink = sink }

    /// Opens for writing; the handle must not outlive this object.
    func open(_ info: inout SF_INFO) -> OpaquePointer? {
        var callbacks = unsafe SF_VIRTUAL_IO(
            get_filelen: { unsafe ByteSinkBridge.at($0)?.sink.length ?? -1 },
            seek: { offset, whence, context in
                guard let sink = unsafe ByteSinkBridge.at(context)?.sink else { return -1 }
                let start: Int64 =
                    switch whence {
                    case SEEK_CUR: sink.position
                    case SEEK_END: sink.length
                    default: 0
                    }
                sink.seek(to: start + offset)
                return sink.position
            },
            // Nothing is read back while writing.
            read: { _, _, _ in 0 },
            write: { bytes, count, context in
                guard let sink = unsafe ByteSinkBridge.at(context)?.sink else { return 0 }
                let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: Int(count))
                return unsafe sf_count_t(sink.write(buffer.bytes))
            },
            tell: { unsafe ByteSinkBridge.at($0)?.sink.position ?? -1 })
        return unsafe sf_open_virtual(&callbacks, Int32(SFM_WRITE), &info, Unmanaged.passUnretained(self).toOpaque())
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> ByteSinkBridge? {
        unsafe context.map { unsafe Unmanaged<ByteSinkBridge>.fromOpaque($0).takeUnretainedValue() }
    }
}
