// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// One user's prediction errors, prediction − rating, summed over held-out ratings.
public struct UserRatingErrors: Sendable, Equatable {
    /// Whose errors they are.
    public let user: UserIndex
    /// The number of held-out ratings, at least 1.
    public let count: Int
    /// Σ error².
    public let squared: Double
    /// Σ |error|.
    public let absolute: Double
    /// Σ error: above 0 where the model promises too much.
    public let signed: Double

    /// Joins the sums.
    public init(user: UserIndex, count: Int, squared: Double, absolute: Double, signed: Double) {
        self.user = user
        self.count = count
        self.squared = squared
        self.absolute = absolute
        self.signed = signed
    }
}
