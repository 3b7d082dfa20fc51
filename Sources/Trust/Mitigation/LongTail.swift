// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
import Ratings

/// Which items are the long tail: all but the most rated ones that hold four fifths of the ratings.
///
/// Celma, "Music recommendation and discovery in the long tail" (2010) §4, with the cut of
/// Abdollahpouri et al. (2019).
public struct LongTail: Sendable {
    /// The part of all ratings that the head holds.
    public static let headShare = 0.8

    /// Whether each item is in the tail.
    public let contains: [Bool]

    /// Parts the catalogue: items enter the head in order of their ratings, ties by item order,
    /// until it holds `headShare` of them.
    public init(_ popularity: Popularity) {
        let total = popularity.counts.reduce(0, +)
        var contains = [Bool](repeating: true, count: popularity.counts.count)
        var held = 0
        for item in popularity.order where Double(held) < Self.headShare * Double(total) {
            contains[item.position] = false
            held += popularity.counts[item.position]
        }
        self.contains = contains
    }
}
