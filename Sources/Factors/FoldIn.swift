// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// One user's exact solve A x = b for the ratings of this moment.
///
/// It keeps the Cholesky factor of A, so that explanations solve A w = z_j in O(dimensions²)
/// without factoring again; `vector` alone is enough for scores, and small enough to keep.
public struct FoldIn: Sendable, Equatable {
    /// The solution x.
    public let vector: UserVector
    /// U of UᵀU = A: padded × padded, row-major, zeros below the diagonal.
    let factor: [Double]

    init(vector: UserVector, factor: [Double]) {
        precondition(factor.count == vector.padded.count * vector.padded.count)
        self.vector = vector
        self.factor = factor
    }

    /// The solution w of A w = `rightSide`; traps unless that is `dimensions` long.
    public func solve(_ rightSide: [Double]) -> [Double] {
        precondition(rightSide.count == vector.dimensions, "a right side of another length")
        return Array(solvePadded(rightSide)[..<vector.dimensions])
    }

    /// The same, padded with zeros to the stride.
    func solvePadded(_ rightSide: [Double]) -> [Double] {
        var solution = rightSide
        solution.append(
            contentsOf: repeatElement(0, count: vector.padded.count - rightSide.count))
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
