// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// One half of an alternation: every row's regularized least squares against the other side.
///
/// Row r becomes the solution of (Σ w z zᵀ + prior + diagonal(n)) x = Σ w t z over its n entries,
/// in single precision. A row without entries becomes zero. Rows are independent, so the result has
/// the same bits at any thread count.
struct RowSolver {
    /// The entries of each row to solve for.
    let rows: SparseRows
    /// z of each of the other side's rows.
    let designs: FactorMatrix
    /// Added to every matrix: stride × stride, upper triangle; empty for none.
    let prior: [Float]
    /// Added to the first and to the other diagonal elements of a row with n entries.
    let diagonal: @Sendable (_ entryCount: Int) -> (first: Float, others: Float)
    /// Writes √w and √w·t of the given entries of a row that has `rowCount` of them.
    let fill:
        @Sendable (
            _ entries: Range<Int>, _ rowCount: Int, _ scales: UnsafeMutablePointer<Float>,
            _ targets: UnsafeMutablePointer<Float>
        ) -> Void

    /// The solutions, rowCount × the designs' dimensions.
    func solve(threads: Int) -> FactorMatrix {
        var solutions = FactorMatrix(rowCount: rows.rowCount, columnCount: designs.columnCount)
        let width = designs.stride
        solutions.storage.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            // Safe because every row is written by the one thread that took its chunk.
            nonisolated(unsafe) let output = base
            Parallel.forEachChunk(
                of: rows.rowCount, chunk: 16, threads: threads,
                makeScratch: { RowScratch(width: width) },
                body: { range, scratch in
                    for row in range where !rows.range(ofRow: row).isEmpty {
                        solve(rows.range(ofRow: row), scratch, output + row * width)
                    }
                })
        }
        return solutions
    }

    private func solve(
        _ entries: Range<Int>, _ scratch: RowScratch, _ solution: UnsafeMutablePointer<Float>
    ) {
        let width = designs.stride
        if prior.isEmpty {
            scratch.matrix.update(repeating: 0, count: width * width)
        } else {
            scratch.matrix.update(from: prior, count: width * width)
        }
        let (first, others) = diagonal(entries.count)
        for d in 0..<designs.columnCount {
            scratch.matrix[d * width + d] += d == 0 ? first : others
        }
        for pad in designs.columnCount..<width { scratch.matrix[pad * width + pad] = 1 }
        designs.storage.withUnsafeBufferPointer { table in
            rows.columns.withUnsafeBufferPointer { columns in
                // Non-nil because a row with entries has columns, and these name rows of the table.
                guard let z = table.baseAddress, let column = columns.baseAddress else { return }
                var next = entries.lowerBound
                while next < entries.upperBound {
                    let end = min(next + RowScratch.rowsAtOnce, entries.upperBound)
                    fill(next..<end, entries.count, scratch.scales, scratch.targets)
                    kernel_pack_f32(
                        z, width, column + next, scratch.scales, scratch.targets, end - next,
                        scratch.packed, solution)
                    kernel_add_gram_f32(scratch.packed, end - next, width, scratch.matrix)
                    next = end
                }
            }
        }
        _ = kernel_factor_f32(scratch.matrix, width)
        kernel_solve_f32(scratch.matrix, width, solution)
    }
}
