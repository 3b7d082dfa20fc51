// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// One way to part the items of a catalogue; an item may belong to several groups in parts.
struct ItemGroups: Sendable {
    /// What parts the items: `popularity`, `decade` or `genre`.
    let name: String
    /// The groups' labels.
    let labels: [String]
    /// For each item its groups and the part of it that belongs to each; the parts sum to 1.
    let memberships: [[(group: Int, part: Double)]]

    /// Items by their training ratings, in four groups.
    ///
    /// After Abdollahpouri et al. 2019: `head` is the smallest number of most rated items that have
    /// a fifth of all ratings, `tail` the largest number of least rated ones that have at most a
    /// fifth, `middle` the rest, and `unrated` has none.
    static func popularity(_ train: RatingMatrix) -> ItemGroups {
        let popularity = Popularity(train)
        let (counts, order) = (popularity.counts, popularity.order.map(\.position))
        let fifth = Double(train.count) / 5
        var groups = [Int](repeating: 1, count: counts.count)
        var sum = 0
        for item in order where Double(sum) < fifth {
            groups[item] = 0
            sum += counts[item]
        }
        sum = 0
        for item in order.reversed() where groups[item] == 1 {
            sum += counts[item]
            guard Double(sum) <= fifth else { break }
            groups[item] = counts[item] > 0 ? 2 : 3
        }
        return ItemGroups(
            name: "popularity", labels: ["head", "middle", "tail", "unrated"],
            memberships: groups.map { [(group: $0, part: 1)] })
    }

    /// Items by the decade of their year, the unknown last.
    static func decade(_ catalogue: Catalogue) -> ItemGroups {
        let decades = catalogue.items.map(\.decade)
        let known = Set(decades.compactMap(\.self)).sorted()
        let places = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, $0) })
        return ItemGroups(
            name: "decade", labels: known.map { "\($0)s" } + ["unknown"],
            memberships: decades.map { decade in
                [(group: decade.flatMap { places[$0] } ?? known.count, part: 1)]
            })
    }

    /// Items spread evenly over their genres, those without last.
    static func genre(_ genres: GenreShares, itemCount: Int) -> ItemGroups {
        ItemGroups(
            name: "genre", labels: genres.names + ["none"],
            memberships: (0..<itemCount).map { item in
                let own = genres.genres(of: ItemIndex(item))
                return own.isEmpty
                    ? [(group: genres.names.count, part: 1)]
                    : own.map { (group: Int($0), part: 1 / Double(own.count)) }
            })
    }

    /// The part of `weights`, one for each item, that belongs to each group; NaN of nothing.
    func shares(_ weights: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: labels.count)
        for (weight, memberships) in zip(weights, memberships) where weight > 0 {
            for membership in memberships { sums[membership.group] += weight * membership.part }
        }
        let all = weights.reduce(0, +)
        return sums.map { $0 / all }
    }
}
