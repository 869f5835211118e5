/// A colour in linear mixing of its sRGB channels, each 0...1.
struct Colour: Hashable {
    var red: Float
    var green: Float
    var blue: Float

    init(_ red: Float, _ green: Float, _ blue: Float) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// From `0xRRGGBB`.
    init(_ hex: Int) {
        self.init(Float(hex >> 16 & 0xFF) / 255, Float(hex >> 8 & 0xFF) / 255, Float(hex & 0xFF) / 255)
    }

    /// The colour at `amount` 0...1 of the way to another.
    func mixed(_ other: Colour, _ amount: Float) -> Colour {
        let t = max(0, min(1, amount))
        return Colour(
            red + (other.red - red) * t, green + (other.green - green) * t, blue + (other.blue - blue) * t)
    }

    /// As the eye weighs the channels (ITU-R BT.709), 0...1.
    var lightness: Float { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

    /// Such as `#1f4e79`.
    var hex: String {
        "#"
            + [red, green, blue].map { channel in
                let text = String(Int((max(0, min(1, channel)) * 255).rounded()), radix: 16)
                return text.count < 2 ? "0" + text : text
            }.joined()
    }
}
