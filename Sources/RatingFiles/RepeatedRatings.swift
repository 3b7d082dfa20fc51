// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Reduces repeated ratings of one user and item to one.
enum RepeatedRatings {
    /// Keeps of each (user, item) pair the rating with the latest time, of equal times the last.
    ///
    /// The survivors stay in source order. O(ratings + users + items).
    static func removed(
        from ratings: RatingColumns, userCount: Int, itemCount: Int
    ) -> (ratings: RatingColumns, repeatedCount: Int) {
        let byUser = PositionGroups(keys: ratings.users, groupCount: userCount)
        // Per item the user who rated it last, and where: a user's ratings are visited together.
        var lastUser = [Int32](repeating: -1, count: itemCount)
        var lastPosition = [Int](repeating: 0, count: itemCount)
        var dropped: Set<Int> = []
        for position in byUser.positions.lazy.map(Int.init) {
            let item = Int(ratings.items[position])
            if lastUser[item] == ratings.users[position] {
                let earlier = lastPosition[item]
                if ratings.timestamps[position] < ratings.timestamps[earlier] {
                    dropped.insert(position)
                    continue
                }
                dropped.insert(earlier)
            }
            lastUser[item] = ratings.users[position]
            lastPosition[item] = position
        }
        guard !dropped.isEmpty else { return (ratings, 0) }
        let kept = (0..<ratings.count).filter { !dropped.contains($0) }
        return (ratings.subset(kept), dropped.count)
    }
}
