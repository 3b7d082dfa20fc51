// SPDX-License-Identifier: GPL-3.0-or-later

/// One user's ratings of this moment: what fold-in, explanation and exclusion work from.
///
/// Items ascend strictly; the three arrays have equal lengths; values are finite.
public struct Profile: Sendable, Equatable {
    /// The rated items' positions, ascending.
    public let items: [Int32]
    /// The rating of each item.
    public let values: [Float]
    /// When each was given, in seconds since 1970 (0: unknown).
    public let timestamps: [Int64]
    /// Whose ratings they are in the data that a model was trained on; nil for someone new.
    public let user: UserIndex?

    /// Wraps ratings already sorted by item; traps when lengths differ or items do not ascend.
    public init(
        items: [Int32], values: [Float], timestamps: [Int64], user: UserIndex? = nil
    ) {
        precondition(items.count == values.count && items.count == timestamps.count)
        precondition(zip(items, items.dropFirst()).allSatisfy { $0 < $1 }, "items must ascend")
        self.items = items
        self.values = values
        self.timestamps = timestamps
        self.user = user
    }

    /// A user without ratings.
    public static let empty = Profile(items: [], values: [], timestamps: [])

    /// The number of ratings.
    public var count: Int { items.count }

    /// Whether there is no rating.
    public var isEmpty: Bool { items.isEmpty }

    /// The ratings that are left without those at `positions`, which ascend.
    ///
    /// Whose they are stays known, also when none is left. O(count).
    public func without(_ positions: [Int]) -> Profile {
        precondition(
            positions.first ?? 0 >= 0 && positions.last ?? 0 < max(count, 1)
                && zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 },
            "positions of the profile that ascend")
        var kept: [Int] = []
        kept.reserveCapacity(count - positions.count)
        var removed = positions[...]
        for place in items.indices {
            if place == removed.first { removed.removeFirst() } else { kept.append(place) }
        }
        return Profile(
            items: kept.map { items[$0] }, values: kept.map { values[$0] },
            timestamps: kept.map { timestamps[$0] }, user: user)
    }

    /// The ratings with `value` in place of the one at `position`.
    ///
    /// O(count).
    public func rating(_ position: Int, as value: Float) -> Profile {
        var values = values
        values[position] = value
        return Profile(items: items, values: values, timestamps: timestamps, user: user)
    }

    /// Where `item` stands in `items`, or nil, in O(log count).
    public func position(of item: ItemIndex) -> Int? {
        var low = 0
        var high = items.count
        while low < high {
            let middle = (low + high) / 2
            if items[middle] < item.rawValue { low = middle + 1 } else { high = middle }
        }
        return low < items.count && items[low] == item.rawValue ? low : nil
    }
}
