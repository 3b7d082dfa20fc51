// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// One user's exact solve A x = b for the ratings of this moment.
///
/// It keeps the Cholesky factors, so that explanations solve A w = z_j in O(dimensions²) without
/// factoring again; `vector` alone is enough for scores, and small enough to keep.
public struct FoldIn: Sendable, Equatable {
    /// The solution x; of a head of several samples, the samples' one after the other and then what
    /// was not solved for.
    public let vector: UserVector
    private let factor: Factor

    private enum Factor: Sendable, Equatable {
        /// U of UᵀU = A: padded × padded, row-major, zeros below the diagonal.
        case whole([Double])
        /// One factor for each sample.
        case samples(BatchFactors)
    }

    init(vector: UserVector, factor: [Double]) {
        precondition(factor.count == vector.padded.count * vector.padded.count)
        self.vector = vector
        self.factor = .whole(factor)
    }

    init(vector: UserVector, factors: BatchFactors) {
        precondition(factors.count * factors.width <= vector.padded.count)
        self.vector = vector
        factor = .samples(factors)
    }

    /// The same solve with another vector: one that was changed after the solve.
    func replacingVector(by changed: UserVector) -> FoldIn {
        precondition(changed.padded.count == vector.padded.count, "a vector of another length")
        return FoldIn(vector: changed, factor: factor)
    }

    private init(vector: UserVector, factor: Factor) {
        self.vector = vector
        self.factor = factor
    }

    /// About how many bytes of memory it occupies.
    public var byteCount: Int {
        let numbers =
            switch factor {
            case .whole(let numbers): numbers.count
            case .samples(let factors): factors.count * factors.width * (factors.width + 3) / 2
            }
        return (vector.padded.count + numbers) * MemoryLayout<Double>.stride
            + (vector.rated.map { 16 * $0.count } ?? 0)
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
        switch factor {
        case .whole(let numbers):
            numbers.withUnsafeBufferPointer { numbers in
                solution.withUnsafeMutableBufferPointer { solution in
                    // Non-nil because a head has at least one dimension.
                    guard let upper = numbers.baseAddress, let x = solution.baseAddress else {
                        return
                    }
                    kernel_solve_f64(upper, solution.count, x)
                }
            }
            return solution
        case .samples(let factors):
            let solved = factors.count * factors.width
            return factors.solve(Array(solution[..<solved])) + solution[solved...]
        }
    }

    /// The same of a system's blocks alone, one after the other.
    func solveBlocks(_ rightSide: [Double]) -> [Double] {
        if case .samples(let factors) = factor { return factors.solve(rightSide) }
        return solvePadded(rightSide)
    }

    /// z A⁻¹ zᵀ for each sample's part z of `design`: how uncertain z·x is given the item side.
    func variances(along design: [Double]) -> [Double] {
        guard case .samples(let factors) = factor else { return [] }
        let forward = factors.forward(Array(design[..<(factors.count * factors.width)]))
        return (0..<factors.count).map { sample in
            forward[sample * factors.width..<(sample + 1) * factors.width]
                .reduce(0) { $0 + $1 * $1 }
        }
    }
}
