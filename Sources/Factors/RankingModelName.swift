// SPDX-License-Identifier: GPL-3.0-or-later

/// The models that rank items, by the names that commands take.
public enum RankingModelName: String, Sendable, CaseIterable, Codable {
    /// The ranking head: implicit alternating least squares with graded weights.
    case ials
    /// The number of ratings.
    case popular
    /// The stars that the rating head predicts.
    case rating
    /// Truncated SVD with gaps counted as 0.
    case svdZero = "svd-zero"
}
