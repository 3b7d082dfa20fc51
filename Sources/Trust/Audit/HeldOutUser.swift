// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

/// What held-out ratings say about the answers that one user gets from both heads.
public struct HeldOutUser: Sendable, Equatable {
    /// Whose answers they are.
    public let user: UserIndex
    /// How many ratings the models had of the user.
    public let profileSize: Int
    /// The positions of the held-out items, ascending; at least one.
    public let items: [Int32]
    /// What the user rated them.
    public let ratings: [Float]
    /// Prediction − rating of each, the prediction limited to the scale: above 0 where the model
    /// promises too much.
    public let errors: [Double]
    /// The first items of the user's list over the full catalogue, without those that the models
    /// knew a rating of, best first.
    public let list: [ItemIndex]
    /// How good that list is, or nil where none of the held-out items counts as relevant.
    public let quality: UserRankingQuality?

    /// Joins one user's measurements and judges the list.
    ///
    /// `items` ascend; `items`, `ratings` and `errors` have one length, at least 1 (traps
    /// otherwise). Held-out items rated `relevanceThreshold` or more are relevant, the first
    /// `cutoff` items of `list` count and are kept.
    public init(
        user: UserIndex, profileSize: Int, items: [Int32], ratings: [Float], errors: [Double],
        list: [ItemIndex], cutoff: Int, relevanceThreshold: Float
    ) {
        precondition(
            !items.isEmpty && items.count == ratings.count && items.count == errors.count,
            "one rating and one error for each held-out item")
        self.user = user
        self.profileSize = profileSize
        self.items = items
        self.ratings = ratings
        self.errors = errors
        self.list = Array(list.prefix(cutoff))
        let relevant = zip(items, ratings).filter { $1 >= relevanceThreshold }.map(\.0)
        quality =
            relevant.isEmpty
            ? nil
            : UserRankingQuality(user: user, ranking: list, relevant: relevant, cutoff: cutoff)
    }

    /// Σ error² over the held-out ratings.
    public var squaredError: Double { errors.reduce(0) { $0 + $1 * $1 } }
    /// Σ |error| over the held-out ratings.
    public var absoluteError: Double { errors.reduce(0) { $0 + abs($1) } }
    /// Σ error over the held-out ratings.
    public var signedError: Double { errors.reduce(0, +) }
}
