// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// Users or items as the ranking head's training sees them: one side of its alternation.
///
/// Row r with n entries and activity c solves, divided by c,
/// (Σ w z zᵀ + c α₀ Σ_s c_s z_s z_sᵀ + λ(n + c α₀N) I) x = Σ w z against the other side's rows z_s of
/// activities c_s, N being how many of those have entries.
struct RankingSide {
    /// The entries of each row, with √(w / c) for values.
    let rows: SparseRows
    /// The number of rows with entries.
    let ratedCount: Int
    /// c of a row with so many entries.
    private let activity: @Sendable (_ entryCount: Int) -> Double

    /// Weighs all entries of `source`; `weight` gets an entry and its row's activity and returns w / c.
    init(
        _ source: SparseRows, activities: @escaping @Sendable (_ entryCount: Int) -> Double,
        weight: (_ entry: Int, _ activity: Double) -> Double
    ) {
        var values = [Float](repeating: 0, count: source.values.count)
        for row in 0..<source.rowCount {
            let entries = source.range(ofRow: row)
            let activity = activities(entries.count)
            for entry in entries { values[entry] = Float(weight(entry, activity).squareRoot()) }
        }
        rows = SparseRows(
            columnCount: source.columnCount, offsets: source.offsets, columns: source.columns,
            values: values)
        ratedCount = (0..<source.rowCount).count { !source.range(ofRow: $0).isEmpty }
        activity = activities
    }

    /// This side's rows, solved against those of `other`.
    func solve(
        against factors: FactorMatrix, _ other: RankingSide, _ options: RankingHeadOptions,
        threads: Int
    ) -> FactorMatrix {
        let constant = options.unobservedWeight * Double(other.ratedCount)
        let activity = activity
        let solver = RowSolver(
            rows: rows, designs: factors,
            prior: other.gramian(factors, times: options.unobservedWeight, threads: threads),
            diagonal: { count in
                let ridge = Float(
                    options.regularization * (Double(count) / activity(count) + constant))
                return (ridge, ridge)
            },
            fill: { entries, scales, targets in
                // The target is 1, so √w·t is √w too.
                for (k, entry) in entries.enumerated() {
                    scales[k] = rows.values[entry]
                    targets[k] = rows.values[entry]
                }
            })
        return solver.solve(threads: threads)
    }

    /// factor · Σ c_s z_s z_sᵀ over this side's rows: blocks of 256 in single precision, summed in
    /// block order in double.
    private func gramian(_ factors: FactorMatrix, times factor: Double, threads: Int) -> [Float] {
        let blockRows = 256
        let width = factors.stride
        let blocks = Parallel.map(
            count: (factors.rowCount + blockRows - 1) / blockRows, chunk: 1, threads: threads
        ) { block in
            let block = block * blockRows..<min((block + 1) * blockRows, factors.rowCount)
            let roots = block.map {
                Float(activity(rows.range(ofRow: $0).count).squareRoot())
            }
            var packed = [Float](repeating: 0, count: block.count * width)
            var unused = [Float](repeating: 0, count: width)
            var sum = [Float](repeating: 0, count: width * width)
            kernel_pack_f32(
                factors.storage, width, block.map(Int32.init), roots, roots, block.count, &packed,
                &unused)
            kernel_add_gram_f32(packed, block.count, width, &sum)
            return sum
        }
        var total = [Double](repeating: 0, count: width * width)
        for block in blocks {
            for place in total.indices { total[place] += Double(block[place]) }
        }
        return total.map { Float(factor * $0) }
    }
}
