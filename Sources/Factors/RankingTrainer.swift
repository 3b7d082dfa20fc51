// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
public import Ratings

/// Trains the ranking head by implicit alternating least squares with graded weights.
///
/// Minimizes Σ_rated w(r)(1 − x_u·y_i)² + α₀ Σ_all (x_u·y_i)² + λ Σ_rows (n + α₀N)|row|², N being the
/// number of rated rows on the other side, one side exactly at a time (Hu, Koren & Volinsky 2008;
/// Rendle et al. 2021). O(sweeps · (ratings · factors² + rows · factors³)). Same ratings, options
/// and seed give the same bits at any thread count.
public enum RankingTrainer {
    /// Trains on all of `matrix`.
    ///
    /// `progress` gets the finished part, 0…1, on the calling thread and returns false to cancel.
    /// Items without ratings are left at zero. Throws when there is no rating or an option is out
    /// of range.
    public static func train(
        _ matrix: RatingMatrix, scale: RatingScale, options: RankingHeadOptions = .init(),
        threads: Int = 1, progress: (Double) -> Bool = { _ in true }
    ) throws(TrainingError) -> RankingHead {
        try check(options)
        guard matrix.count > 0 else { throw .noRatings }
        let byUser = rootWeights(matrix.byUser, scale, options)
        let byItem = rootWeights(matrix.byItem, scale, options)
        let ratedUsers = ratedRowCount(byUser)
        let ratedItems = ratedRowCount(byItem)
        var items = start(byItem, options)
        for sweep in 0..<options.sweeps {
            guard progress(Double(2 * sweep) / Double(2 * options.sweeps)) else { throw .cancelled }
            let users = solve(
                byUser, against: items, ratedOthers: ratedItems, options, threads: threads)
            guard progress(Double(2 * sweep + 1) / Double(2 * options.sweeps)) else {
                throw .cancelled
            }
            items = solve(
                byItem, against: users, ratedOthers: ratedUsers, options, threads: threads)
        }
        guard items.isFinite else { throw .notFinite }
        guard progress(1) else { throw .cancelled }
        return RankingHead(
            itemFactors: items, ratedItemCount: ratedItems, scale: scale, options: options)
    }

    private static func check(_ options: RankingHeadOptions) throws(TrainingError) {
        guard (1...1024).contains(options.factors) else {
            throw .invalidOption(name: "factors", expected: "1…1024")
        }
        guard (1...10_000).contains(options.sweeps) else {
            throw .invalidOption(name: "sweeps", expected: "1…10000")
        }
        guard options.regularization >= 1e-6, options.regularization <= 1e6 else {
            throw .invalidOption(name: "regularization", expected: "0.000001…1000000")
        }
        guard options.unobservedWeight >= 0, options.unobservedWeight <= 1e3 else {
            throw .invalidOption(name: "unobservedWeight", expected: "0…1000")
        }
        guard options.ratingWeights.count == 5,
            options.ratingWeights.allSatisfy({ $0 >= 0 && $0 <= 1e6 })
        else {
            throw .invalidOption(name: "ratingWeights", expected: "five numbers of 0…1000000")
        }
    }

    /// The same rows with √w(r) in place of each rating.
    private static func rootWeights(
        _ rows: SparseRows, _ scale: RatingScale, _ options: RankingHeadOptions
    ) -> SparseRows {
        rows.mappingValues { rating in
            Float(RankingHead.weight(of: rating, on: scale, options).squareRoot())
        }
    }

    private static func ratedRowCount(_ rows: SparseRows) -> Int {
        (0..<rows.rowCount).count { !rows.range(ofRow: $0).isEmpty }
    }

    private static func start(_ byItem: SparseRows, _ options: RankingHeadOptions) -> FactorMatrix {
        var rows = FactorMatrix(rowCount: byItem.rowCount, columnCount: options.factors)
        let amplitude = 0.1 / Double(options.factors).squareRoot()
        for item in 0..<byItem.rowCount where !byItem.range(ofRow: item).isEmpty {
            let random = CounterRandom(seed: options.seed, stream: UInt64(item))
            for factor in 0..<options.factors {
                rows[item, factor] = Float(amplitude * random.normal(UInt64(factor)))
            }
        }
        return rows
    }

    private static func solve(
        _ rows: SparseRows, against other: FactorMatrix, ratedOthers: Int,
        _ options: RankingHeadOptions, threads: Int
    ) -> FactorMatrix {
        let lambda = Float(options.regularization)
        let constant = Float(options.unobservedWeight * Double(ratedOthers))
        let solver = RowSolver(
            rows: rows, designs: other,
            prior: gramian(other, times: options.unobservedWeight, threads: threads),
            diagonal: { count in
                let ridge = lambda * (Float(count) + constant)
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

    /// factor · YᵀY: blocks of 256 rows in single precision, summed in block order in double.
    private static func gramian(
        _ matrix: FactorMatrix, times factor: Double, threads: Int
    ) -> [Float] {
        let blockRows = 256
        let width = matrix.stride
        let blocks = Parallel.map(
            count: (matrix.rowCount + blockRows - 1) / blockRows, chunk: 1, threads: threads
        ) { block in
            var sum = [Float](repeating: 0, count: width * width)
            let first = block * blockRows
            matrix.storage.withUnsafeBufferPointer { table in
                // Non-nil because there is a block only where there are rows.
                guard let rows = table.baseAddress else { return }
                kernel_add_gram_f32(
                    rows + first * width, min(blockRows, matrix.rowCount - first), width, &sum)
            }
            return sum
        }
        var total = [Double](repeating: 0, count: width * width)
        for block in blocks {
            for place in total.indices { total[place] += Double(block[place]) }
        }
        return total.map { Float(factor * $0) }
    }
}
