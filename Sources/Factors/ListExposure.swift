// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// How a set of lists spreads over the catalogue.
public struct ListExposure: Sendable, Equatable {
    /// How many of the lists show each item, by item position.
    public let counts: [Int]

    /// Counts the items of all lists; traps when one is not of the catalogue.
    public init(_ lists: [[ItemIndex]], itemCount: Int) {
        var counts = [Int](repeating: 0, count: itemCount)
        for list in lists {
            for item in list { counts[item.position] += 1 }
        }
        self.counts = counts
    }

    /// Takes counts that were made elsewhere, one for each item.
    public init(counts: [Int]) { self.counts = counts }

    /// The part of the catalogue that at least one list shows, 0…1; NaN without items.
    ///
    /// Catalogue coverage (Ge, Delgado-Battenfeld & Jannach 2010).
    public var coverage: Double { Double(counts.count { $0 > 0 }) / Double(counts.count) }

    /// The Gini coefficient of how often items are shown, over the whole catalogue, zeros included.
    ///
    /// NaN when nothing is shown.
    public var gini: Double { Gini.coefficient(counts) }

    /// The mean, over all places of all lists, of what `popularity` says of the item there.
    ///
    /// With numbers of training ratings this is the average popularity of what is recommended
    /// (Yin et al. 2012). NaN when nothing is shown.
    public func meanPopularity(_ popularity: [Int]) -> Double {
        precondition(popularity.count == counts.count, "a popularity for each item")
        let sum = zip(counts, popularity).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        return sum / Double(shownCount)
    }

    private var shownCount: Int { counts.reduce(0, +) }
}
