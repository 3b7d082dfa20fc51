// SPDX-License-Identifier: GPL-3.0-or-later

import Factors

/// How well some users are served, in two numbers.
public struct HeldOutAccuracy: Sendable, Equatable {
    /// √(Σ error² / ratings) of predicted stars; 0 without users.
    public let rmse: Double
    /// The mean nDCG@10 of the users with a relevant held-out item; nil when there is none.
    public let nDCG: Double?

    /// Sums up what was measured of `users`.
    public init(_ users: some Sequence<HeldOutUser>) {
        var (squares, ratings, quality, judged) = (0.0, 0, 0.0, 0)
        for user in users {
            squares += user.squaredError
            ratings += user.errors.count
            guard let nDCG = user.quality?.nDCG else { continue }
            quality += nDCG
            judged += 1
        }
        rmse = ratings == 0 ? 0 : (squares / Double(ratings)).squareRoot()
        nDCG = judged == 0 ? nil : quality / Double(judged)
    }
}
