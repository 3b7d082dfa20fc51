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
    /// O(ratings + users + items). The last of several ratings of one (user, item) pair wins. Traps when a position is
    /// outside `userCount` or `itemCount`.
    public init(_ ratings: RatingColumns, userCount: Int, itemCount: Int) {
        let entries = Self.ordered(ratings, userCount: userCount, itemCount: itemCount)
        var offsets = [Int](repeating: 0, count: userCount + 1)
        var columns: [Int32] = []
        var values: [Float] = []
        var times: [Int64] = []
        columns.reserveCapacity(entries.count)
        values.reserveCapacity(entries.count)
        times.reserveCapacity(entries.count)
        for (rank, entry) in entries.enumerated() {
            let user = ratings.users[entry]
            let item = ratings.items[entry]
            if rank + 1 < entries.count {
                let next = entries[rank + 1]
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
            timestamps: Array(timestamps[range]))
    }

    /// Positions of `ratings` ordered by user, then item, then source order: two stable counting
    /// sorts, least significant key first.
    private static func ordered(
        _ ratings: RatingColumns, userCount: Int, itemCount: Int
    ) -> [Int] {
        let byItem = countingSort(
            Array(0..<ratings.count), keys: ratings.items, keyCount: itemCount)
        return countingSort(byItem, keys: ratings.users, keyCount: userCount)
    }

    private static func countingSort(_ order: [Int], keys: [Int32], keyCount: Int) -> [Int] {
        var next = [Int](repeating: 0, count: keyCount + 1)
        for key in keys { next[Int(key) + 1] += 1 }
        for key in 0..<keyCount { next[key + 1] += next[key] }
        var sorted = [Int](repeating: 0, count: order.count)
        for entry in order {
            let key = Int(keys[entry])
            sorted[next[key]] = entry
            next[key] += 1
        }
        return sorted
    }
}
