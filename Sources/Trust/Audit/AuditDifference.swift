// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Two models measured on the same held-out ratings of the same users, compared user by user.
public struct AuditDifference: Sendable {
    /// One metric of one group under both models.
    public struct Row: Sendable, Equatable {
        /// What parts the users; `all` for no parting.
        public let attribute: String
        /// The group's label, or `all`.
        public let group: String
        /// The users measured.
        public let users: Int
        /// The held-out ratings measured.
        public let ratings: Int
        /// Which number.
        public let metric: UserMetric
        /// The number under the first model.
        public let first: Double
        /// The number under the second model.
        public let second: Double
        /// Second − first.
        public let difference: Double
        /// The lower end of the 95% interval of second − first, users resampled.
        public let low: Double
        /// The upper end.
        public let high: Double
        /// (1 + #{T* ≥ T}) / (B + 1), two-sided, where chance exchanges the models for each user.
        public let p: Double
        /// Confirmatory for rmse and ndcg@10 of all users, else exploratory.
        public let family: AuditRow.Family
        /// The p-value adjusted for the size of its family.
        public fileprivate(set) var adjustedP: Double

        /// Whether the test finds a difference at 5% after adjustment.
        public var isSignificant: Bool { adjustedP <= AuditRow.level }
    }

    /// All metrics of all users, then of each group that may be shown, with exact numbers.
    public let exactRows: [Row]
    /// Groups left out because they, or a group that they would reveal, have under 10 users.
    public let suppressedGroups: Int
    /// The users compared.
    public let users: Int

    /// The rows as they are published: counts and numbers of groups rounded.
    public var rows: [Row] { exactRows.map(\.published) }

    /// Compares two subjects whose measured users are the same people in the same order, with the
    /// same held-out ratings; `first.attributes` are not looked at, `second`'s part the users.
    ///
    /// The same options give the same numbers bit for bit at any `threads`. `progress` gets 0…1 and
    /// returns false to cancel, upon which the result is nil. Traps when the users differ in number.
    public init?(
        _ first: AuditSubject, _ second: AuditSubject, options: AuditOptions, threads: Int,
        progress: (Double) -> Bool
    ) {
        let isExposed = Suppression.exposedUsers(
            second.attributes.map { attribute in
                second.measurements.users.map { attribute.codes[$0.user.position] }
            }, userCount: second.measurements.users.count)
        let (first, second) = (first.leavingOut(isExposed), second.leavingOut(isExposed))
        precondition(
            first.measurements.users.count == second.measurements.users.count, "other users")
        let users = GroupedUsers(
            second.measurements, table: second.table, attributes: second.attributes)
        let pairs = PairedMeasures(first: first.table, second: second.table, users: users)
        let bootstrap = pairs.resampled(options, threads: threads) { progress(0.5 * $0) }
        guard let bootstrap else { return nil }
        let null = pairs.exchanged(options, threads: threads) { progress(0.5 + 0.5 * $0) }
        guard let null else { return nil }
        let isShown = GroupVisibility.isShown(users, intersections: [:])
        var rows: [Row] = []
        for cell in pairs.cells(isShown: isShown) {
            let members = pairs.members(cell)
            for metric in UserMetric.allCases {
                let values = pairs.values(metric, cell: cell)
                guard values.first.isFinite, values.second.isFinite else { continue }
                let place = pairs.place(metric, cell: cell)
                let interval = Percentile.interval95(bootstrap.column(place))
                let p = PValue.twoSided(values.second - values.first, null: null.column(place))
                rows.append(
                    Row(
                        attribute: pairs.attribute(cell), group: pairs.group(cell),
                        users: members.count,
                        ratings: members.reduce(0) {
                            $0 + second.measurements.users[$1].items.count
                        }, metric: metric, first: values.first, second: values.second,
                        difference: values.second - values.first,
                        low: interval.low, high: interval.high, p: p,
                        family: cell == 0 && metric.isConfirmatory ? .confirmatory : .exploratory,
                        adjustedP: p))
            }
        }
        exactRows = Self.adjusted(rows)
        suppressedGroups = users.attributes.indices.reduce(0) { sum, attribute in
            sum + zip(users.userCounts(attribute), isShown[attribute]).count { $0 > 0 && !$1 }
        }
        self.users = users.table.count
    }

    private static func adjusted(_ rows: [Row]) -> [Row] {
        var rows = rows
        for family in [AuditRow.Family.confirmatory, .exploratory] {
            let places = rows.indices.filter { rows[$0].family == family }
            let values = family.adjusted(places.map { rows[$0].p })
            for (place, value) in zip(places, values) { rows[place].adjustedP = value }
        }
        return rows
    }
}

extension AuditDifference.Row {
    fileprivate var published: AuditDifference.Row {
        guard group != "all" else { return self }
        func number(_ value: Double) -> Double { RoundedCount.number(value, users: users) }
        let (first, second) = (number(first), number(second))
        return AuditDifference.Row(
            attribute: attribute, group: group, users: RoundedCount.of(users),
            ratings: RoundedCount.of(ratings), metric: metric, first: first, second: second,
            difference: number(second - first), low: number(low), high: number(high), p: p,
            family: family, adjustedP: adjustedP)
    }
}
