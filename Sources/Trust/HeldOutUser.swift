// SPDX-License-Identifier: GPL-3.0-or-later

/// What held-out ratings say about the answers one user gets.
public struct HeldOutUser: Sendable, Equatable {
    /// The number of held-out ratings.
    public let ratings: Int
    /// The sum of squared errors of their predicted stars, limited to the scale.
    public let squaredError: Double
    /// nDCG@10 of the user's list over the full catalogue, or nil where none of the held-out
    /// items counts as relevant.
    public let ndcg: Double?

    /// Joins the measurements of one user.
    public init(ratings: Int, squaredError: Double, ndcg: Double?) {
        self.ratings = ratings
        self.squaredError = squaredError
        self.ndcg = ndcg
    }
}
