// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// How well lists are ranked over the full catalogue, kept per user so that users can be resampled.
public struct RankingMetrics: Sendable, Equatable {
    /// K: how many items of a list count.
    public let cutoff: Int
    /// The quality of every user with a relevant held-out item, by user order.
    public let users: [UserRankingQuality]
    /// How many users have held-out ratings, but none that is relevant, and so are left out.
    public let skippedUserCount: Int

    /// Wraps qualities, for example of one group of users or of a resample.
    public init(cutoff: Int, users: [UserRankingQuality], skippedUserCount: Int) {
        self.cutoff = cutoff
        self.users = users
        self.skippedUserCount = skippedUserCount
    }

    /// Measures lists against the items in `test` rated `threshold` or more.
    ///
    /// `ranking` is called once for each measured user, on any of the threads, and returns that
    /// user's best `cutoff` items of all that the user has not rated in training.
    public init(
        test: RatingMatrix, cutoff: Int, threshold: Float, threads: Int = 1,
        ranking: @escaping @Sendable (UserIndex) -> [ItemIndex]
    ) {
        let rows = test.byUser
        let measured = Parallel.map(count: rows.rowCount, chunk: 16, threads: threads) {
            user -> UserRankingQuality? in
            let relevant = rows.range(ofRow: user)
                .filter { rows.values[$0] >= threshold }.map { rows.columns[$0] }
            guard !relevant.isEmpty else { return nil }
            return UserRankingQuality(
                user: UserIndex(user), ranking: ranking(UserIndex(user)), relevant: relevant,
                cutoff: cutoff)
        }
        let held = (0..<rows.rowCount).count { !rows.range(ofRow: $0).isEmpty }
        self.cutoff = cutoff
        users = measured.compactMap { $0 }
        skippedUserCount = held - users.count
    }

    /// Measures a head whose user vectors are folded in from `train`; items rated there are
    /// excluded.
    public init(
        of head: some LinearHead, train: RatingMatrix, test: RatingMatrix, cutoff: Int,
        threshold: Float, threads: Int = 1
    ) {
        self.init(test: test, cutoff: cutoff, threshold: threshold, threads: threads) { user in
            let profile = train.profile(of: user)
            return TopK.select(head, head.foldIn(profile).vector, count: cutoff, excluding: profile)
                .map(\.item)
        }
    }

    /// The mean of hits / K over users; NaN without users.
    public var precision: Double { mean(\.precision) }
    /// The mean of hits / relevant over users; NaN without users.
    public var recall: Double { mean(\.recall) }
    /// The mean nDCG@K over users; NaN without users.
    public var nDCG: Double { mean(\.nDCG) }

    private func mean(_ value: KeyPath<UserRankingQuality, Double>) -> Double {
        users.reduce(0) { $0 + $1[keyPath: value] } / Double(users.count)
    }
}
