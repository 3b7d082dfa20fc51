// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Data too small for most purposes: two users, `a` and `b`, who have rated items `x` and `y`,
/// two ratings each, and no attributes.
enum TinyData {
    static func dataset() -> Dataset {
        var ratings = RatingColumns()
        for (place, value) in [5, 1, 2, 4].enumerated() {
            ratings.append(
                user: UserIndex(place / 2), item: ItemIndex(place % 2), value: Float(value),
                timestamp: 978_300_000 + Int64(place))
        }
        let items = zip(["x", "y"], ["First", "Second"]).compactMap { token, title in
            ItemID(token).map { Item(id: $0, title: title) }
        }
        return Dataset(
            name: "tiny", isSynthetic: true,
            users: UserTable(["a", "b"].compactMap { UserID($0) }, attributes: []),
            items: Catalogue(items), ratings: ratings,
            scale: RatingScale(minimum: 1, maximum: 5))
    }
}
