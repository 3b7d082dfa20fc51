// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// The upper factor U of a large symmetric positive definite matrix, UᵀU = A, in single precision.
///
/// Blocked Cholesky (Golub & Van Loan 2013, §4.2.9), about size³/6 fused operations. Solving with the
/// factor is backward stable; an explicit inverse in single precision is not accurate enough where
/// eigenvalues differ by 10⁴, as they do for sets of raters. Bits do not depend on the number of
/// threads.
final class SymmetricFactor: @unchecked Sendable {
    // Safe to share because nothing is written after the initialiser.

    private static let block = 64

    /// U above the diagonal blocks; what stands in and below them is not used.
    private let matrix: FloatTable
    /// The inverse of each diagonal block of U: block rows of one block's width.
    private let inverses: FloatTable
    private var size: Int { matrix.rowCount }

    /// Factors `matrix`, of which the upper triangle is read, in place.
    ///
    /// It has as many rows as are to be factored; its width is that rounded up to 16, and what stands
    /// beyond the last column must be zero.
    init(_ matrix: FloatTable, threads: Int) {
        self.matrix = matrix
        let size = matrix.rowCount
        inverses = FloatTable(
            rowCount: (size + Self.block - 1) / Self.block * Self.block, width: Self.block)
        for first in stride(from: 0, to: size, by: Self.block) {
            let pivot = first..<min(first + Self.block, size)
            invertDiagonal(pivot)
            factorPanel(pivot)
            updateRest(pivot, threads: threads)
        }
    }

    /// Replaces each column of `table` (size × width) by the solution of A x = column.
    func solve(_ table: FloatTable, threads: Int) {
        precondition(table.rowCount == size, "right sides of another size")
        Parallel.forEachChunk(
            of: table.width / 16, chunk: 1, threads: threads,
            makeScratch: { FloatTable(rowCount: Self.block, width: 16) },
            body: { [self] range, scratch in
                for column in range {
                    forward(table, column * 16, scratch)
                    backward(table, column * 16, scratch)
                }
            })
    }

    private func invertDiagonal(_ pivot: Range<Int>) {
        let block = Self.block
        var own = [Double](repeating: 0, count: block * block)
        for row in 0..<block {
            own[row * block + row] = 1
            guard row < pivot.count else { continue }
            for column in row..<pivot.count {
                own[row * block + column] =
                    Double(matrix.row(pivot.lowerBound + row)[pivot.lowerBound + column])
            }
        }
        let inverse = UpperFactor(of: own, width: block).inverse()
        for place in 0..<block * block {
            inverses.row(pivot.lowerBound)[place] = Float(inverse[place])
        }
    }

    /// U_KJ = V_KKᵀ A_KJ right of the diagonal block, V_KK being its inverse.
    private func factorPanel(_ pivot: Range<Int>) {
        let first = pivot.upperBound / 16 * 16
        guard first < matrix.width, pivot.upperBound < size else { return }
        let panel = FloatTable(rowCount: pivot.count, width: matrix.width)
        kernel_add_product_f32(
            inverses.row(pivot.lowerBound), 1, Self.block, matrix.row(pivot.lowerBound) + first,
            matrix.width, panel.base + first, matrix.width, pivot.count, pivot.count,
            matrix.width - first)
        for row in 0..<pivot.count {
            matrix.row(pivot.lowerBound + row).advanced(by: first).update(
                from: panel.row(row) + first, count: matrix.width - first)
        }
    }

    /// A_IJ −= U_KIᵀ U_KJ for all I ≤ J after the pivot.
    private func updateRest(_ pivot: Range<Int>, threads: Int) {
        let rest = size - pivot.upperBound
        guard rest > 0 else { return }
        let negative = FloatTable(rowCount: pivot.count, width: matrix.width)
        for row in 0..<pivot.count {
            let source = matrix.row(pivot.lowerBound + row)
            for column in pivot.upperBound..<size { negative.row(row)[column] = -source[column] }
        }
        let matrix = matrix
        Parallel.forEachChunk(
            of: (rest + 7) / 8, chunk: 4, threads: threads, makeScratch: {},
            body: { range, _ in
                for group in range {
                    let row = pivot.upperBound + group * 8
                    let left = row / 16 * 16
                    kernel_add_product_f32(
                        negative.base + row, 1, negative.width,
                        matrix.row(pivot.lowerBound) + left, matrix.width,
                        matrix.row(row) + left, matrix.width, min(8, pivot.upperBound + rest - row),
                        pivot.count, matrix.width - left)
                }
            })
    }

    /// y of Uᵀy = b, by 16 columns.
    private func forward(_ table: FloatTable, _ column: Int, _ scratch: FloatTable) {
        for first in stride(from: 0, to: size, by: Self.block) {
            let pivot = first..<min(first + Self.block, size)
            multiply(inverses.row(first), 1, Self.block, table, pivot, column, scratch)
            guard pivot.upperBound < size else { return }
            for row in 0..<pivot.count {
                for c in 0..<16 { scratch.row(row)[c] = -table.row(first + row)[column + c] }
            }
            kernel_add_product_f32(
                matrix.row(first) + pivot.upperBound, 1, matrix.width, scratch.base, 16,
                table.row(pivot.upperBound) + column, table.width, size - pivot.upperBound,
                pivot.count, 16)
        }
    }

    /// x of Ux = y, by 16 columns.
    private func backward(_ table: FloatTable, _ column: Int, _ scratch: FloatTable) {
        for first in stride(from: (size - 1) / Self.block * Self.block, through: 0, by: -Self.block)
        {
            let pivot = first..<min(first + Self.block, size)
            if pivot.upperBound < size {
                scratch.base.update(repeating: 0, count: pivot.count * 16)
                kernel_add_product_f32(
                    matrix.row(first) + pivot.upperBound, matrix.width, 1,
                    table.row(pivot.upperBound) + column, table.width, scratch.base, 16,
                    pivot.count, size - pivot.upperBound, 16)
                for row in 0..<pivot.count {
                    for c in 0..<16 { table.row(first + row)[column + c] -= scratch.row(row)[c] }
                }
            }
            multiply(inverses.row(first), Self.block, 1, table, pivot, column, scratch)
        }
    }

    /// Replaces the pivot's rows of 16 columns by V or Vᵀ times them.
    private func multiply(
        _ inverse: UnsafePointer<Float>, _ rowStep: Int, _ innerStep: Int, _ table: FloatTable,
        _ pivot: Range<Int>, _ column: Int, _ scratch: FloatTable
    ) {
        scratch.base.update(repeating: 0, count: pivot.count * 16)
        kernel_add_product_f32(
            inverse, rowStep, innerStep, table.row(pivot.lowerBound) + column, table.width,
            scratch.base, 16, pivot.count, pivot.count, 16)
        for row in 0..<pivot.count {
            table.row(pivot.lowerBound + row).advanced(by: column).update(
                from: scratch.row(row), count: 16)
        }
    }
}
