// SPDX-License-Identifier: GPL-3.0-or-later

/// All ratings in both directions, each (user, item) pair at most once.
///
/// Where values are coded and times short it takes 14 bytes a rating: 5 in each direction and 4
/// for the times. `byUser` and the times may lie in a mapped file, where what is not used occupies
/// no memory.
public struct RatingMatrix: Sendable, Equatable {
    /// users × items: for each user, the rated items ascending.
    public let byUser: SparseRows
    /// items × users: for each item, the users who rated it ascending.
    public let byItem: SparseRows
    /// Seconds since 1970 of each entry of `byUser`, in its order (0: unknown).
    public let timestamps: RatingTimes

    /// Builds both directions from columns.
    ///
    /// O(ratings + users + items). The last of several ratings of one (user, item) pair wins. Traps
    /// when a position is outside `userCount` or `itemCount`.
    public init(_ ratings: RatingColumns, userCount: Int, itemCount: Int) {
        var builder = RatingMatrixBuilder()
        for entry in 0..<ratings.count {
            builder.append(
                user: UserIndex(rawValue: ratings.users[entry]),
                item: ItemIndex(rawValue: ratings.items[entry]), value: ratings.values[entry],
                timestamp: ratings.timestamps[entry])
        }
        self = builder.finish(userCount: userCount, itemCount: itemCount, repeated: .last).matrix
    }

    /// Wraps rows that are already sorted, as a saved matrix has them.
    ///
    /// O(ratings + users + items). Traps unless there is one timestamp per entry; columns must
    /// ascend strictly within each row and lie below `byUser.columnCount`.
    public init(byUser: SparseRows, timestamps: RatingTimes) {
        precondition(timestamps.count == byUser.count, "one timestamp per rating")
        self.byUser = byUser
        self.timestamps = timestamps
        byItem = byUser.transposed()
    }

    /// The number of users, rated or not.
    public var userCount: Int { byUser.rowCount }
    /// The number of items, rated or not.
    public var itemCount: Int { byItem.rowCount }
    /// The number of ratings.
    public var count: Int { byUser.count }

    /// The ratings of one user.
    public func profile(of user: UserIndex) -> Profile {
        let range = byUser.range(ofRow: user.position)
        return Profile(
            items: byUser.columns.array(range), values: byUser.values.array(range),
            timestamps: timestamps.array(range), user: user)
    }
}
