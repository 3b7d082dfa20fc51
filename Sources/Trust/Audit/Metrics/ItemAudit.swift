// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Glibc
import Ratings

/// What lists show of the catalogue, and how well popular and rare items are served.
struct ItemAudit {
    private let measurements: HeldOutMeasurements
    private let train: RatingMatrix
    private let popularity: ItemGroups
    private let groupings: [ItemGroups]

    init(_ measurements: HeldOutMeasurements, train: RatingMatrix, catalogue: Catalogue) {
        self.measurements = measurements
        self.train = train
        popularity = ItemGroups.popularity(train)
        groupings = [
            popularity, .decade(catalogue),
            .genre(GenreShares(catalogue), itemCount: catalogue.count),
        ]
    }

    /// One number of the items, before it becomes a row.
    private struct Measured {
        let attribute: String
        let group: String
        let metric: String
        let users: Int
        let ratings: Int
        let ratio: UserRatio
    }

    /// All rows of the section; nil when `progress` returns false.
    ///
    /// What describes the whole of these users' lists or the catalogue itself has no interval.
    func rows(
        _ options: AuditOptions, threads: Int, progress: (Double) -> Bool
    ) -> [AuditRow]? {
        let measured = [tailShare()] + accuracy() + groupings.flatMap(exposure)
        let estimates = UserRatio.measure(
            measured.map(\.ratio), userCount: measurements.users.count, options: options,
            threads: threads, progress: progress)
        guard let estimates else { return nil }
        let rows = zip(measured, estimates).map { number, estimate in
            AuditRow(
                .items, attribute: number.attribute, group: number.group, users: number.users,
                ratings: number.ratings, metric: number.metric, estimate)
        }
        return concentration() + rows + shares()
    }

    private func concentration() -> [AuditRow] {
        let exposure = ListExposure(
            measurements.users.map(\.list), itemCount: measurements.itemCount)
        return [("gini@10", exposure.gini), ("coverage@10", exposure.coverage)].map {
            AuditRow(
                .items, attribute: "items", group: "all", users: measurements.users.count,
                ratings: 0, metric: $0.0, Estimate(value: $0.1))
        }
    }

    /// The part of all exposure that goes to the tail or to items that nobody has rated.
    private func tailShare() -> Measured {
        Measured(
            attribute: "items", group: "all", metric: "tail-share@10",
            users: measurements.users.count, ratings: 0,
            ratio: exposureRatio { item in
                popularity.memberships[item].reduce(0) { $0 + ($1.group >= 2 ? $1.part : 0) }
            })
    }

    private func exposure(_ grouping: ItemGroups) -> [Measured] {
        grouping.labels.enumerated().map { group, label in
            Measured(
                attribute: grouping.name, group: label, metric: "exposure@10",
                users: measurements.users.count, ratings: 0,
                ratio: exposureRatio { item in
                    grouping.memberships[item].reduce(0) {
                        $0 + ($1.group == group ? $1.part : 0)
                    }
                })
        }
    }

    /// The part of the users' exposure that `part` of each item claims; an item at place p of a
    /// list, from 1, has exposure 1 / log₂(p + 1).
    private func exposureRatio(_ part: (Int) -> Double) -> UserRatio {
        var ratio = UserRatio(numerators: [], denominators: [])
        for user in measurements.users {
            var (own, all) = (0.0, 0.0)
            for (place, item) in user.list.enumerated() {
                let exposure = 1 / log2(Double(place) + 2)
                own += exposure * part(item.position)
                all += exposure
            }
            ratio.numerators.append(own)
            ratio.denominators.append(all)
        }
        return ratio
    }

    /// Errors of held-out ratings, and how many relevant items are found, by the item's popularity.
    private func accuracy() -> [Measured] {
        let groups = popularity.memberships.map { $0[0].group }
        return popularity.labels.enumerated().flatMap { group, label in
            var (squared, absolute, signed) = (Ratios(), Ratios(), Ratios())
            var found = Ratios()
            var (users, ratings) = (0, 0)
            for user in measurements.users {
                let places = user.items.indices.filter { groups[Int(user.items[$0])] == group }
                let errors = places.map { user.errors[$0] }
                let relevant = places.filter {
                    user.ratings[$0] >= measurements.relevanceThreshold
                }
                let hits = relevant.count { place in
                    user.list.contains { $0.rawValue == user.items[place] }
                }
                let count = Double(errors.count)
                squared.append(errors.reduce(0) { $0 + $1 * $1 }, count)
                absolute.append(errors.reduce(0) { $0 + abs($1) }, count)
                signed.append(errors.reduce(0, +), count)
                found.append(Double(hits), Double(relevant.count))
                users += errors.isEmpty ? 0 : 1
                ratings += errors.count
            }
            let metrics = [
                ("rmse", squared, true), ("mae", absolute, false), ("bias", signed, false),
                ("hit-rate@10", found, false),
            ]
            return metrics.map { name, ratios, isRoot in
                Measured(
                    attribute: popularity.name, group: label, metric: name, users: users,
                    ratings: ratings,
                    ratio: UserRatio(
                        numerators: ratios.above, denominators: ratios.below, isRoot: isRoot))
            }
        }
    }

    private struct Ratios {
        var above: [Double] = []
        var below: [Double] = []

        mutating func append(_ numerator: Double, _ denominator: Double) {
            above.append(numerator)
            below.append(denominator)
        }
    }

    /// What parts of the training ratings and of the catalogue belong to each group.
    private func shares() -> [AuditRow] {
        let counts = train.byItem.counts.map(Double.init)
        let once = [Double](repeating: 1, count: train.itemCount)
        return groupings.flatMap { grouping in
            [("rating-share", counts), ("catalogue-share", once)].flatMap { metric, weights in
                zip(grouping.labels, grouping.shares(weights)).map { label, share in
                    AuditRow(
                        .items, attribute: grouping.name, group: label,
                        users: measurements.users.count, ratings: 0, metric: metric,
                        Estimate(value: share))
                }
            }
        }
    }
}
