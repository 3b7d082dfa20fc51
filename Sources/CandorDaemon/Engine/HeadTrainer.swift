// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
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

    /// Trains on `matrix`, whose items and users `items` and `users` describe; bit-identical at any
    /// `threads`.
    ///
    /// `progress` gets 0…1 and a stage, and returns false to cancel.
    static func train(
        _ matrix: RatingMatrix, items: Catalogue, users: UserTable, scale: RatingScale,
        options: TrainingOptions, threads: Int, progress: (Double, String) -> Bool
    ) throws(TrainingError) -> Heads {
        let inputs = try inputs(options, users)
        let mitigation = try Mitigation(matrix, users, options)
        let influence = try mitigation.influence(
            matrix, scale: scale, seed: options.seed, threads: threads, progress: progress)
        let heads = try both(
            matrix, items: items, inputs: inputs, scale: scale, options: options,
            influence: influence, threads: threads
        ) { progress(mitigation.fraction(ofTraining: $0), $1) }
        let rating = try mitigation.finished(
            heads.rating, matrix, threads: threads, progress: progress)
        guard !heads.isOne else { return Heads(rating: rating, ranking: rating, isOne: true) }
        let ranking = try mitigation.finished(
            heads.ranking, matrix, threads: threads, progress: progress)
        return Heads(rating: rating, ranking: ranking)
    }

    /// Trains one of the heads, where the ranking head may be the rating head; as `train` otherwise.
    static func train(
        _ head: HeadName, _ matrix: RatingMatrix, items: Catalogue, users: UserTable,
        scale: RatingScale, options: TrainingOptions, threads: Int,
        progress: (Double, String) -> Bool
    ) throws(TrainingError) -> any ServableHead {
        let inputs = try inputs(options, users)
        let mitigation = try Mitigation(matrix, users, options)
        let influence = try mitigation.influence(
            matrix, scale: scale, seed: options.seed, threads: threads, progress: progress)
        let trained = try one(
            head, matrix, items: items, inputs: inputs, scale: scale, options: options,
            influence: influence, threads: threads
        ) { progress(mitigation.fraction(ofTraining: $0), $1) }
        return try mitigation.finished(trained, matrix, threads: threads, progress: progress)
    }

    /// The attributes of `users` that the rating head is given.
    private static func inputs(
        _ options: TrainingOptions, _ users: UserTable
    ) throws(TrainingError) -> AttributeInputs {
        guard !options.demographics.isEmpty else { return .none }
        guard options.rating.isBayesian else {
            throw .invalidOption(
                name: "demographics", expected: "left out: only bayes and fast take attributes")
        }
        guard options.mitigation?.method != .erase else {
            throw .invalidOption(name: "mitigation", expected: "no erasure with demographics")
        }
        do throws(AttributeInputError) {
            return try AttributeInputs(named: options.demographics, of: users)
        } catch {
            throw .invalidOption(
                name: "demographics", expected: "attributes that can be an input: \(error)")
        }
    }

    private static func both(
        _ matrix: RatingMatrix, items: Catalogue, inputs: AttributeInputs, scale: RatingScale,
        options: TrainingOptions, influence: GroupInfluence, threads: Int,
        progress: (Double, String) -> Bool
    ) throws(TrainingError) -> Heads {
        let ratingShare = options.rating == .bayes ? accurateShare : quickShare
        let rating = try one(
            .rating, matrix, items: items, inputs: inputs, scale: scale, options: options,
            influence: influence, threads: threads
        ) { progress(ratingShare * $0, $1) }
        guard options.ranking != .rating else {
            return Heads(rating: rating, ranking: rating, isOne: true)
        }
        guard progress(ratingShare, "training the ranking head") else { throw .cancelled }
        let ranking = try one(
            .ranking, matrix, items: items, inputs: inputs, scale: scale, options: options,
            influence: influence, threads: threads
        ) { progress(ratingShare + (1 - ratingShare) * $0, $1) }
        return Heads(rating: rating, ranking: ranking)
    }

    private static func one(
        _ head: HeadName, _ matrix: RatingMatrix, items: Catalogue, inputs: AttributeInputs,
        scale: RatingScale, options: TrainingOptions, influence: GroupInfluence, threads: Int,
        progress: (Double, String) -> Bool
    ) throws(TrainingError) -> any ServableHead {
        let bayesian = options.mitigation?.applied(to: options.bayesian) ?? options.bayesian
        guard head == .ranking, options.ranking != .rating else {
            return try options.rating.train(
                matrix, features: ItemFeatures(items), inputs: inputs,
                rating: bayesian, baseline: options.ratingBaseline, influence: influence,
                threads: threads
            ) { progress($0, "training the rating head") }
        }
        return try options.ranking.train(
            matrix, scale: scale, ranking: options.implicit, rating: bayesian,
            baseline: options.rankingBaseline, influence: influence, threads: threads
        ) { progress($0, "training the ranking head") }
    }
}
