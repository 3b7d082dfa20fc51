// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The conjugate prior of a Gaussian prior's mean and precision, and draws from its posterior.
///
/// Λ ~ Wishart(ν₀, W₀), m | Λ ~ N(0, (β₀Λ)⁻¹), with ν₀ the number of dimensions and W₀⁻¹ = scale · I
/// (Salakhutdinov & Mnih 2008, §3.1; Murphy 2007, §8). Rows of a link with prior precision λΛ add
/// their weighted squares to the scale matrix and their number to the degrees (Simm et al. 2017).
struct NormalWishart: Sendable {
    /// What a side's rows say: sufficient statistics of what the link leaves of them.
    struct Evidence {
        /// The number of rows.
        var count: Double
        /// Σ rows, padded.
        var sum: [Double]
        /// Σ row·rowᵀ, width × width, upper triangle.
        var squares: [Double]
        /// λ Σ b·bᵀ over the link's rows, upper triangle; empty without a link.
        var linkSquares: [Double] = []
        /// The number of the link's rows.
        var linkCount = 0.0
    }

    /// β₀: how many rows the prior's mean of zero is worth.
    static let meanStrength = 2.0

    /// The diagonal of W₀⁻¹.
    let scale: Double
    /// Coordinates that mean something.
    let dimensions: Int

    /// Draws a mean and a precision given `evidence`, in O(width³).
    func draw(_ evidence: Evidence, _ random: CounterRandom) -> GaussianPrior {
        let width = evidence.sum.count
        let count = evidence.count
        let mean = evidence.sum.map { $0 / max(count, 1) }
        let shrunk = count * Self.meanStrength / (count + Self.meanStrength)
        var inverseScale = [Double](repeating: 0, count: width * width)
        for row in 0..<width {
            for column in row..<width where column < dimensions {
                let place = row * width + column
                var value = evidence.squares[place] + (shrunk - count) * mean[row] * mean[column]
                if !evidence.linkSquares.isEmpty { value += evidence.linkSquares[place] }
                inverseScale[place] = value + (row == column ? scale : 0)
            }
            if row >= dimensions { inverseScale[row * width + row] = 1 }
        }
        let degrees = Double(dimensions) + count + evidence.linkCount
        let precision = wishart(inverseScale, degrees: degrees, width: width, random)
        let strength = count + Self.meanStrength
        var drawn = [Double](repeating: 0, count: width)
        let inverse = UpperFactor(of: precision, width: width).inverse()
        for row in 0..<dimensions {
            var noise = 0.0
            for column in row..<dimensions {
                let normal = random.normal(Place.mean + UInt64(column))
                noise += inverse[row * width + column] * normal
            }
            drawn[row] = mean[row] * count / strength + noise / strength.squareRoot()
        }
        return GaussianPrior(mean: drawn, precision: precision, dimensions: dimensions)
    }

    /// Draws from Wishart(degrees, W) given W⁻¹ by Bartlett's decomposition (Bartlett 1933).
    ///
    /// With UᵀU = W⁻¹ and T lower triangular, T_ii² ~ χ²(degrees − i), T_ij ~ N(0, 1) below the
    /// diagonal, Y = U⁻¹T gives the draw YYᵀ.
    private func wishart(
        _ inverseScale: [Double], degrees: Double, width: Int, _ random: CounterRandom
    ) -> [Double] {
        var triangle = [Double](repeating: 0, count: width * width)
        for row in 0..<dimensions {
            let source = random.source(Place.chi + UInt64(row))
            triangle[row * width + row] =
                (2 * source.gamma(shape: (degrees - Double(row)) / 2)).squareRoot()
            for column in 0..<row {
                triangle[row * width + column] =
                    random.normal(Place.triangle + UInt64(row * width + column))
            }
        }
        let root = UpperFactor(of: inverseScale, width: width).solve(triangle)
        var precision = [Double](repeating: 0, count: width * width)
        root.withUnsafeBufferPointer { root in
            for row in 0..<dimensions {
                for column in row..<dimensions {
                    var sum = 0.0
                    for k in 0..<dimensions {
                        sum += root[row * width + k] * root[column * width + k]
                    }
                    precision[row * width + column] = sum
                    precision[column * width + row] = sum
                }
            }
        }
        for pad in dimensions..<width { precision[pad * width + pad] = 1 }
        return precision
    }

    /// Counters of the draws, apart from each other for up to 1024 dimensions.
    private enum Place {
        static let mean: UInt64 = 0
        static let chi: UInt64 = 1 << 20
        static let triangle: UInt64 = 1 << 30
    }
}
