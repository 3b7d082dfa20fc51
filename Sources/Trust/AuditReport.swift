// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Accuracy by group of users, each number with an interval that knows its own noise.
public struct AuditReport: Sendable, Equatable {
    /// All users first, then each attribute's groups in the attribute's order, each with its own
    /// metrics and its gaps to all other users.
    public let entries: [AuditEntry]
    /// Groups left out because they, or a group they would reveal, have under 10 users.
    public let suppressedGroups: Int
    /// Users with at least one held-out rating.
    public let users: Int
    /// The options that make the intervals reproducible.
    public let options: AuditOptions

    /// Groups what was measured of users by the groups of `attributes`.
    ///
    /// Every attribute has one code per user of the data. Intervals are 95% percentile intervals of a bootstrap that resamples
    /// users, not ratings: ratings of one user share that user's error, and resampling them would
    /// give intervals that are too narrow (Efron & Tibshirani 1993, §6 and §8). A number that
    /// cannot be measured (no relevant item held out in a whole group) is left out.
    ///
    /// Complexity: O(resamples × users × attributes). `progress` gets 0…1 and returns false to
    /// cancel, upon which the result is nil.
    public init?(
        _ measurements: HeldOutMeasurements, attributes: [UserAttribute], options: AuditOptions,
        progress: (Double) -> Bool
    ) {
        let measured = measurements.users
        let table = GroupTable(
            users: measured,
            codes: attributes.map { attribute in measured.map { attribute.codes[$0.user.position] }
            },
            groupCounts: attributes.map(\.categories.count))
        guard let resampled = table.bootstrap(options, progress: progress) else { return nil }
        let observed = table.sums(of: Array(0..<measured.count))
        var entries: [AuditEntry] = []
        var suppressed = 0
        func add(_ attribute: String, _ group: String, cell: Int, metrics: [AuditMetric]) {
            for metric in metrics {
                let value = observed.value(of: metric, cell: cell)
                guard value.isFinite else { continue }
                let samples = resampled.map { $0.value(of: metric, cell: cell) }
                let interval = Percentile.interval95(samples)
                let sums = observed.cells[cell]
                entries.append(
                    AuditEntry(
                        attribute: attribute, group: group,
                        users: metric.isRanking ? sums.rankedUsers : sums.users,
                        ratings: sums.ratings, metric: metric, value: value, low: interval.low,
                        high: interval.high))
            }
        }
        add("all", "all", cell: 0, metrics: [.rmse, .ndcg])
        for (position, attribute) in attributes.enumerated() {
            let cells = attribute.categories.indices.map { table.cell(position, group: $0) }
            let hidden = Suppression.hidden(userCounts: cells.map { observed.cells[$0].users })
            suppressed += zip(cells, hidden).count { $1 && observed.cells[$0].users > 0 }
            for (group, label) in attribute.categories.enumerated() where !hidden[group] {
                add(attribute.name, label, cell: cells[group], metrics: AuditMetric.allCases)
            }
        }
        self.entries = entries
        suppressedGroups = suppressed
        self.users = measured.count
        self.options = options
    }
}
