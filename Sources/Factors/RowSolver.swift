// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// One half of an alternation: every row's regularized least squares against the other side.
///
/// Row r becomes the solution of (Σ w z zᵀ + prior + ridge(n) I) x = Σ w t z over its n entries, in
/// single precision. A row without entries becomes zero. Batches of 16 rows are solved at once, one
/// in each lane; rows are independent, so the result has the same bits at any thread count.
struct RowSolver {
    /// The entries of each row to solve for.
    let rows: SparseRows
    /// z of each of the other side's rows.
    let designs: FactorMatrix
    /// Added to every matrix: stride × stride, upper triangle.
    let prior: [Float]
    /// Added to the diagonal of a row with n entries.
    let ridge: @Sendable (_ entryCount: Int) -> Float
    /// Writes √w and √w·t of the given entries of a row that has `rowCount` of them.
    let fill:
        @Sendable (
            _ entries: Range<Int>, _ rowCount: Int, _ scales: UnsafeMutablePointer<Float>,
            _ targets: UnsafeMutablePointer<Float>
        ) -> Void

    private static let lanes = Int(batch_lanes_f32)

    /// Replaces `solutions`, rowCount × the designs' columns.
    func solve(into solutions: inout FactorMatrix, threads: Int) {
        precondition(
            solutions.rowCount == rows.rowCount && solutions.columnCount == designs.columnCount,
            "solutions of another shape")
        let width = designs.stride
        var prior = prior
        for pad in designs.columnCount..<width { prior[pad * width + pad] = 1 }
        let common = prior
        solutions.storage.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            // Safe because every row is written by the one thread that took its batch.
            nonisolated(unsafe) let output = base
            Parallel.forEachChunk(
                of: (rows.rowCount + Self.lanes - 1) / Self.lanes, chunk: 1, threads: threads,
                makeScratch: { RowScratch(width: width) },
                body: { range, scratch in
                    for batch in range { solve(batch, common, scratch, output) }
                })
        }
    }

    private func solve(
        _ batch: Int, _ prior: [Float], _ scratch: RowScratch,
        _ output: UnsafeMutablePointer<Float>
    ) {
        let (width, lanes) = (designs.stride, Self.lanes)
        let first = batch * lanes
        for lane in 0..<lanes {
            // Lanes beyond the last row repeat it and are not read.
            let entries = rows.range(ofRow: min(first + lane, rows.rowCount - 1))
            sum(entries, lane, scratch)
            scratch.ridges[lane] = ridge(entries.count)
        }
        kernel_batch_load_f32(
            scratch.sums, scratch.rightSides, scratch.weights, prior, width, scratch.matrices,
            scratch.vectors)
        var diagonal = scratch.matrices
        for d in 0..<width {
            if d < designs.columnCount {
                for lane in 0..<lanes { diagonal[lane] += scratch.ridges[lane] }
            }
            diagonal += (width - d) * lanes
        }
        kernel_batch_factor_f32(scratch.matrices, width, scratch.inverses)
        kernel_batch_forward_f32(scratch.matrices, scratch.inverses, width, scratch.vectors)
        kernel_batch_backward_f32(scratch.matrices, scratch.inverses, width, scratch.vectors)
        kernel_batch_part_f32(scratch.vectors, width, scratch.rightSides)
        for row in first..<min(first + lanes, rows.rowCount) {
            let solution = output + row * width
            if rows.range(ofRow: row).isEmpty {
                solution.update(repeating: 0, count: width)
            } else {
                solution.update(
                    from: scratch.rightSides + (row - first) * width, count: width)
            }
        }
    }

    /// Sums what a row's entries say into a lane's matrix and right side.
    private func sum(_ entries: Range<Int>, _ lane: Int, _ scratch: RowScratch) {
        let width = designs.stride
        let matrix = scratch.sums + lane * width * width
        let rightSide = scratch.rightSides + lane * width
        matrix.update(repeating: 0, count: width * width)
        rightSide.update(repeating: 0, count: width)
        designs.storage.withUnsafeBufferPointer { table in
            rows.columns.withUnsafeBufferPointer { columns in
                var next = entries.lowerBound
                // Non-nil because a row with entries has columns, and these name rows of the table.
                while next < entries.upperBound, let z = table.baseAddress,
                    let column = columns.baseAddress
                {
                    let end = min(next + RowScratch.rowsAtOnce, entries.upperBound)
                    fill(next..<end, entries.count, scratch.scales, scratch.targets)
                    kernel_pack_f32(
                        z, width, column + next, scratch.scales, scratch.targets, end - next,
                        scratch.packed, rightSide)
                    // So that each entry's row comes some time before it is packed, of this row or of
                    // those after it.
                    let later = min(next + RowScratch.rowsAtOnce, columns.count)
                    kernel_add_gram_asking_f32(
                        scratch.packed, end - next, width, matrix, z, column + later,
                        columns.count - later)
                    next = end
                }
            }
        }
    }
}
