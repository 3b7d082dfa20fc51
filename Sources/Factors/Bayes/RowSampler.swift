// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// One half of a sweep: draws every row of one side given the other.
///
/// Row r is drawn from N(A⁻¹(b + Λp_r), A⁻¹), A = Λ + Σ w z zᵀ, b = Σ w t z over its entries with
/// w = α a_r a_c, z the other side's design, t the standardised rating less the other side's bias,
/// and p_r = m + Bᵀx_r. Batches of 16 rows are solved at once, one in each lane, and every batch has
/// a source of noise of its own, so bits do not depend on the number of threads.
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
        side.residuals.withUnsafeMutableBufferPointer { residuals in
            side.biases.withUnsafeMutableBufferPointer { biases in
                // Safe because every place is written by the one thread that took its row.
                nonisolated(unsafe) let results = (residuals: residuals, biases: biases)
                Parallel.forEachChunk(
                    of: (pass.rows.rowCount + Self.lanes - 1) / Self.lanes, chunk: 1,
                    threads: threads, makeScratch: { BatchScratch(width: pass.width) },
                    body: { range, scratch in
                        for batch in range {
                            pass.draw(batch, scratch, results.residuals, results.biases)
                        }
                    })
            }
        }
    }

    /// Everything the threads of one half sweep read.
    private struct Pass: Sendable {
        let rows: SparseRows
        let width: Int
        let dimensions: Int
        let target: FloatTable
        let ownDesigns: FloatTable
        let weighted: FloatTable
        let offsets: [Float]
        /// Whether the offsets are more than the second-level cache has room for beside rows.
        let hasFarOffsets: Bool
        let ownRoots: [Float]
        let pseudoRatings: [PseudoRating]
        let prior: GaussianPrior
        let priorMean: [Float]
        let fitted: FloatTable?
        /// What each code of a coded value stands for, standardised, padded so that no code is outside.
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
            ownDesigns = side.designs
            weighted = other.weighted
            offsets = other.biases
            hasFarOffsets = offsets.count * MemoryLayout<Float>.stride > 1 << 19
            pseudoRatings = side.pseudoRatings
            ownRoots = side.roots
            prior = side.prior
            priorMean = side.prior.mean.map(Float.init)
            fitted = side.link?.fitted
            distinctValues =
                rows.values.distinct.map { ($0 - sampler.mean) * sampler.scale }
                + [Float](repeating: 0, count: 256 - rows.values.distinct.count)
            self.sampler = sampler
            self.random = random
            means = side.means
        }

        /// The row in a lane of a batch; lanes beyond the last row repeat it and are not read.
        private func row(_ batch: Int, _ lane: Int) -> Int {
            min(batch * RowSampler.lanes + lane, rows.rowCount - 1)
        }

        /// Draws up to 16 rows.
        func draw(
            _ batch: Int, _ scratch: BatchScratch, _ residuals: UnsafeMutableBufferPointer<Float>,
            _ biases: UnsafeMutableBufferPointer<Float>
        ) {
            withRatings { ratings in
                for lane in 0..<RowSampler.lanes { sum(row(batch, lane), lane, ratings, scratch) }
            }
            kernel_batch_load_f32(
                scratch.sums, scratch.rightSides, scratch.weights, prior.narrowPrecision, width,
                scratch.matrices, scratch.vectors)
            setMeans(batch, scratch)
            kernel_normals_f32(
                random.bits(UInt64(batch)), width * RowSampler.lanes, scratch.noise)
            (scratch.noise + dimensions * RowSampler.lanes).update(
                repeating: 0, count: (width - dimensions) * RowSampler.lanes)
            kernel_batch_draw_f32(
                scratch.matrices, prior.narrowPrecision, scratch.means, scratch.noise, width,
                scratch.vectors, means == nil ? nil : scratch.expected, scratch.residuals,
                scratch.work)
            kernel_batch_part_f32(scratch.vectors, width, scratch.rightSides)
            for lane in 0..<min(RowSampler.lanes, rows.rowCount - batch * RowSampler.lanes) {
                let row = row(batch, lane)
                let (vector, design) = (target.row(row), ownDesigns.row(row))
                vector.update(from: scratch.rightSides + lane * width, count: width)
                design.update(from: vector, count: width)
                design[0] = 1
                biases[row] = vector[0]
                let pseudo = pseudoRatings.reduce(0) { $0 + $1.residual(of: vector) }
                residuals[row] = (scratch.residuals[lane] - pseudo) / scratch.weights[lane]
            }
            guard let means else { return }
            kernel_batch_part_f32(scratch.expected, width, scratch.rightSides)
            for lane in 0..<min(RowSampler.lanes, rows.rowCount - batch * RowSampler.lanes) {
                means.row(row(batch, lane)).update(
                    from: scratch.rightSides + lane * width, count: width)
            }
        }

        /// Sums what one row's ratings say, each weighed by the other side's precision alone.
        private func sum(
            _ row: Int, _ lane: Int, _ ratings: RatingPointers, _ scratch: BatchScratch
        ) {
            let matrix = scratch.sums + lane * width * width
            let rightSide = scratch.rightSides + lane * width
            matrix.update(repeating: 0, count: width * width)
            rightSide.update(repeating: 0, count: width)
            let weight = sampler.noise * ownRoots[row] * ownRoots[row]
            var squares = ratingSums(row, ratings, matrix, rightSide, scratch)
            for pseudo in pseudoRatings {
                squares += pseudo.add(to: matrix, rightSide, dividedBy: weight)
            }
            scratch.weights[lane] = weight
            scratch.residuals[lane] = weight * squares
        }

        /// Puts the rows' prior means into a batch.
        private func setMeans(_ batch: Int, _ scratch: BatchScratch) {
            if let fitted {
                // The vectors' rows are free between the sums and the draw.
                let rows = scratch.rightSides
                for lane in 0..<RowSampler.lanes {
                    (rows + lane * width).update(from: fitted.row(row(batch, lane)), count: width)
                }
                kernel_batch_join_f32(rows, width, scratch.means)
            } else {
                scratch.means.update(repeating: 0, count: width * RowSampler.lanes)
            }
            for d in 0..<width {
                let own = scratch.means + d * RowSampler.lanes
                for lane in 0..<RowSampler.lanes { own[lane] += priorMean[d] }
            }
        }

        /// Adds a row's ratings to its sums; returns Σ t².
        private func ratingSums(
            _ row: Int, _ ratings: RatingPointers, _ matrix: UnsafeMutablePointer<Float>,
            _ rightSide: UnsafeMutablePointer<Float>, _ scratch: BatchScratch
        ) -> Float {
            var squares: Float = 0
            let entries = rows.range(ofRow: row)
            var first = entries.lowerBound
            while first < entries.upperBound {
                let end = min(first + scratch.entriesAtOnce, entries.upperBound)
                if ratings.codes == nil { standardise(first..<end, scratch) }
                var part = kernel_entries(
                    columns: ratings.columns + first, codes: ratings.codes.map { $0 + first },
                    values: ratings.codes == nil ? UnsafePointer(scratch.values) : ratings.distinct,
                    count: end - first, following: rows.count - end,
                    asks_for_offsets: hasFarOffsets)
                squares += kernel_row_sums_f32(
                    weighted.base, offsets, width, &part, matrix, rightSide)
                first = end
            }
            return squares
        }

        /// Where the ratings of all rows are.
        private struct RatingPointers {
            let columns: UnsafePointer<Int32>
            /// Nil where values are not coded.
            let codes: UnsafePointer<UInt8>?
            let distinct: UnsafePointer<Float>
        }

        private func withRatings(_ body: (RatingPointers) -> Void) {
            rows.columns.withUnsafeBufferPointer { columns in
                rows.values.codes.withUnsafeBufferPointer { codes in
                    distinctValues.withUnsafeBufferPointer { distinct in
                        // Non-nil because somebody trains on ratings, and these are 256 values.
                        guard let column = columns.baseAddress, let value = distinct.baseAddress
                        else { return }
                        body(
                            RatingPointers(
                                columns: column,
                                codes: rows.values.plain.isEmpty ? codes.baseAddress : nil,
                                distinct: value))
                    }
                }
            }
        }

        /// Writes the standardised values of entries to the scratch memory.
        private func standardise(_ entries: Range<Int>, _ scratch: BatchScratch) {
            rows.values.decode(entries, into: scratch.values)
            for k in 0..<entries.count {
                scratch.values[k] = (scratch.values[k] - sampler.mean) * sampler.scale
            }
        }
    }
}
