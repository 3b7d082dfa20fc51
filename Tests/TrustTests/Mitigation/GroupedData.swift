// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Trust

/// Ratings of two groups that rate some items differently, the smaller one less predictably.
enum GroupedData {
    static let userCount = 120
    static let itemCount = 40
    static let scale = RatingScale(minimum: 1, maximum: 5)

    /// Every third user is of the group `few`; the last user is of neither.
    static let attribute = AuditAttribute(
        name: "side", groups: ["few", "many"],
        codes: (0..<userCount).map { $0 == userCount - 1 ? -1 : ($0 % 3 == 0 ? 0 : 1) },
        kind: .attribute)

    /// The few like the first half of the items better, the many the second, by 1.2 stars; 60% of all
    /// pairs are rated.
    static let matrix: RatingMatrix = {
        let random = CounterRandom(seed: 17)
        var columns = RatingColumns()
        for user in 0..<userCount {
            let isFew = attribute.codes[user] == 0
            for item in 0..<itemCount
            where random.uniform(UInt64(user * itemCount + item)) < 0.6 {
                let key = UInt64(10_000 + user * itemCount + item)
                let likes = isFew == (item < itemCount / 2)
                let taste = random.normal(UInt64(90_000 + user)) * (item % 2 == 0 ? 0.6 : -0.6)
                let value =
                    3 + (likes ? 0.6 : -0.6) + taste + (isFew ? 0.8 : 0.3) * random.normal(key)
                columns.append(
                    user: UserIndex(user), item: ItemIndex(item),
                    value: Float(min(max(value.rounded(), 1), 5)), timestamp: 0)
            }
        }
        return RatingMatrix(columns, userCount: userCount, itemCount: itemCount)
    }()
}
