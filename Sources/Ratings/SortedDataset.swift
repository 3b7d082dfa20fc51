// SPDX-License-Identifier: GPL-3.0-or-later

/// A complete data set: users, items and ratings in the order of users and then items.
///
/// Unlike a `Dataset` it does not remember in which order its source listed the ratings, and it
/// needs less than half of the memory.
public struct SortedDataset: Sendable, Equatable {
    /// A short name for people, for example `ml-1m`.
    public let name: String
    /// Whether the data was made up by `candord generate`.
    public let isSynthetic: Bool
    /// The users, those without ratings included.
    public let users: UserTable
    /// The items, those without ratings included.
    public let items: Catalogue
    /// The ratings in both directions.
    public let matrix: RatingMatrix
    /// The range of rating values.
    public let scale: RatingScale

    /// Joins the parts; traps when the matrix has other numbers of users and items.
    public init(
        name: String, isSynthetic: Bool, users: UserTable, items: Catalogue,
        matrix: RatingMatrix, scale: RatingScale
    ) {
        precondition(
            matrix.userCount == users.count && matrix.itemCount == items.count,
            "a matrix of other users or items")
        self.name = name
        self.isSynthetic = isSynthetic
        self.users = users
        self.items = items
        self.matrix = matrix
        self.scale = scale
    }

    /// Sorts a data set, in O(ratings + users + items).
    public init(_ data: Dataset) {
        self.init(
            name: data.name, isSynthetic: data.isSynthetic, users: data.users,
            items: data.items, matrix: data.matrix(), scale: data.scale)
    }
}
