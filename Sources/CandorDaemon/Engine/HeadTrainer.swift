// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// Trains both heads of a generation with one progress scale.
enum HeadTrainer {
    /// Both heads, trained on the same ratings.
    struct Heads: Sendable {
        let rating: RatingHead
        let ranking: RankingHead
    }

    /// The rating head takes about this part of the time.
    private static let ratingShare = 0.25

    /// Trains on `matrix`; bit-identical at any `threads`.
    ///
    /// `progress` gets 0…1 and a stage, and returns false to cancel.
    static func train(
        _ matrix: RatingMatrix, scale: RatingScale, options: TrainingOptions, threads: Int,
        progress: (Double, String) -> Bool
    ) throws(TrainingError) -> Heads {
        let rating = try RatingTrainer.train(
            matrix, scale: scale, options: options.rating, threads: threads
        ) { progress(ratingShare * $0, "training the rating head") }
        let ranking = try RankingTrainer.train(
            matrix, scale: scale, options: options.ranking, threads: threads
        ) { progress(ratingShare + (1 - ratingShare) * $0, "training the ranking head") }
        return Heads(rating: rating, ranking: ranking)
    }
}
