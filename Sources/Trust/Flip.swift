// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors

/// Ratings of a user without which an item leaves the top of the list.
///
/// The items of the ratings that are taken out are not candidates: the user knows them. Verified by a
/// solve from scratch of the ratings that are left.
public struct Flip: Sendable, Equatable {
    /// The most ratings that are taken out.
    public static let removedMax = 50
    /// What closed forms may differ by from a solve from scratch, and more.
    static let slack = 1e-9

    /// How it is known that no smaller set would do.
    public enum Minimality: String, Sendable {
        /// All smaller sets were ruled out.
        case certified
        /// No rating of it can be put back alone; a smaller set of other ratings may exist.
        case inclusion
    }

    /// The positions of the ratings in the profile, ascending.
    public let removed: [Int]
    /// How small it is.
    public let minimality: Minimality
    /// The head of the list without them.
    public let list: [ScoredItem]
}
