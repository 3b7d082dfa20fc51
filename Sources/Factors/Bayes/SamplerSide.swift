// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// One side of the sampler, users or items: its rows' current draws and what they are drawn from.
final class SamplerSide {
    /// The ratings by this side's rows.
    let rows: SparseRows
    /// Current vectors (bias, factors): rows × width.
    let vectors: FloatTable
    /// The same with 1 in place of the bias.
    let designs: FloatTable
    /// The designs times √(w a_r), which rows so begin with: what the other side's normal equations are
    /// made of.
    let weighted: FloatTable
    /// The bias of each row.
    var biases: [Float]
    /// a_r: how much less noisy than average a row's ratings are; mean 1.
    var precisions: [Float]
    /// √a_r.
    var roots: [Float]
    /// Σ a_c (t − z·v)² over each row's entries, c on the other side.
    var residuals: [Float]
    /// What rows are drawn from.
    var prior: GaussianPrior
    /// Moves the prior mean by the entries; nil for none.
    var link: ImplicitLink?
    /// The means that the vectors were last drawn about; nil to leave them out.
    var means: FloatTable?
    /// √w of how much each row weighs in the other side's equations; empty for 1 each.
    var influence: [Float] = []
    /// Σ w over each row's entries; empty where that is their number.
    var entryWeights: [Double] = []
    /// What every row is rated beside its entries.
    var pseudoRatings: [PseudoRating] = []

    /// A side with vectors of zero and noise like everybody's.
    init(_ rows: SparseRows, dimensions: Int, priorStrength: Double) {
        self.rows = rows
        let width = FactorMatrix.stride(forColumns: dimensions)
        let count = rows.rowCount
        vectors = FloatTable(rowCount: count, width: width)
        designs = FloatTable(rowCount: count, width: width)
        weighted = FloatTable(rowCount: count, width: width)
        biases = [Float](repeating: 0, count: count)
        precisions = [Float](repeating: 1, count: count)
        roots = precisions
        residuals = [Float](repeating: 0, count: count)
        prior = GaussianPrior(strength: priorStrength, dimensions: dimensions)
    }

    /// The number of rows.
    var rowCount: Int { rows.rowCount }
    /// Floats in a row.
    var width: Int { vectors.width }

    /// Brings the weighted designs up to date with designs and precisions.
    func weigh(threads: Int) {
        let (designs, weighted, width) = (designs, weighted, width)
        let weights = influence.isEmpty ? roots : zip(roots, influence).map { $0 * $1 }
        Parallel.forEachChunk(
            of: rowCount, chunk: 512, threads: threads, makeScratch: {},
            body: { range, _ in
                for row in range {
                    let (source, target) = (designs.row(row), weighted.row(row))
                    let root = weights[row]
                    for d in 0..<width { target[d] = root * source[d] }
                }
            })
    }

    /// Draws the prior's mean and precision given the rows, less what the link explains of them.
    func drawPrior(_ wishart: NormalWishart, _ random: CounterRandom, threads: Int) {
        var evidence = NormalWishart.Evidence(
            count: Double(rowCount), sum: [Double](repeating: 0, count: width),
            squares: [Double](repeating: 0, count: width * width))
        Self.accumulate(
            vectors, less: link?.fitted, into: &evidence.sum, &evidence.squares, threads: threads)
        if let link {
            var unused = [Double](repeating: 0, count: width)
            var squares = [Double](repeating: 0, count: width * width)
            Self.accumulate(link.coefficients, less: nil, into: &unused, &squares, threads: threads)
            evidence.linkSquares = squares.map { Double(link.strength) * $0 }
            evidence.linkCount = Double(link.coefficients.rowCount)
        }
        prior = wishart.draw(evidence, random)
    }

    /// Σ rows and Σ row·rowᵀ of `table − offset`: blocks of 256 rows in single precision, summed in
    /// block order in double.
    private static func accumulate(
        _ table: FloatTable, less offset: FloatTable?, into sum: inout [Double],
        _ squares: inout [Double], threads: Int
    ) {
        let width = table.width
        let blockRows = 256
        Parallel.forEachInOrder(
            count: (table.rowCount + blockRows - 1) / blockRows, threads: threads,
            of: { block in
                let first = block * blockRows
                let count = min(blockRows, table.rowCount - first)
                let rows = FloatTable(rowCount: count, width: width)
                var sums = [Float](repeating: 0, count: width + width * width)
                sums.withUnsafeMutableBufferPointer { sums in
                    // Non-nil because the width is above zero.
                    guard let sum = sums.baseAddress else { return }
                    for row in 0..<count {
                        let (source, target) = (table.row(first + row), rows.row(row))
                        target.update(from: source, count: width)
                        if let offset {
                            let other = offset.row(first + row)
                            for d in 0..<width { target[d] -= other[d] }
                        }
                        for d in 0..<width { sum[d] += target[d] }
                    }
                    kernel_add_gram_f32(rows.base, count, width, sum + width)
                }
                return sums
            }
        ) { block in
            for d in 0..<width { sum[d] += Double(block[d]) }
            for place in 0..<width * width { squares[place] += Double(block[width + place]) }
        }
    }

    /// Draws each row's precision a_r given its residuals, then scales them to mean 1.
    ///
    /// a_r ~ Gamma(ν/2, rate b) with b ~ Gamma(rows · ν/2 + 1, Σ a_r); `noise` is α.
    func drawPrecisions(
        shape: Double, noise: Double, _ random: CounterRandom, threads: Int
    ) {
        let total = precisions.reduce(0.0) { $0 + Double($1) }
        let rate = random.source(.max).gamma(shape: Double(rowCount) * shape / 2 + 1) / total
        let (rows, residuals, entryWeights) = (rows, residuals, entryWeights)
        let drawn = Parallel.map(count: rowCount, chunk: 256, threads: threads) { row in
            let entries =
                entryWeights.isEmpty ? Double(rows.range(ofRow: row).count) : entryWeights[row]
            let half = (shape + entries) / 2
            return random.source(UInt64(row)).gamma(shape: half)
                / (rate + noise * Double(residuals[row]) / 2)
        }
        let mean = drawn.reduce(0, +) / Double(max(rowCount, 1))
        precisions = drawn.map { Float($0 / mean) }
        roots = precisions.map { $0.squareRoot() }
    }
}
