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
        let items = items.frozen()
        let times = times.finish()
        let values = values.finish()
        let all = Self.positions(
            users.frozen(), items, userCount: userCount, itemCount: itemCount)
        let sorted = items.gathered(all.positions)
        let kept = Self.withoutRepeated(all, sorted, times, repeated)
        let columns = kept.positions.count == all.positions.count
            ? sorted : items.gathered(kept.positions)
        let matrix = RatingMatrix(
            byUser: SparseRows(
                columnCount: itemCount, offsets: kept.offsets, columns: columns,
                values: values.gathered(kept.positions).canonical()),
            timestamps: times.gathered(kept.positions).canonical())
        return (matrix, all.positions.count - kept.positions.count)
    }

    /// The positions of all ratings by user, then item, then the order they were added in.
    private static func positions(
        _ users: FrozenArray<Int32>, _ items: FrozenArray<Int32>, userCount: Int, itemCount: Int
    ) -> PositionGroups {
        // Two stable sorts, the least significant key first.
        PositionGroups(
            keys: users, groupCount: userCount,
            refining: PositionGroups(keys: items, groupCount: itemCount))
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
