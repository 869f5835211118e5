import Glibc

/// Where a key stands between left and right: bass to the left, treble to the right, as a pianist hears it.
///
/// The modes of a board lean to either side as chance has it, and neighbouring keys, carried by other modes, jump by ten
/// decibels. Here the two listening points are moved until each key leans as its place on the keyboard asks: the least
/// change of the modes' sides, in the sense of squares, that brings the difference of the channels near a line.
extension Radiation {
    /// dB left over right of a key: the line of piano-physics 3.7, at a share of its steepness.
    static func lean(_ key: Int) -> Double {
        0.85 * min(7, max(-7, 5.6 - 17.6 * Double(key - 21) / 87))
    }

    /// Moves the listening points.
    mutating func aim(_ model: InstrumentModel) {
        guard board.mechanisms.contains(.stereo) else { return }
        let views = (21...108).map { view(key: $0, model) }
        let count = board.lowCount + BoardDesign.highCount
        for _ in 0..<3 {
            var rows: [[Double]] = []
            var errors: [Double] = []
            for (i, view) in views.enumerated() {
                let (lean, slopes) = self.lean(view, count)
                rows.append(slopes)
                errors.append(Self.lean(21 + i) - lean)
            }
            // (J J^T + r) x = e, then J^T x.
            let ridge = 6.0
            var square = rows.map { a in rows.map { b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } } }
            for i in square.indices { square[i][i] += ridge }
            let x = Self.solve(square, errors)
            for m in 0..<count {
                let change = zip(rows, x).reduce(0) { $0 + $1.0[m] * $1.1 }
                if m < board.lowCount {
                    board.lowSide[m] = min(0.9, max(-0.9, board.lowSide[m] + change))
                } else {
                    let k = m - board.lowCount
                    board.highSide[k] = min(0.9, max(-0.9, board.highSide[k] + change))
                }
            }
        }
    }

    /// A partial of a key as the board radiates it: its share of the power, the direct branch, and each mode's part.
    private typealias Partial = (
        share: Double, left: ComplexDouble, right: ComplexDouble, modesLeft: [ComplexDouble],
        modesRight: [ComplexDouble]
    )

    private func view(key: Int, _ model: InstrumentModel) -> [Partial] {
        let string = StringDesign(
            key: key, a4: 440, drift: 0, factor: model.inharmonicityFactor, widening: 0, body: model.body)
        let common = board.commonGains(key: key, highHz)
        return (1...8).map { string.frequency($0) }.filter { $0 < min(8000, 0.4 * sampleRate) }.enumerated().map {
            n, f in
            let w = 2 * Double.pi * f / sampleRate
            let (c, s) = (cos(w), sin(w))
            func direct(_ sections: [SecondOrderSection]) -> ComplexDouble {
                sections.reduce(ComplexDouble(tables.directGain)) { $0 * $1.response(cos: c, sin: s) }
            }
            func modes(_ high: [SecondOrderSection]) -> [ComplexDouble] {
                zip(low + high, common.low + common.high).map { $0.response(cos: c, sin: s) * ($1 / sampleRate) }
            }
            let order = Double(n + 1)
            return (
                1 / (order * order), direct(tables.directLeft), direct(tables.directRight), modes(highLeft),
                modes(highRight)
            )
        }
    }

    /// dB left over right of a key, and what each mode's side changes in it.
    private func lean(_ view: [Partial], _ count: Int) -> (decibels: Double, slopes: [Double]) {
        let sides = board.lowSide + board.highSide
        var (left, right) = (1e-30, 1e-30)
        var (up, down) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
        for partial in view {
            var (l, r) = (partial.left, partial.right)
            for m in 0..<count {
                l = l + partial.modesLeft[m] * (1 + sides[m])
                r = r + partial.modesRight[m] * (1 - sides[m])
            }
            left += partial.share * l.magnitudeSquared
            right += partial.share * r.magnitudeSquared
            for m in 0..<count {
                let (a, b) = (partial.modesLeft[m], partial.modesRight[m])
                up[m] += 2 * partial.share * (l.re * a.re + l.im * a.im)
                down[m] += 2 * partial.share * (r.re * b.re + r.im * b.im)
            }
        }
        let scale = 10 / log(10.0)
        return (scale * log(left / right), (0..<count).map { scale * (up[$0] / left + down[$0] / right) })
    }

    /// Solution of a symmetric, positive system.
    private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var (a, x) = (matrix, right)
        let n = x.count
        for i in 0..<n {
            let inverse = 1 / a[i][i]
            for j in i + 1..<n where a[j][i] != 0 {
                let factor = a[j][i] * inverse
                for k in i..<n { a[j][k] -= factor * a[i][k] }
                x[j] -= factor * x[i]
            }
        }
        for i in stride(from: n - 1, through: 0, by: -1) {
            for k in i + 1..<n { x[i] -= a[i][k] * x[k] }
            x[i] /= a[i][i]
        }
        return x
    }
}
