// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// The upper factor U of a small symmetric positive definite matrix, UᵀU = A, in Double.
struct UpperFactor {
    /// The length of a row: a multiple of 16.
    let width: Int
    /// width × width, row-major, zeros below the diagonal.
    private(set) var numbers: [Double]

    /// Factors a matrix of which the upper triangle is read, in O(width³).
    init(of matrix: [Double], width: Int) {
        precondition(matrix.count == width * width)
        self.width = width
        numbers = matrix
        numbers.withUnsafeMutableBufferPointer { buffer in
            // Non-nil because width is above zero.
            guard let start = buffer.baseAddress else { return }
            _ = kernel_factor_f64(start, width)
        }
    }

    /// U⁻¹ · right (width × width), by rows from the last to the first, in O(width³).
    func solve(_ right: [Double]) -> [Double] {
        var solution = right
        solution.withUnsafeMutableBufferPointer { x in
            numbers.withUnsafeBufferPointer { u in
                for row in stride(from: width - 1, through: 0, by: -1) {
                    for other in row + 1..<max(width, row + 1) {
                        let factor = u[row * width + other]
                        for column in 0..<width {
                            x[row * width + column] -= factor * x[other * width + column]
                        }
                    }
                    let inverse = 1 / u[row * width + row]
                    for column in 0..<width { x[row * width + column] *= inverse }
                }
            }
        }
        return solution
    }

    /// U⁻¹, upper too.
    func inverse() -> [Double] {
        var identity = [Double](repeating: 0, count: width * width)
        for d in 0..<width { identity[d * width + d] = 1 }
        return solve(identity)
    }
}
