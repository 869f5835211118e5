/// A shared object that a real-time function uses without counting references to it at each use.
@safe
struct Uncounted<Object: AnyObject> {
    /// Keeps it alive.
    private let owner: Object
    private let reference: Unmanaged<Object>

    init(_ object: Object) {
        owner = object
        unsafe reference = .passUnretained(object)
    }

    /// Lends the object.
    @inline(__always)
    func use<Result>(_ body: (Object) -> Result) -> Result { unsafe reference._withUnsafeGuaranteedRef(body) }
}
