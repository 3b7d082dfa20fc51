// SPDX-License-Identifier: GPL-3.0-or-later

/// Directions along which vectors tell something: least squares with a small ridge.
///
/// For a number z of each vector the direction is (Σ_xx + εI)⁻¹ Σ_xz, ε being a ten-thousandth of the
/// mean variance of a coordinate; for two groups this is Fisher's linear discriminant.
public struct LinearDiscriminant: Sendable {
    private static let ridge = 1e-4

    private let moments: VectorMoments
    private let inverse: SpreadInverse

    /// Learns from vectors, at least one, all of one length; O(vectors · dimensions² + dimensions³).
    public init(_ vectors: [[Double]]) {
        let dimensions = vectors[0].count
        moments = VectorMoments(vectors, dimensions: dimensions)
        var matrix = moments.covariance
        let trace = (0..<dimensions).reduce(0) { $0 + matrix[$1 * dimensions + $1] }
        for d in 0..<dimensions {
            matrix[d * dimensions + d] += Self.ridge * trace / Double(dimensions)
        }
        inverse = SpreadInverse(matrix, order: dimensions)
    }

    /// The direction that tells `numbers`, one for each vector learned from.
    public func direction(telling numbers: [Double]) -> [Double] {
        inverse.product(moments.covariance(with: numbers))
    }
}
