// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// One user's latest change of each item that changed.
struct UserChanges: Sendable, Equatable {
    /// What an item's rating is now.
    struct Latest: Sendable, Equatable {
        /// The rating, or nil when it was withdrawn.
        let rating: Float?
        /// When the user gave it, in seconds since 1970.
        let timestampSeconds: Int64
    }

    /// The latest change of each item.
    private(set) var byItem: [ItemID: Latest] = [:]
    /// How many changes there were, repeated ones included.
    private(set) var count = 0

    /// Replaces what was known of the change's item.
    mutating func apply(_ change: RatingChange) {
        count += 1
        byItem[change.item] = Latest(
            rating: change.rating, timestampSeconds: change.timestampSeconds)
    }

    /// The changes of items that `catalogue` knows, ascending by position.
    func located(in catalogue: Catalogue) -> [(item: Int32, latest: Latest)] {
        var located: [(item: Int32, latest: Latest)] = []
        located.reserveCapacity(byItem.count)
        for (id, latest) in byItem {
            if let index = catalogue.index(of: id) { located.append((index.rawValue, latest)) }
        }
        // Because a dictionary's order differs from run to run.
        located.sort { $0.item < $1.item }
        return located
    }

    /// Whether at least one rating stands for an item that `catalogue` knows.
    func hasRating(in catalogue: Catalogue) -> Bool {
        byItem.contains { $0.value.rating != nil && catalogue.index(of: $0.key) != nil }
    }
}
