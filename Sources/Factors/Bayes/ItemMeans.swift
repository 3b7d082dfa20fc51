// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// How much better than average an item is rated by those who rate it: what somebody of whom nothing
/// is known is best told.
///
/// Not the bias of a model, which is about all users: those who rate an item chose it.
enum ItemMeans {
    /// How many ratings the features' word is worth.
    private static let priorStrength = 5.0

    /// For each item (Σ (r − μ)/σ + k·g)/(n + k).
    ///
    /// g is what a regression on the items' features and the logarithm of their number of ratings
    /// expects. O(ratings + items · features²).
    static func standardised(
        _ byItem: SparseRows, _ moments: RatingMoments, _ features: ItemFeatures
    ) -> [Float] {
        let counts = byItem.counts.map(Double.init)
        let sums = (0..<byItem.rowCount).map { item in
            byItem.range(ofRow: item).reduce(0.0) {
                $0 + (Double(byItem.values[$1]) - moments.mean) / moments.deviation
            }
        }
        let logarithms = counts.filter { $0 > 0 }.map { CounterRandom.naturalLogarithm(1 + $0) }
        // Of an item without ratings it is not known how many it will have.
        let usual = logarithms.reduce(0, +) / Double(max(logarithms.count, 1))
        let regression = RidgeRegression(
            features.adding(
                counts.map { $0 > 0 ? CounterRandom.naturalLogarithm(1 + $0) : usual }),
            targets: { [sums[$0] / counts[$0]] }, targetCount: 1,
            weights: counts.map { $0 / ($0 + priorStrength) })
        return counts.indices.map { item in
            let expected = regression.prediction(of: item)[0]
            return Float(
                (sums[item] + priorStrength * expected) / (counts[item] + priorStrength))
        }
    }
}
