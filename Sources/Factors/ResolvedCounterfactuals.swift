// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Counterfactuals by solving from scratch: right for every head.
public struct ResolvedCounterfactuals<Head: LinearHead>: Counterfactuals {
    private let head: Head
    private let profile: Profile

    /// Prepares nothing.
    public init(_ head: Head, _ profile: Profile) {
        self.head = head
        self.profile = profile
    }

    /// Solves the remaining ratings.
    public func vector(without positions: [Int]) -> UserVector {
        head.foldIn(profile.without(positions)).vector
    }

    /// Solves the remaining ratings.
    public func score(of item: ItemIndex, without positions: [Int]) -> Double {
        head.score(of: item, for: vector(without: positions))
    }

    /// Solves the changed ratings.
    public func vector(rating position: Int, as value: Float) -> UserVector {
        head.foldIn(profile.rating(position, as: value)).vector
    }

    /// Solves the remaining ratings.
    public func remainder(without positions: [Int]) -> any Remainder {
        ResolvedRemainder(head, profile, without: positions)
    }

    /// None.
    public func steps() -> RemovalSteps? { nil }

    /// None.
    public func pairs() -> PairRemovals? { nil }
}
