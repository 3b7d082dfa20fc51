// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// Inverts a large symmetric positive definite matrix in place, in single precision.
///
/// The blocked sweep operator (Goodnight 1979): for each block K of rows, with D = A_KK⁻¹,
/// A_ij ← A_ij − A_iK D A_Kj, A_iK ← A_iK D, A_KK ← −D; after all blocks the matrix is −A⁻¹. About
/// size³/2 fused operations, spread over threads by rows of the upper triangle. Bits do not depend
/// on the number of threads.
enum SymmetricInverse {
    /// Rows swept at a time: wide enough that the update is bound by arithmetic, not memory.
    private static let block = 64

    /// The inverse of `matrix`, whose upper triangle is read; both triangles are written.
    ///
    /// `matrix` has as many rows as are to be inverted; its width is that rounded up to 16, and
    /// what stands beyond the last column is ignored.
    static func invert(_ matrix: FloatTable, threads: Int) {
        let size = matrix.rowCount
        let panel = FloatTable(rowCount: block, width: matrix.width)
        for first in stride(from: 0, to: size, by: block) {
            sweep(matrix, first..<min(first + block, size), panel, threads: threads)
        }
        negateAndMirror(matrix, threads: threads)
    }

    /// Sweeps the rows `pivot`; `panel` is room for A_K· (block × width).
    private static func sweep(
        _ matrix: FloatTable, _ pivot: Range<Int>, _ panel: FloatTable, threads: Int
    ) {
        let size = matrix.rowCount
        let width = matrix.width
        let count = pivot.count
        for k in 0..<count {
            let row = pivot.lowerBound + k
            for column in 0..<size {
                panel.row(k)[column] =
                    column < row ? matrix.row(column)[row] : matrix.row(row)[column]
            }
        }
        // Padded so that kernels see whole vectors; the padding's part of D is the identity.
        let inverse = pivotInverse(matrix, pivot)
        let negative = inverse.map { -$0 }
        Parallel.forEachChunk(
            of: (size + 7) / 8, chunk: 4, threads: threads,
            makeScratch: { FloatTable(rowCount: 8, width: 2 * block) },
            body: { range, scratch in
                for group in range {
                    let rows = group * 8..<min(group * 8 + 8, size)
                    // Blocks begin at multiples of 64, so a group is in the pivot or outside it.
                    if pivot.contains(rows.lowerBound) { continue }
                    update(matrix, rows, pivot, panel, negative, scratch)
                }
            })
        for k in 0..<count {
            let row = pivot.lowerBound + k
            for column in row..<pivot.upperBound {
                matrix.row(row)[column] =
                    -inverse[k * block + column - pivot.lowerBound]
            }
        }
        // Rows above the pivot got their columns in `update`; the pivot's own rows are D · A_K·.
        let panelRows = FloatTable(rowCount: block, width: width)
        let right = pivot.upperBound / 16 * 16
        if right < width {
            inverse.withUnsafeBufferPointer { inverse in
                guard let left = inverse.baseAddress else { return }
                kernel_add_product_f32(
                    left, block, 1, panel.base + right, width, panelRows.base + right, width, count,
                    count, width - right)
            }
            for k in 0..<count {
                for column in pivot.upperBound..<max(size, pivot.upperBound) {
                    matrix.row(pivot.lowerBound + k)[column] = panelRows.row(k)[column]
                }
            }
        }
    }

    /// A_ij −= A_iK D A_Kj for j ≥ i outside the pivot, and A_iK ← A_iK D for i above it.
    private static func update(
        _ matrix: FloatTable, _ rows: Range<Int>, _ pivot: Range<Int>, _ panel: FloatTable,
        _ negativeInverse: [Float], _ scratch: FloatTable
    ) {
        let count = pivot.count
        let width = matrix.width
        scratch.base.update(repeating: 0, count: 8 * scratch.width)
        // The left half takes A_iK, the right half −A_iK D.
        for (place, row) in rows.enumerated() {
            for k in 0..<count { scratch.row(place)[k] = panel.row(k)[row] }
        }
        negativeInverse.withUnsafeBufferPointer { inverse in
            guard let right = inverse.baseAddress else { return }
            kernel_add_product_f32(
                scratch.base, scratch.width, 1, right, block, scratch.base + block, scratch.width,
                rows.count, count, block)
        }
        let left = rows.lowerBound / 16 * 16
        kernel_add_product_f32(
            scratch.base + block, scratch.width, 1, panel.base + left, width,
            matrix.row(rows.lowerBound) + left, width, rows.count, count, width - left)
        for row in rows where row < pivot.lowerBound {
            let place = row - rows.lowerBound
            for k in 0..<count {
                matrix.row(row)[pivot.lowerBound + k] = -scratch.row(place)[block + k]
            }
        }
    }

    /// D = A_KK⁻¹, block × block, identity in the padding.
    private static func pivotInverse(_ matrix: FloatTable, _ pivot: Range<Int>) -> [Float] {
        var own = [Double](repeating: 0, count: block * block)
        for row in 0..<block {
            for column in row..<block {
                if column < pivot.count {
                    own[row * block + column] =
                        Double(matrix.row(pivot.lowerBound + row)[pivot.lowerBound + column])
                } else if row == column {
                    own[row * block + column] = 1
                }
            }
        }
        let inverse = UpperFactor(of: own, width: block).inverse()
        var product = [Float](repeating: 0, count: block * block)
        for row in 0..<pivot.count {
            for column in row..<pivot.count {
                var sum = 0.0
                for k in column..<pivot.count {
                    sum += inverse[row * block + k] * inverse[column * block + k]
                }
                product[row * block + column] = Float(sum)
                product[column * block + row] = Float(sum)
            }
        }
        return product
    }

    private static func negateAndMirror(_ matrix: FloatTable, threads: Int) {
        let size = matrix.rowCount
        // Tiles keep both the row that is read and the columns that are written in the cache.
        Parallel.forEachChunk(
            of: (size + 63) / 64, chunk: 1, threads: threads, makeScratch: {},
            body: { range, _ in
                for tile in range {
                    let rows = tile * 64..<min(tile * 64 + 64, size)
                    for start in stride(from: rows.lowerBound, to: size, by: 64) {
                        for row in rows {
                            for column in max(start, row)..<max(min(start + 64, size), row, start) {
                                let value = -matrix.row(row)[column]
                                matrix.row(row)[column] = value
                                matrix.row(column)[row] = value
                            }
                        }
                    }
                }
            })
    }
}
