// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// One half of a sweep: draws every row of one side given the other.
///
/// Row r is drawn from N(A⁻¹(b + Λp_r), A⁻¹), A = Λ + Σ w z zᵀ, b = Σ w t z over its entries with
/// w = α a_r a_c, z the other side's design, t the standardised rating less the other side's bias,
/// and p_r = m + Bᵀx_r. Batches of 16 rows are solved at once, one in each lane, and every row has a
/// source of noise of its own, so bits do not depend on the number of threads.
struct RowSampler {
    /// How ratings are standardised: (value − mean) · scale.
    let mean: Float
    /// See `mean`.
    let scale: Float
    /// α: the precision of an average rating.
    let noise: Float
    /// Threads to work on.
    let threads: Int

    private static let lanes = Int(batch_lanes_f32)

    /// Draws the rows of `side`; writes the rows' means too where `side` has room for them.
    func draw(_ side: SamplerSide, given other: SamplerSide, _ random: CounterRandom) {
        let pass = Pass(side, other, self, random)
        side.residuals.withUnsafeMutableBufferPointer { buffer in
            // Safe because every place is written by the one thread that took its row.
            nonisolated(unsafe) let residuals = buffer
            Parallel.forEachChunk(
                of: (pass.rows.rowCount + Self.lanes - 1) / Self.lanes, chunk: 1, threads: threads,
                makeScratch: { BatchScratch(width: pass.width) },
                body: { range, scratch in
                    for batch in range {
                        let first = batch * Self.lanes
                        let rows = first..<min(first + Self.lanes, pass.rows.rowCount)
                        pass.draw(rows, scratch, residuals)
                    }
                })
        }
        side.refresh()
    }

    /// Everything the threads of one half sweep read.
    private struct Pass: Sendable {
        let rows: SparseRows
        let width: Int
        let dimensions: Int
        let target: FloatTable
        let designs: FloatTable
        let offsets: [Float]
        let otherRoots: [Float]
        let ownRoots: [Float]
        let pseudoRatings: [PseudoRating]
        let prior: GaussianPrior
        let priorMean: [Float]
        let fitted: FloatTable?
        /// What each code of a coded value stands for, padded so that no code is outside.
        let distinctValues: [Float]
        let sampler: RowSampler
        let random: CounterRandom
        let means: FloatTable?

        init(
            _ side: SamplerSide, _ other: SamplerSide, _ sampler: RowSampler,
            _ random: CounterRandom
        ) {
            rows = side.rows
            width = side.width
            dimensions = side.prior.dimensions
            target = side.vectors
            designs = other.designs
            offsets = other.biases
            otherRoots = other.weightedRoots
            pseudoRatings = side.pseudoRatings
            ownRoots = side.roots
            prior = side.prior
            priorMean = side.prior.mean.map(Float.init)
            fitted = side.link?.fitted
            distinctValues =
                Array(rows.values.distinct)
                + [Float](repeating: 0, count: 256 - rows.values.distinct.count)
            self.sampler = sampler
            self.random = random
            means = side.means
        }

        /// Draws up to 16 rows.
        func draw(
            _ batch: Range<Int>, _ scratch: BatchScratch,
            _ residuals: UnsafeMutableBufferPointer<Float>
        ) {
            for lane in 0..<RowSampler.lanes {
                // Lanes beyond the last row repeat it and are not read.
                let row = min(batch.lowerBound + lane, batch.upperBound - 1)
                place(row, lane, scratch)
            }
            kernel_batch_draw_f32(
                scratch.matrices, prior.narrowPrecision, scratch.means, scratch.noise, width,
                scratch.vectors, means == nil ? nil : scratch.expected, scratch.residuals,
                scratch.work)
            for (lane, row) in batch.enumerated() {
                let vector = target.row(row)
                for d in 0..<width { vector[d] = scratch.vectors[d * RowSampler.lanes + lane] }
                if let mean = means?.row(row) {
                    for d in 0..<width { mean[d] = scratch.expected[d * RowSampler.lanes + lane] }
                }
                let weight = sampler.noise * ownRoots[row] * ownRoots[row]
                let pseudo = pseudoRatings.reduce(0) { $0 + $1.residual(of: vector) }
                residuals[row] = (scratch.residuals[lane] - pseudo) / weight
            }
        }

        private func root(_ row: Int) -> Float { sampler.noise.squareRoot() * ownRoots[row] }

        /// Puts one row's normal equations, prior mean and noise into a lane.
        private func place(_ row: Int, _ lane: Int, _ scratch: BatchScratch) {
            let lanes = RowSampler.lanes
            scratch.matrix.update(from: prior.narrowPrecision, count: width * width)
            scratch.vector.update(repeating: 0, count: width)
            let squares = equations(row, scratch)
            let pseudo = pseudoRatings.reduce(0) {
                $0 + $1.add(to: scratch.matrix, scratch.vector)
            }
            scratch.residuals[lane] = squares + pseudo
            kernel_batch_place_f32(scratch.matrix, width, lane, scratch.matrices)
            for d in 0..<width {
                scratch.vectors[d * lanes + lane] = scratch.vector[d]
                scratch.means[d * lanes + lane] = priorMean[d] + (fitted?.row(row)[d] ?? 0)
            }
            kernel_normals_f32(random.bits(UInt64(row)), (width + 31) / 32 * 32, scratch.vector)
            for d in 0..<width {
                scratch.noise[d * lanes + lane] = d < dimensions ? scratch.vector[d] : 0
            }
        }

        /// Adds a row's ratings to its equations; returns Σ t².
        private func equations(_ row: Int, _ scratch: BatchScratch) -> Float {
            let entries = rows.range(ofRow: row)
            return rows.columns.withUnsafeBufferPointer { columns in
                var squares: Float = 0
                for first in stride(
                    from: entries.lowerBound, to: entries.upperBound, by: BatchScratch.entriesAtOnce
                ) {
                    let end = min(first + BatchScratch.entriesAtOnce, entries.upperBound)
                    decode(first..<end, scratch)
                    // Non-nil because the row has entries.
                    guard let columns = columns.baseAddress else { return 0 }
                    squares += kernel_row_equations_f32(
                        designs.base, offsets, otherRoots, width, columns + first, scratch.values,
                        end - first, sampler.mean, sampler.scale, root(row), scratch.packed,
                        scratch.matrix, scratch.vector)
                }
                return squares
            }
        }

        /// Writes the values of entries to the scratch memory.
        private func decode(_ entries: Range<Int>, _ scratch: BatchScratch) {
            guard rows.values.plain.isEmpty else {
                return rows.values.decode(entries, into: scratch.values)
            }
            rows.values.codes.withUnsafeBufferPointer { codes in
                // Non-nil because there are entries.
                guard let codes = codes.baseAddress else { return }
                kernel_decode_f32(
                    codes + entries.lowerBound, distinctValues, entries.count, scratch.values)
            }
        }
    }
}
