// SPDX-License-Identifier: GPL-3.0-or-later

import Factors

/// What lists of ten are worth, and how they spread over the catalogue.
public struct ListQualityRow: Sendable, Equatable {
    /// The name of what made the lists in numbers' names.
    public let id: String
    /// Its name for people.
    public let title: String
    /// Whether it is what serves.
    public let isServed: Bool
    /// The SHA-256 of its bytes.
    public let hash: String
    /// The means over users with a relevant held-out item.
    public let ndcg: Double
    /// Hits of all relevant items.
    public let recall: Double
    /// Hits of ten.
    public let precision: Double
    /// The part of the catalogue that is shown to anybody.
    public let coverage: Double
    /// How unequally items are shown: 0 equally, near 1 a few to everybody.
    public let gini: Double

    init(
        id: String, title: String, isServed: Bool = false, hash: String, lists: RankingMetrics,
        itemCount: Int
    ) {
        let exposure = lists.exposure(itemCount: itemCount)
        self.id = id
        self.title = title
        self.isServed = isServed
        self.hash = hash
        ndcg = lists.nDCG
        recall = lists.recall
        precision = lists.precision
        coverage = exposure.coverage
        gini = exposure.gini
    }
}
