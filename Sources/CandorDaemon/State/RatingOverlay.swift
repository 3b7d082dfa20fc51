// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// The rating changes that are newer than a generation's data, laid over it.
///
/// A value: copies are independent, and share storage until one changes. Users and items are
/// known by their tokens, so that an overlay fits any generation; a change of an item that a
/// catalogue does not have is kept, but does nothing there.
public struct RatingOverlay: Sendable, Equatable {
    private var changes: [UserID: UserChanges] = [:]
    private var order: [UserID] = []

    /// The number of changes applied, repeated ones included.
    public private(set) var changeCount = 0

    /// No changes.
    public init() {}

    /// Applies `entries` in their order.
    public init(_ entries: [JournalEntry]) {
        for entry in entries { apply(entry.change) }
    }

    /// Applies one more change, in O(1): the latest of each (user, item) pair counts.
    public mutating func apply(_ change: RatingChange) {
        changeCount += 1
        if changes[change.user] == nil { order.append(change.user) }
        changes[change.user, default: UserChanges()].apply(change)
    }

    /// Drops all changes of `user`, as if there had never been any, and then applies `later`.
    ///
    /// O(users with changes).
    public mutating func forget(_ user: UserID, keeping later: [RatingChange]) {
        if let dropped = changes.removeValue(forKey: user) {
            changeCount -= dropped.count
            order.removeAll { $0 == user }
        }
        for change in later { apply(change) }
    }

    /// Whether nothing changed.
    public var isEmpty: Bool { changeCount == 0 }

    /// Everybody with a change, in order of first appearance.
    public var changedUsers: [UserID] { order }

    /// Whether `user` has a change.
    public func hasChanges(of user: UserID) -> Bool { changes[user] != nil }

    /// Users that `users` lacks and that have rated something in `items`, in order of first
    /// appearance.
    ///
    /// Somebody who withdrew everything again is not among them.
    public func newUsers(users: UserTable, items: Catalogue) -> [UserID] {
        order.filter { id in
            users.index(of: id) == nil && changes[id]?.hasRating(in: items) == true
        }
    }

    /// The ratings of `user` of this moment: the data's, replaced, extended and withdrawn by the
    /// changes; empty for somebody unknown to both.
    ///
    /// O(ratings + changes log changes) of that user.
    public func profile(
        of user: UserID, users: UserTable, items: Catalogue, matrix: RatingMatrix
    ) -> Profile {
        let base = users.index(of: user).map { matrix.profile(of: $0) } ?? .empty
        guard let changed = changes[user] else { return base }
        return Self.merge(base, changed.located(in: items))
    }

    private static func merge(
        _ base: Profile, _ changed: [(item: Int32, latest: UserChanges.Latest)]
    ) -> Profile {
        var items: [Int32] = []
        var values: [Float] = []
        var timestamps: [Int64] = []
        items.reserveCapacity(base.count + changed.count)
        values.reserveCapacity(base.count + changed.count)
        timestamps.reserveCapacity(base.count + changed.count)
        var position = 0
        func keepBase(below limit: Int32) {
            while position < base.count, base.items[position] < limit {
                items.append(base.items[position])
                values.append(base.values[position])
                timestamps.append(base.timestamps[position])
                position += 1
            }
        }
        for (item, latest) in changed {
            keepBase(below: item)
            if position < base.count, base.items[position] == item { position += 1 }
            guard let rating = latest.rating else { continue }
            items.append(item)
            values.append(rating)
            timestamps.append(latest.timestampSeconds)
        }
        keepBase(below: .max)
        return Profile(items: items, values: values, timestamps: timestamps, user: base.user)
    }
}

extension RatingOverlay {
    /// The data with the changes worked in, as a new generation is trained on it.
    ///
    /// New users follow the known ones in order of first appearance, every attribute of theirs
    /// unknown. The result depends on the data and the changes alone. Without changes it shares the
    /// data's memory, else O(ratings + changes log changes).
    public func merged(into data: GenerationData) -> MergedDataset {
        let users = extended(data.users, items: data.items)
        var rows: [UserIndex: Profile] = [:]
        var ignoredCount = 0
        for id in order {
            guard let changed = changes[id] else { continue }
            let located = changed.located(in: data.items)
            ignoredCount += changed.byItem.count - located.count
            guard let user = users.index(of: id), !located.isEmpty else { continue }
            let isKnown = user.position < data.users.count
            let base = isKnown ? data.matrix.profile(of: user) : .empty
            let profile = Self.merge(base, located)
            if profile != base { rows[user] = profile }
        }
        let matrix = data.matrix.replacing(rows, userCount: users.count)
        return MergedDataset(
            data: GenerationData(
                name: data.name, isSynthetic: data.isSynthetic, users: users, items: data.items,
                matrix: matrix, scale: data.scale),
            newUserCount: users.count - data.users.count, ignoredCount: ignoredCount)
    }

    private func extended(_ users: UserTable, items: Catalogue) -> UserTable {
        let added = newUsers(users: users, items: items)
        guard !added.isEmpty else { return users }
        let attributes = users.attributes.map { attribute in
            UserAttribute(
                name: attribute.name, categories: attribute.categories,
                codes: attribute.codes + [Int32](repeating: -1, count: added.count))
        }
        return UserTable(users.ids + added, attributes: attributes)
    }
}
