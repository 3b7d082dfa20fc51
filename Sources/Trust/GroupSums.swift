// SPDX-License-Identifier: GPL-3.0-or-later

import Factors

/// Sums over a group of users from which its metrics follow; groups add and subtract.
struct GroupSums {
    var users = 0
    var ratings = 0
    var squaredError = 0.0
    var rankedUsers = 0
    var ndcg = 0.0

    /// √(Σ squared error / ratings), NaN without ratings.
    var rmse: Double { (squaredError / Double(ratings)).squareRoot() }

    /// The mean over users with a relevant held-out item, NaN without any.
    var meanNDCG: Double { ndcg / Double(rankedUsers) }

    mutating func add(_ user: HeldOutUser) {
        users += 1
        ratings += user.items.count
        squaredError += user.squaredError
        if let quality = user.quality {
            rankedUsers += 1
            ndcg += quality.nDCG
        }
    }

    static func - (whole: GroupSums, part: GroupSums) -> GroupSums {
        GroupSums(
            users: whole.users - part.users, ratings: whole.ratings - part.ratings,
            squaredError: whole.squaredError - part.squaredError,
            rankedUsers: whole.rankedUsers - part.rankedUsers, ndcg: whole.ndcg - part.ndcg)
    }
}
