// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

extension RankingModelName {
    /// Trains the model on all of `matrix`; bit-identical at any `threads`.
    ///
    /// - Parameters:
    ///   - matrix: The ratings to learn from.
    ///   - scale: Their range.
    ///   - ranking: Options where the model is the ranking head.
    ///   - rating: Options where the model is the rating head.
    ///   - baseline: Options of a truncated SVD; its `fill` is the model's own.
    ///   - influence: How groups of users count for the items; only the two heads ask.
    ///   - threads: Threads to train on.
    ///   - progress: Gets 0…1; returns false to cancel.
    /// - Returns: A head for the items of `matrix`.
    /// - Throws: As the trainer does.
    public func train(
        _ matrix: RatingMatrix, scale: RatingScale, ranking: RankingHeadOptions,
        rating: BayesianOptions, baseline: TruncatedSVDOptions,
        influence: GroupInfluence = .none, threads: Int,
        progress: (Double) -> Bool = { _ in true }
    ) throws(TrainingError) -> any ServableHead {
        switch self {
        case .ials:
            return try RankingTrainer.train(
                matrix, scale: scale, options: ranking, influence: influence, threads: threads,
                progress: progress)
        case .popular:
            return try PopularityHead.train(matrix)
        case .rating:
            return try BayesianTrainer.train(
                matrix, options: rating, influence: influence, threads: threads, progress: progress)
        case .svdZero:
            var options = baseline
            options.fill = .zero
            return try TruncatedSVDTrainer.train(
                matrix, options: options, threads: threads, progress: progress)
        }
    }

    /// The kind of head that the model is; nil for the generation's own rating head.
    public var headType: (any ServableHead.Type)? {
        switch self {
        case .ials: RankingHead.self
        case .popular: PopularityHead.self
        case .rating: nil
        case .svdZero: TruncatedSVDHead.self
        }
    }
}
