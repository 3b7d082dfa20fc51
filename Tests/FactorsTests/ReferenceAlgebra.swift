// SPDX-License-Identifier: GPL-3.0-or-later

/// The kernels' mathematics as plain loops in Double, to be read and trusted.
enum ReferenceAlgebra {
    /// Σ w z zᵀ + prior, all of it.
    static func normalMatrix(
        rows: [[Double]], weights: [Double], prior: [[Double]]
    ) -> [[Double]] {
        var matrix = prior
        for (row, weight) in zip(rows, weights) {
            for i in row.indices {
                for j in row.indices { matrix[i][j] += weight * row[i] * row[j] }
            }
        }
        return matrix
    }

    /// The solution of `matrix` x = `rightSide` by Gaussian elimination with row exchanges.
    static func solve(_ matrix: [[Double]], _ rightSide: [Double]) -> [Double] {
        var a = matrix
        var b = rightSide
        let n = b.count
        for column in 0..<n {
            let pivot = (column..<n).max { abs(a[$0][column]) < abs(a[$1][column]) } ?? column
            a.swapAt(column, pivot)
            b.swapAt(column, pivot)
            for row in column + 1..<n where a[row][column] != 0 {
                let factor = a[row][column] / a[column][column]
                for k in column..<n { a[row][k] -= factor * a[column][k] }
                b[row] -= factor * b[column]
            }
        }
        for row in (0..<n).reversed() {
            for k in row + 1..<n { b[row] -= a[row][k] * b[k] }
            b[row] /= a[row][row]
        }
        return b
    }

    static func dot(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// A square matrix with `value(i)` on its diagonal.
    static func diagonal(_ size: Int, _ value: (Int) -> Double) -> [[Double]] {
        (0..<size).map { i in (0..<size).map { i == $0 ? value(i) : 0 } }
    }
}
