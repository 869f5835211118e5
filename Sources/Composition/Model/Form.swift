/// The forms that the planner knows (product, music-plans 3).
public enum Form: String, Hashable, Sendable, CaseIterable {
    case aaba, rounded, ternary, binary
    case roundedBinary = "rounded-binary"
    case variations, rondo, arch
    case throughComposed = "through-composed"
    case passacaglia
    case verseRefrain = "verse-refrain"
    case barForm = "bar-form"
    case photograph
    case twoPart = "two-part"
}
