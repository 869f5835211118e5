import ArgumentParser
import Foundation
import Music
import Piano

/// Draws what the piano does, as SVG.
struct Picture: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draw attacks, blows and decays of the piano as SVG files.",
        discussion: """
            attack.svg: the first 60 ms of C2, C4 and C6 at three dynamics as spectrograms, 6 dB from shade to shade. \
            blow.svg: the force of C4's hammer. decay.svg: how partials of C4 die away. All without a room.
            """)

    @OptionGroup var piece: Piece
    @Argument(help: "The folder to write to, which exists.") var folder: String

    func run() throws {
        let tables = InstrumentTables.make(
            settings: InstrumentSettings(kind: piece.kind, seed: piece.seed), sampleRate: 48000, fit: try piece.fit())
        for (name, drawing) in [
            ("attack", Self.attacks(tables)), ("blow", Self.blow(tables)), ("decay", Self.decay(tables)),
        ] {
            try Data(drawing.text.utf8).write(to: URL(filePath: "\(folder)/\(name).svg"))
        }
    }

    // MARK: - Pictures

    private static func attacks(_ tables: InstrumentTables) -> Drawing {
        var drawing = Drawing(width: 660, height: 560)
        let (columns, bands) = (30, 42)
        for (row, key) in [36, 60, 84].enumerated() {
            for (column, velocity) in [Float(30), 75, 115].enumerated() {
                let sound = note(key, velocity, seconds: 0.1, tables).left
                var cells = (0..<columns).map { time in
                    (0..<bands).map { band in
                        decibels(sound, at: 0.002 * Double(time), hz: 60 * exp2(Double(band) / 5.4))
                    }
                }
                let top = cells.joined().max() ?? 0
                cells = cells.map { $0.map { $0 - top } }
                let (x, y) = (50 + 205 * Double(column), 24 + 176 * Double(row))
                drawing.add(cells: cells, x: x, y: y, width: 190, height: 150)
                drawing.add(text: "\(["C2", "C4", "C6"][row]), velocity \(Int(velocity))", x: x, y: y - 6)
                if column == 0 {
                    for hz in [100.0, 1000, 10000] {
                        let place = 150 * (1 - log2(hz / 60) * 5.4 / Double(bands))
                        drawing.add(
                            text: hz < 1000 ? "\(Int(hz)) Hz" : "\(Int(hz / 1000)) kHz", x: x - 48, y: y + place)
                    }
                }
            }
        }
        for ms in [0, 20, 40, 60] { drawing.add(text: "\(ms) ms", x: 50 + 190 * Double(ms) / 60 - 8, y: 543) }
        return drawing
    }

    private static func blow(_ tables: InstrumentTables) -> Drawing {
        var drawing = Drawing(width: 420, height: 240)
        let velocities: [Float] = [30, 75, 115]
        let blows = velocities.map { velocity -> [Double] in
            var engine = PianoEngine(tables: tables)
            engine.schedule(EngineEvent(frame: 0, action: .strike(pitch: Pitch(60), velocity: velocity)))
            var force: [Double] = []
            var (left, right) = ([Float](repeating: 0, count: 64), [Float](repeating: 0, count: 64))
            while force.count < 192 {
                var l = left.mutableSpan
                var r = right.mutableSpan
                engine.render(left: &l, right: &r)
                force += engine.contactForce.map { Double($0) }
            }
            return force
        }
        // One scale for all: that harder blows are higher is what is to be seen.
        let top = blows.joined().max() ?? 1
        for (shade, force) in blows.enumerated() {
            let points = force.prefix(192).enumerated().map { n, f in
                (x: 40 + 360 * Double(n) / 192, y: 200 - 170 * f / top)
            }
            drawing.add(line: points, shade: shade)
            drawing.add(
                text: "velocity \(Int(velocities[shade])): at most \(String(format: "%.1f", force.max() ?? 0)) N",
                x: 230, y: 40 + 16 * Double(shade), shade: shade)
        }
        for ms in 0...4 { drawing.add(text: "\(ms) ms", x: 32 + 90 * Double(ms), y: 220) }
        return drawing
    }

    private static func decay(_ tables: InstrumentTables) -> Drawing {
        var drawing = Drawing(width: 420, height: 260)
        let sound = note(60, 90, seconds: 5, tables).left
        for (shade, partial) in [1, 2, 5].enumerated() {
            let modes = tables.keys[60 - 21].modes.filter { $0.partial == partial && !$0.isHorizontal }
            let hz = modes.reduce(0) { $0 + $1.pole.im } / Double(max(1, modes.count)) / (2 * .pi)
            let levels = stride(from: 0.0, to: 4.8, by: 0.02).map { decibels(sound, at: $0, hz: hz, window: 0.06) }
            let top = levels.max() ?? 0
            drawing.add(
                line: levels.enumerated().map { (x: 40 + 1.5 * Double($0), y: 20 + 3 * min(70, top - $1)) },
                shade: shade)
            drawing.add(text: "partial \(partial)", x: 300, y: 30 + 16 * Double(shade), shade: shade)
        }
        for second in 0...4 { drawing.add(text: "\(second) s", x: 36 + 75 * Double(second), y: 250) }
        for level in [0, 30, 60] { drawing.add(text: "-\(level) dB", x: 0, y: 24 + 3 * Double(level)) }
        return drawing
    }

    // MARK: - Sound

    private static func note(
        _ key: Int, _ velocity: Float, seconds: Double, _ tables: InstrumentTables
    ) -> (left: [Float], right: [Float]) {
        var engine = PianoEngine(tables: tables)
        engine.schedule(EngineEvent(frame: 0, action: .strike(pitch: Pitch(key), velocity: velocity)))
        let frames = Int(seconds * tables.sampleRate)
        var (left, right) = ([Float](repeating: 0, count: frames), [Float](repeating: 0, count: frames))
        var l = left.mutableSpan
        var r = right.mutableSpan
        engine.render(left: &l, right: &r)
        return (left, right)
    }

    /// Level at a frequency from a time on, under a Hann window, dB.
    private static func decibels(_ sound: [Float], at start: Double, hz: Double, window: Double = 0.012) -> Double {
        let first = Int(start * 48000)
        let count = min(Int(window * 48000), sound.count - first)
        var (re, im) = (0.0, 0.0)
        for n in 0..<max(0, count) {
            let x = Double(sound[first + n]) * (1 - cos(2 * .pi * Double(n) / Double(count)))
            let phase = 2 * Double.pi * hz * Double(n) / 48000
            re += x * cos(phase)
            im += x * sin(phase)
        }
        return 10 * log10((re * re + im * im) / Double(max(1, count * count)) + 1e-16)
    }
}

/// An SVG file in the making.
struct Drawing {
    private let width: Int
    private let height: Int
    private var body = ""

    /// In units of CSS pixels.
    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    var text: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" font-family="sans-serif" font-size="12">
        <rect width="\(width)" height="\(height)" fill="#fff"/>
        \(body)</svg>

        """
    }

    private static let shades = ["#4477aa", "#cc6677", "#228833"]

    mutating func add(text: String, x: Double, y: Double, shade: Int? = nil) {
        let colour = shade.map { Self.shades[$0 % Self.shades.count] } ?? "#222"
        body += "<text x=\"\(Self.short(x))\" y=\"\(Self.short(y))\" fill=\"\(colour)\">\(text)</text>\n"
    }

    mutating func add(line points: [(x: Double, y: Double)], shade: Int) {
        let list = points.map { "\(Self.short($0.x)),\(Self.short($0.y))" }.joined(separator: " ")
        body += "<polyline fill=\"none\" stroke=\"\(Self.shades[shade % Self.shades.count])\" points=\"\(list)\"/>\n"
    }

    /// Columns of levels in dB re the highest, lowest band first, in shades of 6 dB down to -60.
    mutating func add(cells: [[Double]], x: Double, y: Double, width: Double, height: Double) {
        let bands = cells.first?.count ?? 1
        let (w, h) = (width / Double(max(1, cells.count)), height / Double(bands))
        body += "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" fill=\"#f8f8f8\"/>\n"
        for shade in 1...10 {
            var path = ""
            for band in 0..<bands {
                // Neighbours in time of one shade are one rectangle.
                var column = 0
                while column < cells.count {
                    let first = column
                    while column < cells.count, Self.shade(cells[column][band]) == shade { column += 1 }
                    if column > first {
                        let (left, top) = (x + Double(first) * w, y + height - Double(band + 1) * h)
                        path += "M\(Self.short(left)) \(Self.short(top))h\(Self.short(Double(column - first) * w))"
                        path += "v\(Self.short(h))H\(Self.short(left))z"
                    } else {
                        column += 1
                    }
                }
            }
            let grey = 240 - 24 * shade
            if !path.isEmpty { body += "<path fill=\"rgb(\(grey),\(grey),\(grey + 15))\" d=\"\(path)\"/>\n" }
        }
    }

    /// 10 for the highest 6 dB, 1 for -54 to -60 dB.
    private static func shade(_ decibels: Double) -> Int { max(0, min(10, 10 + Int((decibels / 6).rounded(.up)))) }

    private static func short(_ x: Double) -> String { String(format: "%.1f", x) }
}
