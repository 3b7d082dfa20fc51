// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// How one user's list relates to what the user has rated.
struct UserListTraits: Sendable, Equatable {
    /// The divergence of the list's genres from those of the liked items; nil where either has none.
    let miscalibration: Double?
    /// The mean popularity (part of users who rated an item) of the list's items; nil without.
    let listPopularity: Double?
    /// The same of the items that the user rated.
    let profilePopularity: Double?

    /// The traits of each user of `measurements`, in that order.
    ///
    /// `train` is what the models were trained on: popularity, profiles and the liked items (rated
    /// `relevanceThreshold` or more) come from there. O(ratings).
    static func all(
        _ measurements: HeldOutMeasurements, train: RatingMatrix, genres: GenreShares
    ) -> [UserListTraits] {
        let users = Double(max(1, train.userCount))
        let popularity = train.byItem.counts.map { Double($0) / users }
        func mean(_ items: some Collection<Int>) -> Double? {
            items.isEmpty
                ? nil : items.reduce(0) { $0 + popularity[$1] } / Double(items.count)
        }
        return measurements.users.map { user in
            let profile = train.profile(of: user.user)
            let liked = zip(profile.items, profile.values)
                .filter { $1 >= measurements.relevanceThreshold }
                .map { ItemIndex(rawValue: $0.0) }
            let taste = genres.distribution(of: liked)
            let shown = genres.distribution(of: user.list)
            return UserListTraits(
                miscalibration: taste.flatMap { taste in
                    shown.map { GenreShares.divergence(of: $0, from: taste) }
                },
                listPopularity: mean(user.list.map(\.position)),
                profilePopularity: mean(profile.items.map(Int.init)))
        }
    }
}
