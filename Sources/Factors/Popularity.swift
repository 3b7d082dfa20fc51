// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Items by how many users rated them: what a user without history gets.
public struct Popularity: Sendable, Equatable {
    /// The number of ratings of each item.
    public let counts: [Int]
    /// All items, most rated first, ties by item order.
    public let order: [ItemIndex]

    /// Counts the ratings of every item, in O(items · log items).
    public init(_ matrix: RatingMatrix) {
        let counts = matrix.byItem.counts
        self.counts = counts
        order = counts.indices
            .sorted { counts[$0] != counts[$1] ? counts[$0] > counts[$1] : $0 < $1 }
            .map { ItemIndex($0) }
    }

    /// The `count` most rated items not in `excluding`, with their counts as scores.
    public func select(count: Int, excluding: Profile) -> [ScoredItem] {
        let unseen = order.lazy.filter { excluding.position(of: $0) == nil }
        return unseen.prefix(max(0, count)).map { item in
            ScoredItem(item: item, score: Double(counts[item.position]))
        }
    }
}
