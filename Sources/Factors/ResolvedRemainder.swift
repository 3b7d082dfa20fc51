// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// What is left of a profile, solved from scratch: right for every head.
struct ResolvedRemainder<Head: LinearHead>: Remainder {
    private let head: Head
    private let rest: Profile
    /// The positions of the rest in the whole profile.
    private let kept: [Int]
    private let count: Int
    private let foldIn: FoldIn

    /// Solves `profile` without the ratings at `positions`, which ascend.
    init(_ head: Head, _ profile: Profile, without positions: [Int]) {
        self.head = head
        count = profile.count
        rest = profile.without(positions)
        var removed = positions[...]
        kept = (0..<profile.count).filter { position in
            guard removed.first == position else { return true }
            removed.removeFirst()
            return false
        }
        foldIn = head.foldIn(rest)
    }

    var vector: UserVector { foldIn.vector }

    func shares(to item: ItemIndex) -> [Double] {
        var shares = [Double](repeating: 0, count: count)
        let left = head.shares(of: rest, to: item, with: foldIn).ratings
        for (place, position) in kept.enumerated() { shares[position] = left[place] }
        return shares
    }
}
