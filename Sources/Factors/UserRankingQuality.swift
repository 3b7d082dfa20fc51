// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
public import Ratings

/// How good one user's first K items are, against that user's relevant held-out items.
public struct UserRankingQuality: Sendable, Equatable {
    /// Whose list it is.
    public let user: UserIndex
    /// The number of relevant held-out items, at least 1.
    public let relevantCount: Int
    /// How many of them are among the first K.
    public let hitCount: Int
    /// hits / K.
    public let precision: Double
    /// hits / relevant.
    public let recall: Double
    /// Normalized discounted cumulative gain with gains 0 and 1 and discount log₂(rank + 1)
    /// (Järvelin & Kekäläinen 2002): 1 when the first min(K, relevant) items are all relevant.
    public let nDCG: Double
    /// 1 / the rank of the first hit within K, 0 without a hit (Voorhees 1999).
    public let reciprocalRank: Double
    /// The first K items, best first; fewer when the list is shorter.
    public let list: [ItemIndex]

    /// Measures a list, of which the first `cutoff` items count.
    ///
    /// `relevant` is not empty and ascends; `cutoff` is at least 1.
    public init(user: UserIndex, ranking: [ItemIndex], relevant: [Int32], cutoff: Int) {
        precondition(cutoff >= 1 && !relevant.isEmpty, "nothing to measure")
        var hits = 0
        var gain = 0.0
        var firstHit: Int?
        for (place, item) in ranking.prefix(cutoff).enumerated()
        where relevant.contains(item.rawValue) {
            hits += 1
            firstHit = firstHit ?? place
            gain += Self.discount(place)
        }
        let ideal = (0..<min(cutoff, relevant.count)).reduce(0.0) { $0 + Self.discount($1) }
        self.user = user
        relevantCount = relevant.count
        hitCount = hits
        precision = Double(hits) / Double(cutoff)
        recall = Double(hits) / Double(relevant.count)
        nDCG = gain / ideal
        reciprocalRank = firstHit.map { 1 / Double($0 + 1) } ?? 0
        list = Array(ranking.prefix(cutoff))
    }

    /// What a hit at `place` (0 is the first) is worth.
    private static func discount(_ place: Int) -> Double { 1 / log2(Double(place) + 2) }
}
