// SPDX-License-Identifier: GPL-3.0-or-later

/// Ratings as parallel columns, in the order of their source: the form files are read into and
/// splits are cut from.
///
/// All four columns always have the same length. Users and items are dense positions in the
/// `UserTable` and `Catalogue` that the columns belong to; values are finite.
public struct RatingColumns: RatingSink, Sendable, Equatable {
    /// The user position of each rating.
    public private(set) var users: [Int32]
    /// The item position of each rating.
    public private(set) var items: [Int32]
    /// The rating itself, on the data's own scale.
    public private(set) var values: [Float]
    /// Seconds since 1970, or 0 where the source has no time.
    public private(set) var timestamps: [Int64]

    /// Wraps four columns; traps unless they have equal lengths.
    public init(users: [Int32], items: [Int32], values: [Float], timestamps: [Int64]) {
        precondition(
            users.count == items.count && users.count == values.count
                && users.count == timestamps.count, "rating columns of different lengths")
        self.users = users
        self.items = items
        self.values = values
        self.timestamps = timestamps
    }

    /// No ratings.
    public init() { self.init(users: [], items: [], values: [], timestamps: []) }

    /// The number of ratings.
    public var count: Int { users.count }

    /// Makes room for `count` ratings without adding any.
    public mutating func reserveCapacity(_ count: Int) {
        users.reserveCapacity(count)
        items.reserveCapacity(count)
        values.reserveCapacity(count)
        timestamps.reserveCapacity(count)
    }

    /// Adds one rating at the end.
    public mutating func append(user: UserIndex, item: ItemIndex, value: Float, timestamp: Int64) {
        users.append(user.rawValue)
        items.append(item.rawValue)
        values.append(value)
        timestamps.append(timestamp)
    }

    /// The ratings at `positions`, in that order, in O(positions.count).
    public func subset(_ positions: [Int]) -> RatingColumns {
        RatingColumns(
            users: positions.map { users[$0] }, items: positions.map { items[$0] },
            values: positions.map { values[$0] }, timestamps: positions.map { timestamps[$0] })
    }
}
