// SPDX-License-Identifier: GPL-3.0-or-later

/// What a truncated SVD takes to stand where a user has not rated an item.
public enum SVDFill: String, Sendable, CaseIterable, Codable {
    /// 0: the way of many tutorials, which mistakes "not rated" for the worst of all ratings.
    case zero
    /// The user's own mean.
    case userMean = "user-mean"
    /// What damped biases of user and item predict.
    case biasResidual = "bias-residual"
}
