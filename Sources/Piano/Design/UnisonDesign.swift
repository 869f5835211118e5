import Glibc

/// Eigenvalues and eigenvectors of the strings of one partial, coupled through the bridge (piano-physics 3.1).
///
/// The matrix is diag(s) - kappa ones. The eigenvalues solve kappa sum 1/(s_j - lambda) = 1, the vectors are 1/(s_j - lambda),
/// scaled so that the sum of their squares, without conjugates, is 1.
package struct UnisonEigenmodes {
    package private(set) var values: [ComplexDouble]
    /// Per mode, per string.
    package private(set) var vectors: [[ComplexDouble]]

    /// The same, each vector turned round where the hammer would drive it backwards.
    ///
    /// - Parameter shares: of the hammer's force on each string.
    /// - Returns: eigenvectors that the shares, summed over the strings, meet with a positive real part.
    func turned(toward shares: [Double]) -> UnisonEigenmodes {
        var result = self
        for (i, vector) in vectors.enumerated() {
            let struck = zip(shares, vector).reduce(0) { $0 + $1.0 * $1.1.re }
            if struck < 0 { result.vectors[i] = vector.map { -$0 } }
        }
        return result
    }

    /// Strings that each lose energy to the bridge and do not feel one another.
    init(apart s: [ComplexDouble], coupling kappa: ComplexDouble) {
        values = s.map { $0 - kappa }
        vectors = s.indices.map { i in s.indices.map { ComplexDouble($0 == i ? 1 : 0) } }
    }

    /// - Parameters:
    ///   - s: pole of each string by itself, 1/s.
    ///   - kappa: what all of them lose to the bridge together, 1/s; complex.
    package init(poles s: [ComplexDouble], coupling kappa: ComplexDouble) {
        if s.count == 1 {
            values = [s[0] - kappa]
            vectors = [[ComplexDouble(1)]]
            return
        }
        // Newton with deflation on the characteristic polynomial, scaled around the mean pole for precision.
        let n = s.count
        let mean = s.reduce(ComplexDouble(0), +) * (1 / Double(n))
        let scale = max(kappa.magnitude, s.map { ($0 - mean).magnitude }.max() ?? 0, 1e-12)
        let d = s.map { ($0 - mean) * (1 / scale) }
        let k = kappa * (1 / scale)
        // p(x) = prod(d_j - x) - k sum_j prod_{i != j}(d_i - x)
        var roots: [ComplexDouble]
        if n == 2 {
            let b = -(d[0] + d[1] - k * 2)
            let c = d[0] * d[1] - k * (d[0] + d[1])
            let root = (b * b - c * 4).squareRoot
            roots = [(-b + root) * 0.5, (-b - root) * 0.5]
        } else {
            let e1 = d[0] + d[1] + d[2] - k * 3
            let pairs = d[0] * d[1] + d[0] * d[2] + d[1] * d[2]
            let e2 = pairs - k * (d[0] + d[1] + d[2]) * 2
            let e3 = d[0] * d[1] * d[2] - k * pairs
            // x^3 - e1 x^2 + e2 x - e3, by simultaneous iteration (Durand and Kerner).
            roots = [ComplexDouble(0.4, 0.9), ComplexDouble(-0.65, 0.72), ComplexDouble(-0.908, -0.297)]
            for _ in 0..<200 {
                var change = 0.0
                for i in 0..<3 {
                    let x = roots[i]
                    let p = ((x - e1) * x + e2) * x - e3
                    var q = ComplexDouble(1)
                    for j in 0..<3 where j != i { q = q * (x - roots[j]) }
                    if q.magnitudeSquared == 0 { q = ComplexDouble(1e-30) }
                    let step = p / q
                    roots[i] = x - step
                    change = max(change, step.magnitude)
                }
                if change < 1e-15 { break }
            }
        }
        values = []
        vectors = []
        for root in roots {
            var v: [ComplexDouble] = []
            for j in 0..<n {
                var gap = d[j] - root
                if gap.magnitude < 1e-14 { gap = ComplexDouble(1e-14) }
                v.append(ComplexDouble(1) / gap)
            }
            let norm = v.reduce(ComplexDouble(0)) { $0 + $1 * $1 }.squareRoot
            values.append(mean + root * scale)
            vectors.append(v.map { $0 / norm })
        }
        let order = values.indices.sorted { values[$0].re < values[$1].re }
        values = order.map { values[$0] }
        vectors = order.map { vectors[$0] }
    }
}
