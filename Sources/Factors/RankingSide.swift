// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// Users or items as the ranking head's training sees them: one side of its alternation.
///
/// Row r with n entries and activity c solves, divided by c,
/// (Σ w z zᵀ + c α₀ Σ_s c_s z_s z_sᵀ + λ(n + c α₀N) I) x = Σ w z against the other side's rows z_s of
/// activities c_s, N being how many of those have entries.
struct RankingSide {
    /// The ratings of each row.
    let rows: SparseRows
    /// The number of rows with entries.
    let ratedCount: Int
    /// w of a rating.
    private let weight: @Sendable (_ rating: Float) -> Double
    /// c of a row with so many entries.
    private let activity: @Sendable (_ entryCount: Int) -> Double
    /// How much each row weighs in the other side's equations; empty for 1 each.
    private let influence: [Float]

    /// Weighs the entries of `rows`, which it keeps, by their ratings.
    init(
        _ rows: SparseRows, weight: @escaping @Sendable (_ rating: Float) -> Double,
        activity: @escaping @Sendable (_ entryCount: Int) -> Double = { _ in 1 },
        influence: [Float] = []
    ) {
        precondition(influence.isEmpty || influence.count == rows.rowCount, "a weight a row")
        self.influence = influence
        self.rows = rows
        self.weight = weight
        self.activity = activity
        ratedCount = (0..<rows.rowCount).count { !rows.range(ofRow: $0).isEmpty }
    }

    /// Replaces `solutions` by this side's rows, solved against the `factors` of `other`, with `extra`
    /// (stride × stride, or empty) added to every row's matrix.
    func solve(
        against factors: FactorMatrix, _ other: RankingSide, _ options: RankingHeadOptions,
        extra: [Float] = [], into solutions: inout FactorMatrix, threads: Int
    ) {
        let constant = options.unobservedWeight * Double(other.ratedCount)
        let (rows, weight, activity) = (rows, weight, activity)
        let influence = other.influence
        var prior = other.gramian(factors, times: options.unobservedWeight, threads: threads)
        for place in extra.indices { prior[place] += extra[place] }
        let solver = RowSolver(
            rows: rows, designs: factors,
            prior: prior,
            ridge: { count in
                Float(options.regularization * (Double(count) / activity(count) + constant))
            },
            fill: { entries, rowCount, scales, targets in
                let share = 1 / activity(rowCount)
                Self.decode(rows.values, entries, into: scales) { rating in
                    Float((weight(rating) * share).squareRoot())
                }
                if !influence.isEmpty {
                    for (k, entry) in entries.enumerated() {
                        scales[k] *= influence[Int(rows.columns[entry])].squareRoot()
                    }
                }
                // The target is 1, so √w·t is √w too.
                targets.update(from: scales, count: entries.count)
            })
        solver.solve(into: &solutions, threads: threads)
    }

    /// Writes what `transform` makes of the values of `entries`, once for each different value where
    /// those are fewer.
    private static func decode(
        _ values: RatingValues, _ entries: Range<Int>, into target: UnsafeMutablePointer<Float>,
        _ transform: (Float) -> Float
    ) {
        let distinct = values.distinct
        guard !distinct.isEmpty, distinct.count < entries.count else {
            for (k, entry) in entries.enumerated() { target[k] = transform(values[entry]) }
            return
        }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 256) { table in
            // Codes beyond the last value, which there are none of, would read zeros.
            table.initialize(repeating: 0)
            for (code, value) in distinct.enumerated() { table[code] = transform(value) }
            values.codes.withUnsafeBufferPointer { codes in
                // Non-nil because there are entries.
                guard let codes = codes.baseAddress, let table = table.baseAddress else { return }
                kernel_decode_f32(codes + entries.lowerBound, table, entries.count, target)
            }
        }
    }

    /// factor · Σ c_s z_s z_sᵀ over this side's rows: blocks of 256 in single precision, summed in
    /// block order in double.
    private func gramian(_ factors: FactorMatrix, times factor: Double, threads: Int) -> [Float] {
        let blockRows = 256
        let width = factors.stride
        var total = [Double](repeating: 0, count: width * width)
        Parallel.forEachInOrder(
            count: (factors.rowCount + blockRows - 1) / blockRows, threads: threads,
            of: { block in
                let block = block * blockRows..<min((block + 1) * blockRows, factors.rowCount)
                let roots = block.map { row in
                    let weight = influence.isEmpty ? 1 : Double(influence[row])
                    return Float((weight * activity(rows.range(ofRow: row).count)).squareRoot())
                }
                var packed = [Float](repeating: 0, count: block.count * width)
                var unused = [Float](repeating: 0, count: width)
                var sum = [Float](repeating: 0, count: width * width)
                kernel_pack_f32(
                    factors.storage, width, block.map(Int32.init), roots, roots, block.count,
                    &packed, &unused)
                kernel_add_gram_f32(packed, block.count, width, &sum)
                return sum
            }
        ) { block in
            for place in total.indices { total[place] += Double(block[place]) }
        }
        return total.map { Float(factor * $0) }
    }
}
