/// Why a sense cannot take something in, as the end of a line that begins with the file's name.
package struct SenseError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
