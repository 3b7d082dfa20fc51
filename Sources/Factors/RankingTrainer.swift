// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Trains the ranking head by implicit alternating least squares with graded weights.
///
/// Minimizes Σ_rated w(r)(1 − x_u·y_i)² + α₀ Σ_all c_u (x_u·y_i)² + λ Σ_users (n + c_u α₀N)|x_u|² +
/// λ Σ_items (n + α₀M)|y_i|², N being the number of rated items, M that of users with ratings and c_u
/// their activity (`RankingHead.activity`), one side exactly at a time (Hu, Koren & Volinsky 2008;
/// Rendle et al. 2021). O(sweeps · (ratings · factors² + rows · factors³)). Same ratings, options
/// and seed give the same bits at any thread count.
public enum RankingTrainer {
    /// Trains on all of `matrix`.
    ///
    /// `influence` says how groups of users count for the items, where the contrasts' rank-one terms are
    /// those of ratings of weight 1. `progress` gets the finished part, 0…1, on the calling thread and
    /// returns false to cancel.
    /// Items without ratings are left at zero. Throws when there is no rating or an option is out
    /// of range.
    public static func train(
        _ matrix: RatingMatrix, scale: RatingScale, options: RankingHeadOptions = .init(),
        influence: GroupInfluence = .none, threads: Int = 1,
        progress: (Double) -> Bool = { _ in true }
    ) throws(TrainingError) -> RankingHead {
        try check(options)
        guard matrix.count > 0 else { throw .noRatings }
        let users = userSide(matrix, scale, options, influence.weights)
        let items = itemSide(matrix, scale, options)
        var itemFactors = start(items.rows, options)
        var userFactors = FactorMatrix(
            rowCount: matrix.userCount, columnCount: options.factors)
        for sweep in 0..<options.sweeps {
            guard progress(Double(2 * sweep) / Double(2 * options.sweeps)) else { throw .cancelled }
            users.solve(
                against: itemFactors, items, options, into: &userFactors, threads: threads)
            guard progress(Double(2 * sweep + 1) / Double(2 * options.sweeps)) else {
                throw .cancelled
            }
            items.solve(
                against: userFactors, users, options, extra: parity(userFactors, influence),
                into: &itemFactors, threads: threads)
        }
        guard itemFactors.isFinite else { throw .notFinite }
        guard progress(1) else { throw .cancelled }
        return RankingHead(
            itemFactors: itemFactors, ratedItemCount: items.ratedCount,
            meanActivity: meanActivity(matrix.byUser, options), scale: scale, options: options)
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
        guard options.hasUsableActivityExponent else {
            throw .invalidOption(name: "activityExponent", expected: "0, 0.25, 0.5, 0.75 or 1")
        }
        guard options.ratingWeights.count == 5,
            options.ratingWeights.allSatisfy({ $0 >= 0 && $0 <= 1e6 })
        else {
            throw .invalidOption(name: "ratingWeights", expected: "five numbers of 0…1000000")
        }
    }

    /// Users, whose equations are divided by their activity, so that one α₀YᵀY serves them all.
    private static func userSide(
        _ matrix: RatingMatrix, _ scale: RatingScale, _ options: RankingHeadOptions,
        _ weights: [Float]
    ) -> RankingSide {
        let mean = meanActivity(matrix.byUser, options)
        return RankingSide(
            matrix.byUser, weight: { RankingHead.weight(of: $0, on: scale, options) },
            activity: { options.activity(ratingCount: $0) / mean }, influence: weights)
    }

    /// μ Σ δδᵀ over the contrasts; empty for none.
    static func parity(_ users: FactorMatrix, _ influence: GroupInfluence) -> [Float] {
        guard influence.parityStrength > 0, !influence.contrasts.isEmpty else { return [] }
        let width = users.stride
        var sum = [Double](repeating: 0, count: width * width)
        users.storage.withUnsafeBufferPointer { storage in
            // Non-nil because there are users where there are ratings.
            guard let base = storage.baseAddress else { return }
            for contrast in influence.contrasts {
                let difference = contrast.difference(width: width) { base + $0 * width }
                for row in 0..<width {
                    for column in 0..<width {
                        sum[row * width + column] += difference[row] * difference[column]
                    }
                }
            }
        }
        return sum.map { Float(influence.parityStrength * $0) }
    }

    private static func itemSide(
        _ matrix: RatingMatrix, _ scale: RatingScale, _ options: RankingHeadOptions
    ) -> RankingSide {
        RankingSide(matrix.byItem, weight: { RankingHead.weight(of: $0, on: scale, options) })
    }

    /// The mean of n^activityExponent over users with ratings.
    private static func meanActivity(_ rows: SparseRows, _ options: RankingHeadOptions) -> Double {
        let counts = rows.counts.filter { $0 > 0 }
        return counts.reduce(0) { $0 + options.activity(ratingCount: $1) } / Double(counts.count)
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
}
