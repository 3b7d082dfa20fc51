// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Trust

/// Trains both heads of a generation with one progress scale.
enum HeadTrainer {
    /// Both heads, trained on the same ratings.
    struct Heads: Sendable {
        let rating: any ServableHead
        let ranking: any ServableHead
        /// Whether the rating head also ranks.
        var isOne = false

        /// The heads whose user vectors an audit looks at, each once.
        var audited: [AuditSubject.Head] {
            let rating = AuditSubject.Head(name: "rating", head: rating)
            return isOne ? [rating] : [rating, .init(name: "ranking", head: ranking)]
        }
    }

    /// The rating head takes about this part of the time when it is the one trained for accuracy.
    private static let accurateShare = 0.8
    /// The same for any other rating model.
    private static let quickShare = 0.3

    /// The part of the time that finding the groups' weights takes, where that is to be done.
    private static let weighingShare = 0.3

    /// Trains on `matrix`, whose items and users `items` and `users` describe; bit-identical at any
    /// `threads`.
    ///
    /// `progress` gets 0…1 and a stage, and returns false to cancel.
    static func train(
        _ matrix: RatingMatrix, items: Catalogue, users: UserTable, scale: RatingScale,
        options: TrainingOptions, threads: Int, progress: (Double, String) -> Bool
    ) throws(TrainingError) -> Heads {
        guard let mitigation = options.mitigation else {
            return try train(
                matrix, items: items, scale: scale, options: options, influence: .none,
                threads: threads, progress: progress)
        }
        guard let attribute = users.attribute(named: mitigation.attribute) else {
            throw .invalidOption(
                name: "mitigation attribute", expected: "an attribute that the data has")
        }
        let groups: AuditAttribute
        do throws(AttributeRefusal) {
            groups = try AuditAttribute(attribute)
        } catch {
            throw .invalidOption(name: "mitigation attribute", expected: "one with fewer values")
        }
        let training = MitigatedTraining(mitigation, groups)
        guard training.isPossible(matrix) else {
            throw .invalidOption(
                name: "mitigation attribute", expected: "one with ratings of two groups or more")
        }
        let first = mitigation.method == .minimax ? weighingShare : 0
        let influence = try training.influence(
            matrix, scale: scale, seed: options.seed, threads: threads
        ) { progress(first * $0, "weighing the groups") }
        let last = mitigation.method == .erase ? 1 - weighingShare : 1
        let heads = try train(
            matrix, items: items, scale: scale, options: options, influence: influence,
            threads: threads
        ) { progress(first + (last - first) * $0, $1) }
        guard progress(last, "erasing the trace of \(mitigation.attribute)") else {
            throw .cancelled
        }
        let rating = training.finished(heads.rating, matrix, threads: threads)
        guard options.ranking != .rating else { return Heads(rating: rating, ranking: rating) }
        return Heads(
            rating: rating, ranking: training.finished(heads.ranking, matrix, threads: threads))
    }

    private static func train(
        _ matrix: RatingMatrix, items: Catalogue, scale: RatingScale, options: TrainingOptions,
        influence: GroupInfluence, threads: Int, progress: (Double, String) -> Bool
    ) throws(TrainingError) -> Heads {
        let ratingShare = options.rating == .bayes ? accurateShare : quickShare
        let rating = try options.rating.train(
            matrix, features: ItemFeatures(items), rating: options.bayesian,
            baseline: options.ratingBaseline, influence: influence, threads: threads
        ) { progress(ratingShare * $0, "training the rating head") }
        guard options.ranking != .rating else {
            return Heads(rating: rating, ranking: rating, isOne: true)
        }
        guard progress(ratingShare, "training the ranking head") else { throw .cancelled }
        let ranking = try options.ranking.train(
            matrix, scale: scale, ranking: options.implicit, rating: options.bayesian,
            baseline: options.rankingBaseline, influence: influence, threads: threads
        ) { progress(ratingShare + (1 - ratingShare) * $0, "training the ranking head") }
        return Heads(rating: rating, ranking: ranking)
    }
}
