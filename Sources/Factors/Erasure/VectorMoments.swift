// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// The mean and covariance of vectors, summed in their order.
struct VectorMoments {
    /// The number of coordinates.
    let dimensions: Int
    /// E[x].
    let mean: [Double]
    /// Σ_xx: dimensions × dimensions, row-major.
    let covariance: [Double]
    /// x − E[x] of each vector.
    private let centred: [[Double]]

    /// Sums over `vectors`, at least one, each at least `dimensions` long.
    init(_ vectors: [[Double]], dimensions: Int) {
        self.dimensions = dimensions
        let count = Double(vectors.count)
        var mean = [Double](repeating: 0, count: dimensions)
        for vector in vectors { for d in 0..<dimensions { mean[d] += vector[d] } }
        for d in 0..<dimensions { mean[d] /= count }
        self.mean = mean
        centred = vectors.map { vector in (0..<dimensions).map { vector[$0] - mean[$0] } }
        let width = FactorMatrix.stride(forColumns: dimensions)
        let block = 64
        var sum = [Double](repeating: 0, count: width * width)
        var packed = [Double](repeating: 0, count: block * width)
        for first in Swift.stride(from: 0, to: centred.count, by: block) {
            let rows = first..<min(first + block, centred.count)
            for (place, row) in rows.enumerated() {
                for d in 0..<dimensions { packed[place * width + d] = centred[row][d] }
            }
            kernel_add_gram_f64(packed, rows.count, width, &sum)
        }
        covariance = (0..<dimensions * dimensions).map { place in
            let (row, column) = (place / dimensions, place % dimensions)
            return sum[min(row, column) * width + max(row, column)] / count
        }
    }

    /// Σ_xz for a number z of each vector.
    func covariance(with numbers: [Double]) -> [Double] {
        let average = numbers.reduce(0, +) / Double(numbers.count)
        var sum = [Double](repeating: 0, count: dimensions)
        for (vector, number) in zip(centred, numbers) {
            for d in 0..<dimensions { sum[d] += vector[d] * (number - average) }
        }
        return sum.map { $0 / Double(numbers.count) }
    }

    /// Σ_xx⁺.
    func pseudoInverse() -> SpreadInverse { SpreadInverse(covariance, order: dimensions) }
}
