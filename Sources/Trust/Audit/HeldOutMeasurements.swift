// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

/// Both heads measured on ratings that they were not trained on, user by user.
///
/// Everything that an audit says follows from this: users can be grouped, resampled and compared
/// without a model at hand.
public struct HeldOutMeasurements: Sendable, Equatable {
    /// The length of lists that are measured.
    public static let listLength = 10

    /// The users with at least one held-out rating, by user order.
    public let users: [HeldOutUser]
    /// The number of items of the catalogue.
    public let itemCount: Int
    /// How many items of each list count.
    public let cutoff: Int
    /// The lowest rating that makes a held-out item relevant.
    public let relevanceThreshold: Float

    /// Wraps measurements; `users` ascend by user.
    public init(users: [HeldOutUser], itemCount: Int, cutoff: Int, relevanceThreshold: Float) {
        self.users = users
        self.itemCount = itemCount
        self.cutoff = cutoff
        self.relevanceThreshold = relevanceThreshold
    }

    /// Measures two heads trained on `train` against the ratings in `test`.
    ///
    /// User vectors are folded in from `train`, whose items are left out of lists; stars are
    /// limited to `scale` first. The result has the same bits at any `threads`. `progress` gets
    /// 0…1 and returns false to cancel, upon which the result is nil; it is asked every few
    /// thousand users.
    public init?(
        rating: some LinearHead, ranking: some LinearHead, train: RatingMatrix, test: RatingMatrix,
        scale: RatingScale, threads: Int, progress: (Double) -> Bool
    ) {
        let held = (0..<test.userCount).filter { !test.byUser.range(ofRow: $0).isEmpty }
            .map { UserIndex($0) }
        let (cutoff, threshold) = (Self.listLength, scale.relevanceThreshold)
        var measured: [HeldOutUser] = []
        measured.reserveCapacity(held.count)
        for first in stride(from: 0, to: held.count, by: Self.usersAtOnce) {
            let users = Array(held[first..<min(first + Self.usersAtOnce, held.count)])
            let lists = RankingMetrics.lists(
                of: ranking, train: train, users: users, count: cutoff, threads: threads)
            measured += Parallel.map(count: users.count, chunk: 16, threads: threads) { place in
                let user = users[place]
                let profile = train.profile(of: user)
                let vector = rating.foldIn(profile).vector
                let truth = test.profile(of: user)
                let errors = zip(truth.items, truth.values).map { item, value in
                    scale.clamp(rating.score(of: ItemIndex(rawValue: item), for: vector))
                        - Double(value)
                }
                return HeldOutUser(
                    user: user, profileSize: profile.count, items: truth.items,
                    ratings: truth.values, errors: errors, list: lists[place], cutoff: cutoff,
                    relevanceThreshold: threshold)
            }
            guard progress(Double(measured.count) / Double(held.count)) else { return nil }
        }
        self.init(
            users: measured, itemCount: test.itemCount, cutoff: cutoff,
            relevanceThreshold: threshold)
    }

    /// The same measurements with other lists, for example re-ranked ones, judged anew.
    ///
    /// `lists` holds one list for each of `users`, in that order (traps otherwise).
    public func replacing(lists: [[ItemIndex]]) -> HeldOutMeasurements {
        precondition(lists.count == users.count, "a list for each user")
        let replaced = zip(users, lists).map { user, list in
            HeldOutUser(
                user: user.user, profileSize: user.profileSize, items: user.items,
                ratings: user.ratings, errors: user.errors, list: list, cutoff: cutoff,
                relevanceThreshold: relevanceThreshold)
        }
        return HeldOutMeasurements(
            users: replaced, itemCount: itemCount, cutoff: cutoff,
            relevanceThreshold: relevanceThreshold)
    }

    /// Between two questions of `progress`: some hundred milliseconds of work.
    private static let usersAtOnce = 4096
}
