// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// A user's vector x: the exact solution of A x = b for the ratings of this moment.
///
/// It keeps the Cholesky factor of A, so that explanations solve A w = z_j in O(dimensions²)
/// without factoring again.
public struct FoldIn: Sendable, Equatable {
    /// The length of the vector.
    public let dimensions: Int
    /// The vector, padded with zeros to a multiple of 16.
    let padded: [Double]
    /// U of UᵀU = A: padded × padded, row-major, zeros below the diagonal.
    let factor: [Double]

    init(dimensions: Int, padded: [Double], factor: [Double]) {
        precondition(factor.count == padded.count * padded.count && dimensions <= padded.count)
        self.dimensions = dimensions
        self.padded = padded
        self.factor = factor
    }

    /// The vector x, `dimensions` long.
    public var vector: [Double] {
        dimensions == padded.count ? padded : Array(padded[..<dimensions])
    }

    /// The solution w of A w = `rightSide`; traps unless that is `dimensions` long.
    public func solve(_ rightSide: [Double]) -> [Double] {
        precondition(rightSide.count == dimensions, "a right side of another length")
        return Array(solvePadded(rightSide)[..<dimensions])
    }

    /// The same, padded with zeros to the stride.
    func solvePadded(_ rightSide: [Double]) -> [Double] {
        var solution = rightSide
        solution.append(
            contentsOf: repeatElement(0, count: padded.count - rightSide.count))
        factor.withUnsafeBufferPointer { factor in
            solution.withUnsafeMutableBufferPointer { solution in
                // Non-nil because a head has at least one dimension.
                guard let upper = factor.baseAddress, let x = solution.baseAddress else { return }
                kernel_solve_f64(upper, solution.count, x)
            }
        }
        return solution
    }
}
