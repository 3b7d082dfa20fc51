// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// Moves the prior mean of a side's rows by which of the other side's rows they met.
///
/// Row r's prior mean becomes m + Bᵀx_r, x_r = n_r^(−½) times the indicator of its n_r entries, with
/// b_f ~ N(0, (λΛ)⁻¹) for each feature f (Macau: Simm et al. 2017, §3; the idea of implicit feedback
/// sets is SVD++'s, Koren 2008). B is drawn by noise injection: (XᵀX + λI)B = Xᵀ(V − m + E₁) + E₂,
/// rows of E₁ from N(0, Λ⁻¹), of E₂ from N(0, λΛ⁻¹). XᵀX + λI, or XXᵀ + λI where that is smaller, is
/// factored once.
final class ImplicitLink {
    /// The sizes up to which a factor is kept: at most 576 MiB.
    static let largestFactor = 12_288

    /// λ.
    let strength: Float
    /// B: features × width.
    let coefficients: FloatTable
    /// Bᵀx_r: rows × width; zero for rows without entries.
    let fitted: FloatTable
    /// n_r^(−½); 0 without entries.
    let scales: [Float]

    private let rows: SparseRows
    private let transposed: SparseRows
    private let factor: SymmetricFactor
    private let isDual: Bool
    private let rowScratch: FloatTable
    private let featureScratch: FloatTable

    /// Prepares the link of `rows` to their columns; nil when both sides are too many for it.
    ///
    /// O(Σ n² + min(rows, features)³).
    init?(
        _ rows: SparseRows, transposed: SparseRows, strength: Double, width: Int, threads: Int
    ) {
        let size = min(rows.rowCount, transposed.rowCount)
        guard size <= Self.largestFactor, size > 0 else { return nil }
        self.strength = Float(strength)
        self.rows = rows
        self.transposed = transposed
        scales = (0..<rows.rowCount).map { row in
            let count = rows.range(ofRow: row).count
            return count > 0 ? 1 / Float(count).squareRoot() : 0
        }
        isDual = rows.rowCount < transposed.rowCount
        let gram =
            isDual
            ? Self.dualMatrix(rows, transposed, scales, self.strength, threads)
            : SparseGram.matrix(
                rows, transposed: transposed, squaredScales: scales.map { $0 * $0 },
                ridge: self.strength, threads: threads)
        factor = SymmetricFactor(gram, threads: threads)
        coefficients = FloatTable(rowCount: transposed.rowCount, width: width)
        fitted = FloatTable(rowCount: rows.rowCount, width: width)
        rowScratch = FloatTable(rowCount: rows.rowCount, width: width)
        featureScratch = FloatTable(rowCount: transposed.rowCount, width: width)
    }

    /// XXᵀ + λI: counts of common entries, scaled on both sides.
    private static func dualMatrix(
        _ rows: SparseRows, _ transposed: SparseRows, _ scales: [Float], _ strength: Float,
        _ threads: Int
    ) -> FloatTable {
        let gram = SparseGram.matrix(
            transposed, transposed: rows,
            squaredScales: [Float](repeating: 1, count: transposed.rowCount), ridge: 0,
            threads: threads)
        for row in 0..<gram.rowCount {
            for other in row..<gram.rowCount { gram.row(row)[other] *= scales[row] * scales[other] }
            gram.row(row)[row] += strength
        }
        return gram
    }

    /// Draws B given the rows' vectors and prior, and fits all rows.
    func draw(
        _ vectors: FloatTable, _ prior: GaussianPrior, _ random: CounterRandom, threads: Int
    ) {
        noisyResiduals(vectors, prior, random.source(0), threads: threads)
        featureSums(of: rowScratch, into: featureScratch, threads: threads)
        addFeatureNoise(prior, random.source(1), threads: threads)
        if isDual {
            rowSums(of: featureScratch, into: rowScratch, threads: threads)
            factor.solve(rowScratch, threads: threads)
            fitted.base.update(from: rowScratch.base, count: fitted.rowCount * fitted.width)
            scaleRows(of: fitted, into: rowScratch)
            featureSums(of: rowScratch, into: coefficients, threads: threads)
            let inverseStrength = 1 / strength
            for place in 0..<coefficients.rowCount * coefficients.width {
                coefficients.base[place] =
                    (featureScratch.base[place] - coefficients.base[place]) * inverseStrength
            }
        } else {
            coefficients.base.update(
                from: featureScratch.base, count: coefficients.rowCount * coefficients.width)
            factor.solve(coefficients, threads: threads)
            rowSums(of: coefficients, into: fitted, threads: threads)
        }
    }

    /// n_r^(−½)(v_r − m + e_r), e_r ~ N(0, Λ⁻¹), into `rowScratch`.
    private func noisyResiduals(
        _ vectors: FloatTable, _ prior: GaussianPrior, _ random: CounterRandom, threads: Int
    ) {
        let width = vectors.width
        let mean = prior.mean.map(Float.init)
        let target = rowScratch
        forEachNoisyRow(rowScratch.rowCount, width, prior, random, threads: threads) {
            [scales] row, noise in
            let scale = scales[row]
            let (own, result) = (vectors.row(row), target.row(row))
            for d in 0..<width { result[d] = scale * (own[d] - mean[d] + noise[d]) }
        }
    }

    /// Adds √λ e_f, e_f ~ N(0, Λ⁻¹), to `featureScratch`.
    private func addFeatureNoise(
        _ prior: GaussianPrior, _ random: CounterRandom, threads: Int
    ) {
        let width = featureScratch.width
        let root = strength.squareRoot()
        let target = featureScratch
        forEachNoisyRow(target.rowCount, width, prior, random, threads: threads) { row, noise in
            let result = target.row(row)
            for d in 0..<width { result[d] += root * noise[d] }
        }
    }

    /// Calls `body` with each row's draw from N(0, Λ⁻¹), 16 rows at a time.
    private func forEachNoisyRow(
        _ count: Int, _ width: Int, _ prior: GaussianPrior, _ random: CounterRandom, threads: Int,
        _ body: @escaping @Sendable (Int, UnsafeMutablePointer<Float>) -> Void
    ) {
        Parallel.forEachChunk(
            of: (count + 15) / 16, chunk: 4, threads: threads,
            makeScratch: { FloatTable(rowCount: 32, width: width) },
            body: { range, scratch in
                for group in range {
                    kernel_normals_f32(random.bits(UInt64(group)), 16 * width, scratch.base)
                    let noise = scratch.row(16)
                    noise.update(repeating: 0, count: 16 * width)
                    prior.noiseFactor.withUnsafeBufferPointer { factor in
                        guard let factor = factor.baseAddress else { return }
                        kernel_add_product_f32(
                            scratch.base, width, 1, factor, width, noise, width, 16, width, width)
                    }
                    for row in group * 16..<min(group * 16 + 16, count) {
                        body(row, scratch.row(16 + row - group * 16))
                    }
                }
            })
    }

    /// Σ over the rows that have each feature.
    private func featureSums(of source: FloatTable, into target: FloatTable, threads: Int) {
        Self.sums(transposed, of: source, into: target, threads: threads)
    }

    /// n_r^(−½) Σ over each row's features.
    private func rowSums(of source: FloatTable, into target: FloatTable, threads: Int) {
        Self.sums(rows, of: source, into: target, threads: threads)
        scaleRows(of: target, into: target)
    }

    private static func sums(
        _ rows: SparseRows, of source: FloatTable, into target: FloatTable, threads: Int
    ) {
        Parallel.forEachChunk(
            of: rows.rowCount, chunk: 32, threads: threads, makeScratch: {},
            body: { range, _ in
                rows.columns.withUnsafeBufferPointer { columns in
                    // Non-nil because there is at least one rating.
                    guard let start = columns.baseAddress else { return }
                    for row in range {
                        let entries = rows.range(ofRow: row)
                        kernel_sum_rows_f32(
                            source.base, source.width, start + entries.lowerBound, entries.count,
                            target.row(row))
                    }
                }
            })
    }

    private func scaleRows(of source: FloatTable, into target: FloatTable) {
        let width = source.width
        for row in 0..<source.rowCount {
            let scale = scales[row]
            for d in 0..<width { target.row(row)[d] = scale * source.row(row)[d] }
        }
    }
}
