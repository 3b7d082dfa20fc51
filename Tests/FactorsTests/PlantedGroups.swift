// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

@testable import Factors

/// Ratings of two groups of users whose taste differs by a known amount, beside an attribute that tells
/// nothing.
///
/// Users of group `a` rate the first half of the items `taste` above and the second half as much below
/// what others do on average, users of group `b` the reverse. The last six users rate nothing: two of
/// each group, and two who have not told theirs.
struct PlantedGroups {
    static let taste = 0.5
    static let items = 40
    static let users = 306

    let matrix: RatingMatrix
    let inputs: AttributeInputs

    init(seed: UInt64) {
        var random = TestRandom(seed)
        var columns = RatingColumns()
        let groups = (0..<Self.users).map { user in
            user < Self.users - 6 ? Int32(user % 3 == 0 ? 0 : 1) : [0, 0, 1, 1, -1, -1][user - 300]
        }
        let levels = (0..<Self.items).map { _ in 3 + 0.5 * random.uniform() }
        for user in 0..<Self.users - 6 {
            let own = 0.3 * random.uniform()
            for item in 0..<Self.items where random.uniform() > 0.2 {
                let isLiked = (item < Self.items / 2) == (groups[user] == 0)
                let value =
                    levels[item] + own + (isLiked ? Self.taste : -Self.taste)
                    + 0.8 * random.uniform()
                columns.append(
                    user: UserIndex(user), item: ItemIndex(item), value: Float(value),
                    timestamp: 978_300_000 + Int64(user * 1000 + item * 20))
            }
        }
        matrix = RatingMatrix(columns, userCount: Self.users, itemCount: Self.items)
        inputs = AttributeInputs([
            UserAttribute(name: "group", categories: ["a", "b"], codes: groups),
            UserAttribute(
                name: "noise", categories: ["x", "y", "z", "alone"],
                codes: (0..<Self.users).map { $0 == 7 ? 3 : Int32($0 * 7 % 5 % 3) }),
        ])
    }
}
