// SPDX-License-Identifier: GPL-3.0-or-later

/// What is computed of every group from sums: each metric, its gap and its size-adjusted gap.
///
/// Sums are groups × strata × `MetricTable.width`. A gap is the group's value less that of all
/// other users whose group is known. The size-adjusted gap is the same after direct
/// standardization: in each tenth by profile size where both sides have users, both get the
/// weight of the tenth's known users, so that groups are compared at equal profile sizes.
enum GroupStatistics {
    /// The statistics of one group and metric.
    enum Kind: Int, CaseIterable {
        case value
        case gap
        case adjustedGap
    }

    /// Where one statistic stands among those of all groups.
    static func place(group: Int, _ metric: UserMetric, _ kind: Kind) -> Int {
        (group * UserMetric.allCases.count + metric.place) * Kind.allCases.count + kind.rawValue
    }

    /// Where a metric of all users stands, given the number of groups.
    static func placeOfAll(_ metric: UserMetric, groupCount: Int) -> Int {
        place(group: groupCount, .rmse, .value) + metric.place
    }

    /// The number of statistics.
    static func count(groupCount: Int) -> Int {
        place(group: groupCount, .rmse, .value) + UserMetric.allCases.count
    }

    /// Adds the rows of users, each `weights[user]` times, to the sums of their groups and, at the
    /// end, of all users.
    ///
    /// `sums` has room for (groups × strata + 1) × `MetricTable.width`.
    static func add(
        _ users: GroupedUsers, weights: UnsafePointer<Double>, to sums: UnsafeMutablePointer<Double>
    ) {
        let width = MetricTable.width
        let end = users.groupCount * users.strataCount
        users.table.values.withUnsafeBufferPointer { rows in
            for user in 0..<users.table.count where weights[user] > 0 {
                // Non-nil because there is a user.
                let row = rows.baseAddress.unsafelyUnwrapped + user * width
                let weight = weights[user]
                add(row, weight, to: sums + end * width)
                for attribute in users.codes.indices {
                    let code = users.codes[attribute][user]
                    guard code >= 0 else { continue }
                    let cell =
                        (users.firstGroups[attribute] + Int(code)) * users.strataCount
                        + Int(users.strata[user])
                    add(row, weight, to: sums + cell * width)
                }
            }
        }
    }

    /// Computes all statistics from sums that `add` made.
    static func compute(
        _ users: GroupedUsers, sums: UnsafePointer<Double>, into out: UnsafeMutablePointer<Double>
    ) {
        let width = MetricTable.width
        let strata = users.strataCount
        for metric in UserMetric.allCases {
            let all = sums + users.groupCount * strata * width + 1 + 2 * metric.place
            out[placeOfAll(metric, groupCount: users.groupCount)] = metric.value(all[0], all[1])
        }
        for attribute in users.attributes.indices {
            let first = users.firstGroups[attribute]
            let groups = first..<first + users.attributes[attribute].groups.count
            var known = [Double](repeating: 0, count: strata * width)
            for group in groups {
                for place in known.indices { known[place] += sums[group * strata * width + place] }
            }
            for group in groups {
                compute(
                    group: group, sums: sums + group * strata * width, known: known,
                    strata: strata, into: out)
            }
        }
    }

    private static func compute(
        group: Int, sums: UnsafePointer<Double>, known: [Double], strata: Int,
        into out: UnsafeMutablePointer<Double>
    ) {
        let width = MetricTable.width
        for metric in UserMetric.allCases {
            let (numerator, denominator) = (1 + 2 * metric.place, 2 + 2 * metric.place)
            var (own, rest) = (Parts(), Parts())
            var (ownAdjusted, restAdjusted) = (Parts(), Parts())
            for stratum in 0..<strata {
                let start = stratum * width
                let mine = Parts(sums[start + numerator], sums[start + denominator])
                let others = Parts(
                    known[start + numerator] - mine.numerator,
                    known[start + denominator] - mine.denominator)
                own.add(mine, 1)
                rest.add(others, 1)
                let (users, otherUsers) = (sums[start], known[start] - sums[start])
                guard users > 0, otherUsers > 0 else { continue }
                ownAdjusted.add(mine, known[start] / users)
                restAdjusted.add(others, known[start] / otherUsers)
            }
            let value = own.value(metric)
            out[place(group: group, metric, .value)] = value
            out[place(group: group, metric, .gap)] = value - rest.value(metric)
            out[place(group: group, metric, .adjustedGap)] =
                ownAdjusted.value(metric) - restAdjusted.value(metric)
        }
    }

    private struct Parts {
        var numerator = 0.0
        var denominator = 0.0

        init(_ numerator: Double = 0, _ denominator: Double = 0) {
            self.numerator = numerator
            self.denominator = denominator
        }

        mutating func add(_ other: Parts, _ weight: Double) {
            numerator += weight * other.numerator
            denominator += weight * other.denominator
        }

        func value(_ metric: UserMetric) -> Double { metric.value(numerator, denominator) }
    }

    private static func add(
        _ row: UnsafePointer<Double>, _ weight: Double, to sums: UnsafeMutablePointer<Double>
    ) {
        for place in 0..<MetricTable.width { sums[place] += weight * row[place] }
    }
}
