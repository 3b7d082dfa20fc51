// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Glibc
import Ratings

/// Weights of groups that favour the ones predicted worst: a game against the largest loss.
///
/// Multiplicative weights (Freund & Schapire 1999; group DRO, Sagawa et al. 2020): in each of a few
/// rounds a model is trained under the weights, and group g's weight is multiplied by
/// exp(strength · (loss_g / mean loss − 1)), loss_g being its mean squared error on a tenth of every
/// user's ratings that was held out. What comes out is the mean over the rounds' weights.
struct MinimaxWeights {
    /// How often weights are changed.
    static let rounds = 4
    private static let heldOutShare = 0.1

    /// A weight for each group of `attribute`.
    ///
    /// Trains a small and fast model `rounds` times; `progress` gets 0…1 and returns false to cancel.
    static func learned(
        _ matrix: RatingMatrix, _ groups: GroupWeights, scale: RatingScale, strength: Double,
        seed: UInt64, threads: Int, progress: (Double) -> Bool
    ) throws(TrainingError) -> [Double] {
        let parts = Split.perUser(matrix, heldOut: heldOutShare, seed: seed)
        var options = BayesianOptions.fast
        options.seed = seed
        var weights = [Double](repeating: 1, count: groups.ratings.count)
        var sum = [Double](repeating: 0, count: groups.ratings.count)
        for round in 0..<rounds {
            let head = try BayesianTrainer.train(
                parts.kept, options: options,
                influence: GroupInfluence(weights: groups.ofUsers(weights)), threads: threads
            ) { progress((Double(round) + 0.9 * $0) / Double(rounds)) }
            let metrics = RatingMetrics(
                of: head, train: parts.kept, test: parts.heldOut, scale: scale, threads: threads)
            let losses = groups.losses(
                metrics.users.map { (user: $0.user, count: $0.count, squared: $0.squared) })
            let measured = losses.filter(\.isFinite)
            let mean = measured.reduce(0, +) / Double(max(measured.count, 1))
            for (group, loss) in losses.enumerated() where loss.isFinite && mean > 0 {
                weights[group] *= exp(strength * (loss / mean - 1))
            }
            for group in sum.indices { sum[group] += weights[group] / Double(rounds) }
        }
        return sum
    }
}
