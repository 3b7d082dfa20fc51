// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// An item and the score it was ranked by.
public struct ScoredItem: Sendable, Equatable {
    /// The item.
    public let item: ItemIndex
    /// Its score, never NaN.
    public let score: Double

    /// Joins the two.
    public init(item: ItemIndex, score: Double) {
        self.item = item
        self.score = score
    }

    /// Whether this one stands before `other`: by score descending, then by item order.
    public func precedes(_ other: ScoredItem) -> Bool {
        score != other.score ? score > other.score : item < other.item
    }
}
