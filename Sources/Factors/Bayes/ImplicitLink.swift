// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// Moves the prior mean of a side's rows by which of the other side's rows they met.
///
/// Row r's prior mean becomes m + Bᵀx_r, x_r = n_r^(−½) times the indicator of its n_r entries, with
/// b_f ~ N(0, (λΛ)⁻¹) for each feature f (Macau: Simm et al. 2017, §3; the idea of implicit feedback
/// sets is SVD++'s, Koren 2008). B is drawn by noise injection: (XᵀX + λI)B = Xᵀ(V − m + E₁) + E₂,
/// rows of E₁ from N(0, Λ⁻¹), of E₂ from N(0, λΛ⁻¹). XᵀX + λI, or XXᵀ + λI where that is smaller, is
/// inverted once, or solved by conjugate gradients where both are large.
final class ImplicitLink {
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
    private let solver: Solver
    private let rowScratch: FloatTable
    private let featureScratch: FloatTable

    /// How B is solved for.
    private enum Solver {
        /// By the inverse of XᵀX + λI.
        case primal(FloatTable)
        /// By the inverse of XXᵀ + λI, where there are fewer rows than features.
        case dual(FloatTable)
        /// Without an inverse, where both sides are large: from the last draw on.
        case iterative(ConjugateGradients)
    }

    /// Prepares the link of `rows` to their columns.
    ///
    /// O(Σ n² + min(rows, features)³), or O(ratings) where both are above `inverseMax`.
    init(
        _ rows: SparseRows, transposed: SparseRows, strength: Double, width: Int, threads: Int,
        inverseMax: Int = BayesianOptions.linkInverseMax
    ) {
        self.strength = Float(strength)
        self.rows = rows
        self.transposed = transposed
        scales = (0..<rows.rowCount).map { row in
            let count = rows.range(ofRow: row).count
            return count > 0 ? 1 / Float(count).squareRoot() : 0
        }
        solver = Self.solver(
            rows, transposed, scales, self.strength, inverseMax: inverseMax, threads: threads)
        coefficients = FloatTable(rowCount: transposed.rowCount, width: width)
        fitted = FloatTable(rowCount: rows.rowCount, width: width)
        rowScratch = FloatTable(rowCount: rows.rowCount, width: width)
        featureScratch = FloatTable(rowCount: transposed.rowCount, width: width)
    }

    private static func solver(
        _ rows: SparseRows, _ transposed: SparseRows, _ scales: [Float], _ strength: Float,
        inverseMax: Int, threads: Int
    ) -> Solver {
        let squares = scales.map { $0 * $0 }
        if min(rows.rowCount, transposed.rowCount) > inverseMax {
            let diagonal = (0..<transposed.rowCount).map { feature in
                transposed.range(ofRow: feature).reduce(strength) {
                    $0 + squares[Int(transposed.columns[$1])]
                }
            }
            return .iterative(
                ConjugateGradients(inverseDiagonal: diagonal.map { 1 / $0 }, threads: threads))
        }
        if rows.rowCount < transposed.rowCount {
            let gram = dualMatrix(rows, transposed, scales, strength, threads)
            SymmetricInverse.invert(gram, threads: threads)
            return .dual(gram)
        }
        let gram = SparseGram.matrix(
            rows, transposed: transposed, squaredScales: squares, ridge: strength,
            threads: threads)
        SymmetricInverse.invert(gram, threads: threads)
        return .primal(gram)
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
        switch solver {
        case .dual(let inverse):
            rowSums(of: featureScratch, into: rowScratch, threads: threads)
            Self.multiply(inverse, rowScratch, into: fitted, threads: threads)
            scaleRows(of: fitted, into: rowScratch)
            featureSums(of: rowScratch, into: coefficients, threads: threads)
            let inverseStrength = 1 / strength
            for place in 0..<coefficients.rowCount * coefficients.width {
                coefficients.base[place] =
                    (featureScratch.base[place] - coefficients.base[place]) * inverseStrength
            }
        case .primal(let inverse):
            Self.multiply(inverse, featureScratch, into: coefficients, threads: threads)
            rowSums(of: coefficients, into: fitted, threads: threads)
        case .iterative(let gradients):
            gradients.solve(featureScratch, into: coefficients) { source, target in
                rowSums(of: source, into: rowScratch, threads: threads)
                scaleRows(of: rowScratch, into: rowScratch)
                featureSums(of: rowScratch, into: target, threads: threads)
                for place in 0..<target.rowCount * target.width {
                    target.base[place] += strength * source.base[place]
                }
            }
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

    /// inverse · source.
    private static func multiply(
        _ inverse: FloatTable, _ source: FloatTable, into target: FloatTable, threads: Int
    ) {
        let size = inverse.rowCount
        Parallel.forEachChunk(
            of: (size + 7) / 8, chunk: 4, threads: threads, makeScratch: {},
            body: { range, _ in
                let rows = range.lowerBound * 8..<min(range.upperBound * 8, size)
                target.row(rows.lowerBound).update(
                    repeating: 0, count: rows.count * target.width)
                kernel_add_product_f32(
                    inverse.row(rows.lowerBound), inverse.width, 1, source.base, source.width,
                    target.row(rows.lowerBound), target.width, rows.count, size, source.width)
            })
    }
}
