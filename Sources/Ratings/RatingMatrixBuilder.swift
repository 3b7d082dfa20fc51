// SPDX-License-Identifier: GPL-3.0-or-later

/// Collects ratings in any order and sorts them into a `RatingMatrix`, in little memory.
///
/// Collecting takes 13 bytes a rating where values are at most 256 different ones and times fit in
/// 32 bits (else 16 or 17, or 20 or 21), sorting 8 more for as long as it lasts.
public struct RatingMatrixBuilder: ~Copyable, RatingSink {
    /// Which of several ratings of one user and item stays.
    public enum Repeated: Sendable {
        /// The last that was added.
        case last
        /// The one with the latest time, of equal times the last that was added.
        case latest
    }

    private var users = GrowingArray<Int32>()
    private var items = GrowingArray<Int32>()
    private var values = RatingValues.Builder()
    private var times = RatingTimes.Builder()

    /// Nothing yet.
    public init() {}

    /// The number of ratings so far.
    public var count: Int { users.count }

    /// Adds one rating.
    public mutating func append(
        user: UserIndex, item: ItemIndex, value: Float, timestamp: Int64
    ) {
        users.append(user.rawValue)
        items.append(item.rawValue)
        values.append(value)
        times.append(timestamp)
    }

    /// Gives every user so far the number that `numbers` has at the old one, in O(count).
    public mutating func renumberUsers(_ numbers: [Int32]) { Self.renumber(&users, numbers) }

    /// Gives every item so far the number that `numbers` has at the old one, in O(count).
    public mutating func renumberItems(_ numbers: [Int32]) { Self.renumber(&items, numbers) }

    /// Sorts by user and item, in O(count + users + items).
    ///
    /// Equal ratings give an equal matrix, in whatever order they were added. Traps when a position
    /// is outside `userCount` or `itemCount`, or there are more than 2³¹ − 1 ratings.
    ///
    /// - Returns: The matrix, and how many ratings were left out because another of the same user
    ///   and item stays.
    public consuming func finish(
        userCount: Int, itemCount: Int, repeated: Repeated
    ) -> (matrix: RatingMatrix, repeatedCount: Int) {
        finish(
            userCount: userCount, itemCount: itemCount, repeated: repeated,
            betweenSteps: { () throws(Never) in })
    }

    /// The same; `betweenSteps` is called before and after each sorting of all ratings, and what it
    /// throws ends the work.
    public consuming func finish<Failure: Error>(
        userCount: Int, itemCount: Int, repeated: Repeated,
        betweenSteps: () throws(Failure) -> Void
    ) throws(Failure) -> (matrix: RatingMatrix, repeatedCount: Int) {
        // Each column is let go as soon as its sorted form is there, and the order before the other
        // direction is made, so that no more than one column exists twice at a time.
        var columns = items.frozen()
        var values = values.finish()
        var times = times.finish()
        let addedCount = columns.count
        var order = try Self.order(
            users.frozen(), columns, times, userCount: userCount, itemCount: itemCount, repeated,
            betweenSteps)
        columns = columns.gathered(order.positions)
        try betweenSteps()
        values = values.gathered(order.positions).canonical()
        try betweenSteps()
        times = times.gathered(order.positions).canonical()
        let offsets = order.offsets
        order = PositionGroups(offsets: [0], positions: [])
        let matrix = RatingMatrix(
            byUser: SparseRows(
                columnCount: itemCount, offsets: offsets, columns: columns, values: values),
            timestamps: times)
        return (matrix, addedCount - matrix.count)
    }

    /// The positions of the ratings that stay, by user and then item.
    private static func order<Failure: Error>(
        _ users: consuming FrozenArray<Int32>, _ items: FrozenArray<Int32>, _ times: RatingTimes,
        userCount: Int, itemCount: Int, _ repeated: Repeated,
        _ betweenSteps: () throws(Failure) -> Void
    ) throws(Failure) -> PositionGroups {
        // Two stable sorts, the least significant key first.
        try betweenSteps()
        var all = PositionGroups(keys: items, groupCount: itemCount)
        try betweenSteps()
        all = PositionGroups(keys: users, groupCount: userCount, refining: all)
        try betweenSteps()
        let rated = items.gathered(all.positions)
        try betweenSteps()
        return withoutRepeated(all, rated, times, repeated)
    }

    /// `groups` with only one position of each user and item; `items` are those of its positions.
    private static func withoutRepeated(
        _ groups: PositionGroups, _ items: FrozenArray<Int32>, _ times: RatingTimes,
        _ repeated: Repeated
    ) -> PositionGroups {
        let isRepeated = items.withUnsafeBufferPointer { items in
            (0..<groups.count).contains { group in
                let range = groups.range(of: group)
                return range.dropFirst().contains { items[$0] == items[$0 - 1] }
            }
        }
        guard isRepeated else { return groups }
        var positions: [Int32] = []
        positions.reserveCapacity(groups.positions.count)
        var offsets = [0]
        offsets.reserveCapacity(groups.count + 1)
        for group in 0..<groups.count {
            var earlier: Int32 = -1
            for rank in groups.range(of: group) {
                let position = groups.positions[rank]
                if items[rank] != earlier {
                    positions.append(position)
                } else if repeated == .last
                    || times[Int(position)] >= times[Int(positions[positions.count - 1])]
                {
                    positions[positions.count - 1] = position
                }
                earlier = items[rank]
            }
            offsets.append(positions.count)
        }
        return PositionGroups(offsets: offsets, positions: positions)
    }

    private static func renumber(_ column: inout GrowingArray<Int32>, _ numbers: [Int32]) {
        column.withElements { column in
            for entry in column.indices { column[entry] = numbers[Int(column[entry])] }
        }
    }
}
