// SPDX-License-Identifier: GPL-3.0-or-later

/// All eigenvalues and eigenvectors of a small symmetric matrix, by cyclic Jacobi rotations.
///
/// Golub & Van Loan, "Matrix Computations", §8.5. One thread and a fixed order of rotations, so the
/// same matrix gives the same bits. O(order³) a sweep, and about eight sweeps.
public struct SymmetricEigen: Sendable {
    /// The eigenvalues, descending; of equal ones the one found first.
    public private(set) var values: [Double]
    /// order × order, row-major: column j belongs to `values[j]`.
    public private(set) var vectors: [Double]

    /// Sweeps after which rounding has long been reached.
    private static let sweepsMax = 60

    /// Decomposes `matrix`, order × order and symmetric.
    public init(_ matrix: [Double], order: Int) {
        precondition(matrix.count == order * order, "a matrix of another size")
        var matrix = matrix
        // Rows of `rotated` are the eigenvectors: rotations then touch contiguous memory.
        var rotated = [Double](repeating: 0, count: order * order)
        for d in 0..<order { rotated[d * order + d] = 1 }
        let scale = matrix.reduce(0) { max($0, abs($1)) }
        for _ in 0..<Self.sweepsMax where order > 1 {
            var rotationCount = 0
            for p in 0..<order - 1 {
                for q in p + 1..<order {
                    let off = matrix[p * order + q]
                    // Such an element is below the rounding of what it would change.
                    let small =
                        1e-17
                        * (abs(matrix[p * order + p] * matrix[q * order + q]))
                        .squareRoot()
                    guard abs(off) > max(small, 1e-30 * scale) else { continue }
                    Self.rotate(&matrix, &rotated, p, q, order)
                    rotationCount += 1
                }
            }
            if rotationCount == 0 { break }
        }
        let diagonal = (0..<order).map { matrix[$0 * order + $0] }
        let sorted = (0..<order).sorted {
            diagonal[$0] != diagonal[$1] ? diagonal[$0] > diagonal[$1] : $0 < $1
        }
        values = sorted.map { diagonal[$0] }
        vectors = [Double](repeating: 0, count: order * order)
        for (column, source) in sorted.enumerated() {
            for row in 0..<order {
                vectors[row * order + column] = rotated[source * order + row]
            }
        }
    }

    /// Makes matrix[p, q] zero by a rotation of rows and columns p and q.
    private static func rotate(
        _ matrix: inout [Double], _ rotated: inout [Double], _ p: Int, _ q: Int, _ order: Int
    ) {
        let off = matrix[p * order + q]
        let theta = (matrix[q * order + q] - matrix[p * order + p]) / (2 * off)
        let root = (theta * theta + 1).squareRoot()
        let tangent = theta.isFinite ? (theta >= 0 ? 1 : -1) / (abs(theta) + root) : 0
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        for k in 0..<order {
            let (left, right) = (matrix[p * order + k], matrix[q * order + k])
            matrix[p * order + k] = cosine * left - sine * right
            matrix[q * order + k] = sine * left + cosine * right
            let (first, second) = (rotated[p * order + k], rotated[q * order + k])
            rotated[p * order + k] = cosine * first - sine * second
            rotated[q * order + k] = sine * first + cosine * second
        }
        for k in 0..<order {
            let (left, right) = (matrix[k * order + p], matrix[k * order + q])
            matrix[k * order + p] = cosine * left - sine * right
            matrix[k * order + q] = sine * left + cosine * right
        }
        matrix[p * order + q] = 0
        matrix[q * order + p] = 0
    }
}
