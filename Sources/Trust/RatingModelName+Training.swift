// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

extension RatingModelName {
    /// Trains the model on all of `matrix`; bit-identical at any `threads`.
    ///
    /// - Parameters:
    ///   - matrix: The ratings to learn from.
    ///   - features: What the rating head knows of items nobody has rated.
    ///   - inputs: What the rating head knows of users besides their ratings; no other model asks.
    ///   - rating: Options where the model is the rating head.
    ///   - baseline: Options of a truncated SVD (its `fill` is the model's own) and the dampings
    ///     of biases.
    ///   - influence: How groups of users count for the items; only the rating head asks.
    ///   - threads: Threads to train on.
    ///   - progress: Gets 0…1; returns false to cancel.
    /// - Returns: A head for the items of `matrix`.
    /// - Throws: As the trainer does.
    public func train(
        _ matrix: RatingMatrix, features: ItemFeatures? = nil, inputs: AttributeInputs = .none,
        rating: BayesianOptions, baseline: TruncatedSVDOptions,
        influence: GroupInfluence = .none, threads: Int,
        progress: (Double) -> Bool = { _ in true }
    ) throws(TrainingError) -> any ServableHead {
        switch self {
        case .bayes, .fast:
            return try BayesianTrainer.train(
                matrix, features: features, inputs: inputs, options: rating, influence: influence,
                threads: threads, progress: progress)
        case .biases:
            return try BiasHead.train(
                matrix, userDamping: baseline.userDamping, itemDamping: baseline.itemDamping)
        case .mean:
            return try MeanHead.train(matrix)
        case .svdZero, .svdMean, .svdResidual:
            var options = baseline
            options.fill = fill ?? options.fill
            return try TruncatedSVDTrainer.train(
                matrix, options: options, threads: threads, progress: progress)
        }
    }

    /// The kind of head that the model is.
    public var headType: any ServableHead.Type {
        switch self {
        case .bayes, .fast: BayesianHead.self
        case .biases: BiasHead.self
        case .mean: MeanHead.self
        case .svdZero, .svdMean, .svdResidual: TruncatedSVDHead.self
        }
    }
}
