// SPDX-License-Identifier: GPL-3.0-or-later

/// N(m, Λ⁻¹): what one side's rows are drawn from before anything is known of them.
///
/// All matrices are width × width, row-major. Coordinates from `dimensions` on are padding: Λ is
/// the identity there and m is zero.
struct GaussianPrior: Sendable {
    /// Coordinates that mean something.
    let dimensions: Int
    /// `dimensions` rounded up to a multiple of 16.
    let width: Int
    /// m, padded.
    let mean: [Double]
    /// Λ, symmetric.
    let precision: [Double]
    /// Λ in single precision.
    let narrowPrecision: [Float]
    /// (R⁻¹)ᵀ for the upper factor R, RᵀR = Λ: normal numbers ξ times this are drawn from N(0, Λ⁻¹).
    let noiseFactor: [Float]

    /// Wraps a mean and a precision, in O(width³).
    init(mean: [Double], precision: [Double], dimensions: Int) {
        width = mean.count
        precondition(precision.count == width * width && dimensions <= width)
        self.dimensions = dimensions
        self.mean = mean
        self.precision = precision
        narrowPrecision = precision.map(Float.init)
        let inverse = UpperFactor(of: precision, width: width).inverse()
        var transposed = [Float](repeating: 0, count: width * width)
        for row in 0..<dimensions {
            for column in row..<dimensions {
                transposed[column * width + row] = Float(inverse[row * width + column])
            }
        }
        noiseFactor = transposed
    }

    /// N(0, (strength · I)⁻¹).
    init(strength: Double, dimensions: Int) {
        let width = FactorMatrix.stride(forColumns: dimensions)
        var precision = [Double](repeating: 0, count: width * width)
        for d in 0..<width { precision[d * width + d] = d < dimensions ? strength : 1 }
        self.init(
            mean: [Double](repeating: 0, count: width), precision: precision,
            dimensions: dimensions)
    }
}
