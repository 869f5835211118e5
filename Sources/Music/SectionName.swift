/// How the sections of a letter are told apart.
public enum SectionName {
    /// A letter with the sign of a return for each of the first three: `A`, `A'`, `A''`, `A'''`.
    ///
    /// From the fourth on they are numbered: `A'4`, `A'5` and so on.
    public static func text(_ letter: String, variant: Int, prime: String = "'") -> String {
        letter + (variant > 3 ? prime + String(variant) : String(repeating: prime, count: variant))
    }
}
