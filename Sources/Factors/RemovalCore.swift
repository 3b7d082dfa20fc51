// SPDX-License-Identifier: GPL-3.0-or-later

/// What Woodbury's identity solves in the place of a user's whole system when ratings are taken out.
///
/// With S those ratings, Z_S their designs as rows and W_S their weights it is
/// M = I − W^½ Z_S A⁻¹ Z_Sᵀ W^½ in every block, factored.
struct RemovalCore {
    /// The least pivot that loses at most four digits of sixteen.
    static let pivotMin = 1e-4

    private let parts: [RatingDirection]
    private let blockCount: Int
    private let width: Int
    /// L and U of each block's M, ratings × ratings, L's diagonal of ones left out.
    private var factors: [Double]

    /// Factors; nil when a pivot is too small: digits would be lost.
    init?(_ parts: [RatingDirection], in system: some CounterfactualSystem) {
        self.parts = parts
        blockCount = system.blockCount
        width = system.width
        let count = parts.count
        factors = [Double](repeating: 0, count: blockCount * count * count)
        for block in 0..<blockCount {
            let start = block * count * count
            for (i, part) in parts.enumerated() {
                for (j, other) in parts.enumerated() {
                    let leverage = part.product(block, width, with: other.solved)
                    factors[start + i * count + j] =
                        (i == j ? 1 : 0) - part.roots[block] * leverage * other.roots[block]
                }
            }
            guard factor(from: start) else { return nil }
        }
    }

    /// Factors one block's matrix in place, without pivoting: it is positive definite.
    private mutating func factor(from start: Int) -> Bool {
        let count = parts.count
        for pivot in 0..<count {
            let top = start + pivot * count
            guard factors[top + pivot] > Self.pivotMin else { return false }
            for row in pivot + 1..<count {
                let own = start + row * count
                factors[own + pivot] /= factors[top + pivot]
                for column in pivot + 1..<count {
                    factors[own + column] -= factors[own + pivot] * factors[top + column]
                }
            }
        }
        return true
    }

    /// What `solved`, the solution of all ratings' system for some right side, becomes without the
    /// ratings: y + A⁻¹Z_Sᵀ W^½ M⁻¹ W^½ (Z_S y − t_S).
    ///
    /// - Parameters:
    ///   - solved: y.
    ///   - hasTargets: Whether the right side has the ratings' own part in it, which goes too;
    ///     without, t is 0.
    /// - Returns: As many numbers.
    func downdated(_ solved: [Double], hasTargets: Bool) -> [Double] {
        var result = solved
        var moves = [Double](repeating: 0, count: parts.count)
        for block in 0..<blockCount {
            for (i, part) in parts.enumerated() {
                let fitted = part.product(block, width, with: solved)
                moves[i] = part.roots[block] * (hasTargets ? fitted - part.targets[block] : fitted)
            }
            solve(block, &moves)
            for (i, part) in parts.enumerated() {
                let move = part.roots[block] * moves[i]
                for d in block * width..<(block + 1) * width { result[d] += move * part.solved[d] }
            }
        }
        return result
    }

    private func solve(_ block: Int, _ vector: inout [Double]) {
        let count = parts.count
        let start = block * count * count
        for row in 0..<count {
            for column in 0..<row {
                vector[row] -= factors[start + row * count + column] * vector[column]
            }
        }
        for row in stride(from: count - 1, through: 0, by: -1) {
            for column in row + 1..<count {
                vector[row] -= factors[start + row * count + column] * vector[column]
            }
            vector[row] /= factors[start + row * count + row]
        }
    }
}
