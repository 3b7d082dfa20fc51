// SPDX-License-Identifier: GPL-3.0-or-later

/// The shares of a user's ratings in a score, the largest first.
struct RankedShares {
    /// Positions of the ratings by |share|, largest first, ties by position.
    let order: [Int]
    /// The part of the sum of |share| that the five largest shares cover, 0…1; 1 without any.
    let topFiveCoverage: Double

    /// Ranks the shares of ratings, in O(n log n).
    init(_ shares: [Double]) {
        order = shares.indices.sorted { left, right in
            let a = shares[left].magnitude
            let b = shares[right].magnitude
            return a != b ? a > b : left < right
        }
        let total = shares.reduce(0) { $0 + $1.magnitude }
        let largest = order.prefix(5).reduce(0) { $0 + shares[$1].magnitude }
        // The two are summed in different orders, and a part is never more than the whole.
        topFiveCoverage = total > 0 ? min(largest / total, 1) : 1
    }
}
