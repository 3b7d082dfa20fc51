// SPDX-License-Identifier: GPL-3.0-or-later

/// What a rating model is worth on ratings held out of every user's.
public struct RatingQualityRow: Sendable, Equatable {
    /// Its name in numbers' names.
    public let id: String
    /// Its name for people.
    public let title: String
    /// Whether it is the model that serves.
    public let isServed: Bool
    /// The SHA-256 of its bytes.
    public let hash: String
    /// The root of the mean squared error.
    public let rmse: Double
    /// The mean absolute error.
    public let mae: Double
    /// The mean error, prediction − rating.
    public let bias: Double
}
