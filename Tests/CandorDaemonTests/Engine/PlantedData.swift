// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// A small data set whose answers are known by construction.
///
/// Forty users, u01…u40, in two taste groups by turns: odd users love the ten items whose titles
/// begin with Space and dislike those that begin with Garden, even users the reverse. Each has
/// rated twelve of the twenty items; `nobody` is a user without ratings and `unseen` an item
/// without any.
enum PlantedData {
    static let userCount = 40
    static let itemsPerTaste = 10

    /// The identifier of the user at a position, from 0.
    static func token(ofUser position: Int) -> String {
        "u" + (position < 9 ? "0" : "") + "\(position + 1)"
    }

    /// How the titles begin that the user at a position loves.
    static func lovedWord(ofUser position: Int) -> String {
        position % 2 == 0 ? "Space" : "Garden"
    }

    static func dataset() -> Dataset {
        let tokens = (0..<userCount).map { token(ofUser: $0) } + ["nobody"]
        let users = UserTable(
            tokens.compactMap { UserID($0) },
            attributes: [
                UserAttribute(
                    name: "gender", categories: ["F", "M"],
                    codes: tokens.indices.map { $0 == userCount ? -1 : Int32(($0 / 2) % 2) })
            ])
        var items: [Item] = []
        for place in 0..<(2 * itemsPerTaste) {
            let name = place % 2 == 0 ? "Space" : "Garden"
            guard let id = ItemID("i\(place + 1)") else { continue }
            items.append(
                Item(
                    id: id, title: "\(name) Story \(place / 2 + 1) (19\(60 + place))",
                    genres: [place % 2 == 0 ? "Sci-Fi" : "Drama"], year: 1960 + place))
        }
        if let id = ItemID("unseen") { items.append(Item(id: id, title: "Unseen, The (2000)")) }
        var ratings = RatingColumns()
        for user in 0..<userCount {
            for place in 0..<(2 * itemsPerTaste) where (place * 7 + user * 3) % 5 < 3 {
                let loves = place % 2 == user % 2
                let spread: Float = (place + user) % 3 == 0 ? 1 : 0
                ratings.append(
                    user: UserIndex(user), item: ItemIndex(place),
                    value: loves ? 5 - spread : 1 + spread,
                    timestamp: 978_300_000 + Int64(user * 100 + place))
            }
        }
        return Dataset(
            name: "planted", isSynthetic: true, users: users, items: Catalogue(items),
            ratings: ratings, scale: RatingScale(minimum: 1, maximum: 5))
    }

    /// The same users and items with one rating alone: i1 by u01.
    static func single() -> Dataset {
        let data = dataset()
        var ratings = RatingColumns()
        ratings.append(user: UserIndex(0), item: ItemIndex(0), value: 4, timestamp: 978_300_000)
        return Dataset(
            name: "single", isSynthetic: true, users: data.users, items: data.items,
            ratings: ratings, scale: data.scale)
    }
}
