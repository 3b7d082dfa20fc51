// SPDX-License-Identifier: GPL-3.0-or-later

/// A complete data set: users, items and ratings in source order.
public struct Dataset: Sendable, Equatable {
    /// A short name for people, for example `ml-1m`.
    public let name: String
    /// Whether the data was made up by `candord generate`; said wherever results are shown.
    public let isSynthetic: Bool
    /// The users, those without ratings included.
    public let users: UserTable
    /// The items, those without ratings included.
    public let items: Catalogue
    /// The ratings in the order of their source, at most one per (user, item).
    public let ratings: RatingColumns
    /// The range of rating values.
    public let scale: RatingScale

    /// Joins the parts; every rating's positions must lie inside `users` and `items`.
    public init(
        name: String, isSynthetic: Bool = false, users: UserTable, items: Catalogue,
        ratings: RatingColumns, scale: RatingScale
    ) {
        self.name = name
        self.isSynthetic = isSynthetic
        self.users = users
        self.items = items
        self.ratings = ratings
        self.scale = scale
    }

    /// The ratings in both directions, built in O(ratings + users + items).
    public func matrix() -> RatingMatrix {
        RatingMatrix(ratings, userCount: users.count, itemCount: items.count)
    }
}
