// SPDX-License-Identifier: GPL-3.0-or-later

/// How large a matrix of ratings is.
public struct MatrixSize: Sendable, Equatable {
    /// The number of users, rated or not.
    public let users: Int
    /// The number of items, rated or not.
    public let items: Int
    /// The number of ratings.
    public let ratings: Int

    /// Joins the three numbers.
    public init(users: Int, items: Int, ratings: Int) {
        self.users = users
        self.items = items
        self.ratings = ratings
    }
}

extension RatingMatrix {
    /// Users, items and ratings.
    public var size: MatrixSize { MatrixSize(users: userCount, items: itemCount, ratings: count) }

    /// What a rating takes of memory in both directions, with its time: 14 bytes to 24.
    public var bytesPerRating: Int {
        let value = byUser.values.plain.isEmpty ? 1 : 4
        return 2 * (4 + value) + (timestamps.long.isEmpty ? 4 : 8)
    }
}
