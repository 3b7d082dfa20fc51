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
        let lists = Self.lists(of: head, train: train, test: test, count: cutoff, threads: threads)
        self.init(test: test, cutoff: cutoff, threshold: threshold, threads: threads) {
            lists[$0.position]
        }
    }

    /// The best `count` items of each user with ratings in `test`, by user position, folded in from
    /// `train` and without the items rated there; empty for other users.
    ///
    /// Measures of several cutoffs can share the longest lists.
    public static func lists(
        of head: some LinearHead, train: RatingMatrix, test: RatingMatrix, count: Int,
        threads: Int = 1
    ) -> [[ItemIndex]] {
        let held = (0..<test.userCount).filter { !test.byUser.range(ofRow: $0).isEmpty }
            .map { UserIndex($0) }
        let best = self.lists(of: head, train: train, users: held, count: count, threads: threads)
        var lists = [[ItemIndex]](repeating: [], count: test.userCount)
        for (user, list) in zip(held, best) { lists[user.position] = list }
        return lists
    }

    /// The best `count` items of each of `users`, in their order, folded in from `train` and without
    /// the items rated there.
    public static func lists(
        of head: some LinearHead, train: RatingMatrix, users: [UserIndex], count: Int,
        threads: Int = 1
    ) -> [[ItemIndex]] {
        let blockUsers = TopK.usersAtOnce
        let blocks = Parallel.map(
            count: (users.count + blockUsers - 1) / blockUsers, chunk: 1, threads: threads
        ) { block in
            let block = users[block * blockUsers..<min((block + 1) * blockUsers, users.count)]
            let profiles = block.map { train.profile(of: $0) }
            let vectors = profiles.map { head.foldIn($0).vector }
            return TopK.select(head, vectors, count: count, excluding: profiles)
        }
        return blocks.joined().map { $0.map(\.item) }
    }

    /// The mean of hits / K over users; NaN without users.
    public var precision: Double { mean(\.precision) }
    /// The mean of hits / relevant over users; NaN without users.
    public var recall: Double { mean(\.recall) }
    /// The mean nDCG@K over users; NaN without users.
    public var nDCG: Double { mean(\.nDCG) }

    /// The mean reciprocal rank of the first hit within K over users; NaN without users.
    public var meanReciprocalRank: Double { mean(\.reciprocalRank) }

    /// Who is shown: the lists of all measured users over a catalogue of `itemCount` items.
    public func exposure(itemCount: Int) -> ListExposure {
        ListExposure(users.map(\.list), itemCount: itemCount)
    }

    /// How unlike the items within a list are, in the mean over users with two items or more.
    ///
    /// A list's diversity is the mean distance of its pairs (Ziegler et al. 2005 as a distance;
    /// Vargas & Castells 2011, without rank discount). `distance` is symmetric, for example
    /// 1 − cosine of item factors, 0…2. NaN when no list has a pair.
    public func diversity(_ distance: (ItemIndex, ItemIndex) -> Double) -> Double {
        var sum = 0.0
        var measured = 0
        for list in users.map(\.list) where list.count >= 2 {
            var pairs = 0.0
            for (place, item) in list.enumerated() {
                for other in list[..<place] { pairs += distance(item, other) }
            }
            sum += pairs / Double(list.count * (list.count - 1) / 2)
            measured += 1
        }
        return sum / Double(measured)
    }

    private func mean(_ value: KeyPath<UserRankingQuality, Double>) -> Double {
        users.reduce(0) { $0 + $1[keyPath: value] } / Double(users.count)
    }
}
