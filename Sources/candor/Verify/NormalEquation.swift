// SPDX-License-Identifier: GPL-3.0-or-later

/// A x = b with A symmetric and positive definite, put together rating by rating.
struct NormalEquation {
    /// Row by row.
    private var matrix: [Double]
    private var rightSide: [Double]

    private var size: Int { rightSide.count }

    /// Begins with zeros.
    init(size: Int) {
        matrix = [Double](repeating: 0, count: size * size)
        rightSide = [Double](repeating: 0, count: size)
    }

    /// Adds a prior's part to A and b.
    mutating func add(matrix prior: [Double], rightSide expected: [Double]) {
        for place in matrix.indices { matrix[place] += prior[place] }
        for row in rightSide.indices { rightSide[row] += expected[row] }
    }

    /// Adds weight · z zᵀ to A and weight · target · z to b.
    mutating func add(_ z: [Double], weight: Double, target: Double) {
        for row in 0..<size {
            let scaled = weight * z[row]
            rightSide[row] += scaled * target
            for column in 0..<size { matrix[row * size + column] += scaled * z[column] }
        }
    }

    /// x.
    func solved() throws(VerificationError) -> [Double] { try solved(rightSide) }

    /// A⁻¹ y, by Cholesky's factors.
    func solved(_ y: [Double]) throws(VerificationError) -> [Double] {
        var lower = matrix
        for column in 0..<size {
            for row in column..<size {
                var sum = lower[row * size + column]
                for inner in 0..<column {
                    sum -= lower[row * size + inner] * lower[column * size + inner]
                }
                if row == column {
                    guard sum > 0 else { throw .unsolvable }
                    lower[row * size + row] = sum.squareRoot()
                } else {
                    lower[row * size + column] = sum / lower[column * size + column]
                }
            }
        }
        var x = y
        for row in 0..<size {
            for column in 0..<row { x[row] -= lower[row * size + column] * x[column] }
            x[row] /= lower[row * size + row]
        }
        for row in stride(from: size - 1, through: 0, by: -1) {
            for below in row + 1..<size { x[row] -= lower[below * size + row] * x[below] }
            x[row] /= lower[row * size + row]
        }
        return x
    }
}
