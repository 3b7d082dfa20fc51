// SPDX-License-Identifier: GPL-3.0-or-later

/// The models that predict ratings, by the names that commands take.
public enum RatingModelName: String, Sendable, CaseIterable, Codable {
    /// The rating head, trained for accuracy.
    case bayes
    /// The rating head, trained in little time.
    case fast
    /// Damped biases of user and item.
    case biases
    /// The mean of all ratings.
    case mean
    /// Truncated SVD with gaps counted as 0.
    case svdZero = "svd-zero"
    /// Truncated SVD of the ratings less each user's mean.
    case svdMean = "svd-mean"
    /// Truncated SVD of what damped biases leave.
    case svdResidual = "svd-residual"

    /// What the model is trained with unless told otherwise, where it is the rating head.
    public var bayesianOptions: BayesianOptions {
        self == .fast ? .fast : .best
    }

    /// The same for data of this size.
    public func bayesianOptions(for size: DataSize) -> BayesianOptions {
        self == .fast ? .fast : .best(for: size)
    }

    /// Whether the model is the rating head, which `bayesianOptions` are for.
    public var isBayesian: Bool { self == .bayes || self == .fast }

    /// What stands in the gaps, where the model is a truncated SVD.
    public var fill: SVDFill? {
        switch self {
        case .svdZero: .zero
        case .svdMean: .userMean
        case .svdResidual: .biasResidual
        case .bayes, .fast, .biases, .mean: nil
        }
    }
}
