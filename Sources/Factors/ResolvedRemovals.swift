// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Removals by solving the remaining ratings from scratch: right for every head.
public struct ResolvedRemovals<Head: LinearHead>: Removals {
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
}
