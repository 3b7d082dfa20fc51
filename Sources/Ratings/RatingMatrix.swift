// SPDX-License-Identifier: GPL-3.0-or-later

/// All ratings in both directions, each (user, item) pair at most once.
public struct RatingMatrix: Sendable, Equatable {
    /// users × items: for each user, the rated items ascending.
    public let byUser: SparseRows
    /// items × users: for each item, the users who rated it ascending.
    public let byItem: SparseRows
    /// Seconds since 1970 of each entry of `byUser`, in its order (0: unknown).
    public let timestamps: [Int64]

    /// Builds both directions from columns.
    ///
    /// O(ratings + users + items). The last of several ratings of one (user, item) pair wins. Traps
    /// when a position is outside `userCount` or `itemCount`.
    public init(_ ratings: RatingColumns, userCount: Int, itemCount: Int) {
        // By user, then item, then source order: two stable sorts, least significant key first.
        let byItemOnly = PositionGroups(keys: ratings.items, groupCount: itemCount)
        let entries = PositionGroups(
            keys: ratings.users, groupCount: userCount, refining: byItemOnly
        ).positions
        var offsets = [Int](repeating: 0, count: userCount + 1)
        var columns: [Int32] = []
        var values: [Float] = []
        var times: [Int64] = []
        columns.reserveCapacity(entries.count)
        values.reserveCapacity(entries.count)
        times.reserveCapacity(entries.count)
        for (rank, entry) in entries.enumerated() {
            let entry = Int(entry)
            let user = ratings.users[entry]
            let item = ratings.items[entry]
            if rank + 1 < entries.count {
                let next = Int(entries[rank + 1])
                if ratings.users[next] == user && ratings.items[next] == item { continue }
            }
            columns.append(item)
            values.append(ratings.values[entry])
            times.append(ratings.timestamps[entry])
            offsets[Int(user) + 1] += 1
        }
        for row in 0..<userCount { offsets[row + 1] += offsets[row] }
        byUser = SparseRows(
            columnCount: itemCount, offsets: offsets, columns: columns, values: values)
        byItem = byUser.transposed()
        timestamps = times
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
            items: Array(byUser.columns[range]), values: Array(byUser.values[range]),
            timestamps: Array(timestamps[range]), user: user)
    }
}
