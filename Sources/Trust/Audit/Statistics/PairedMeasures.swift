// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The same users' numerators and denominators under two models, by cells: 0 is all users, then
/// the groups of each attribute.
struct PairedMeasures: Sendable {
    private let first: MetricTable
    private let second: MetricTable
    private let users: GroupedUsers
    private let cellCount: Int

    /// Joins tables of the same users in the same order.
    init(first: MetricTable, second: MetricTable, users: GroupedUsers) {
        self.first = first
        self.second = second
        self.users = users
        cellCount = users.groupCount + 1
    }

    /// The cells that may be shown, all users first.
    func cells(isShown: [[Bool]]) -> [Int] {
        [0]
            + users.attributes.indices.flatMap { attribute in
                isShown[attribute].indices.filter { isShown[attribute][$0] }
                    .map { 1 + users.firstGroups[attribute] + $0 }
            }
    }

    /// The name of the attribute that a cell belongs to.
    func attribute(_ cell: Int) -> String {
        home(cell).map { users.attributes[$0.attribute].name } ?? "all"
    }

    /// The label of a cell's group.
    func group(_ cell: Int) -> String {
        home(cell).map { users.attributes[$0.attribute].groups[$0.group] } ?? "all"
    }

    /// The places of a cell's users.
    func members(_ cell: Int) -> [Int] {
        guard let home = home(cell) else { return Array(0..<users.table.count) }
        return users.codes[home.attribute].indices.filter {
            users.codes[home.attribute][$0] == Int32(home.group)
        }
    }

    /// Where the difference of a metric in a cell stands among the statistics of a resample.
    func place(_ metric: UserMetric, cell: Int) -> Int {
        cell * UserMetric.allCases.count + metric.place
    }

    /// A metric of a cell's users under both models.
    func values(_ metric: UserMetric, cell: Int) -> (first: Double, second: Double) {
        let members = members(cell)
        func value(_ table: MetricTable) -> Double {
            var (above, below) = (0.0, 0.0)
            for user in members {
                above += table.values[user * MetricTable.width + 1 + 2 * metric.place]
                below += table.values[user * MetricTable.width + 2 + 2 * metric.place]
            }
            return metric.value(above, below)
        }
        return (value(first), value(second))
    }

    /// The differences when users are drawn with replacement, both models of a user together.
    func resampled(
        _ options: AuditOptions, threads: Int, progress: (Double) -> Bool
    ) -> Resamples? {
        statistics(options, threads: threads, progress: progress) { sample, weights, _ in
            UserBootstrap.draw(sample, seed: options.seed, into: &weights)
        }
    }

    /// The differences when each user's models are exchanged or not by a coin.
    func exchanged(
        _ options: AuditOptions, threads: Int, progress: (Double) -> Bool
    ) -> Resamples? {
        statistics(options, threads: threads, progress: progress) { sample, _, isExchanged in
            let coins = CounterRandom(seed: options.seed, stream: (1 << 58) + UInt64(sample))
            for user in isExchanged.indices {
                isExchanged[user] = coins.bits(UInt64(user)) >> 63 == 1
            }
        }
    }

    private func statistics(
        _ options: AuditOptions, threads: Int, progress: (Double) -> Bool,
        draw: @escaping @Sendable (Int, inout [Double], inout [Bool]) -> Void
    ) -> Resamples? {
        let count = users.table.count
        return Resamples(
            count: options.resamples, width: cellCount * UserMetric.allCases.count,
            threads: threads, progress: progress,
            makeScratch: {
                (
                    weights: [Double](repeating: 1, count: count),
                    isExchanged: [Bool](repeating: false, count: count)
                )
            }
        ) { sample, scratch, out in
            draw(sample, &scratch.weights, &scratch.isExchanged)
            write(scratch.weights, scratch.isExchanged, into: out)
        }
    }

    private func write(
        _ weights: [Double], _ isExchanged: [Bool], into out: UnsafeMutablePointer<Double>
    ) {
        let width = MetricTable.width
        var firstSums = [Double](repeating: 0, count: cellCount * width)
        var secondSums = firstSums
        func add(_ user: Int, to cell: Int) {
            let (row, sum, weight) = (user * width, cell * width, weights[user])
            for place in 0..<width {
                let (one, two) = (first.values[row + place], second.values[row + place])
                firstSums[sum + place] += weight * (isExchanged[user] ? two : one)
                secondSums[sum + place] += weight * (isExchanged[user] ? one : two)
            }
        }
        for user in weights.indices where weights[user] > 0 {
            add(user, to: 0)
            for attribute in users.codes.indices where users.codes[attribute][user] >= 0 {
                add(
                    user,
                    to: 1 + users.firstGroups[attribute] + Int(users.codes[attribute][user]))
            }
        }
        for cell in 0..<cellCount {
            for metric in UserMetric.allCases {
                let at = cell * width + 1 + 2 * metric.place
                out[place(metric, cell: cell)] =
                    metric.value(secondSums[at], secondSums[at + 1])
                    - metric.value(firstSums[at], firstSums[at + 1])
            }
        }
    }

    private func home(_ cell: Int) -> (attribute: Int, group: Int)? {
        guard cell > 0, let attribute = users.firstGroups.lastIndex(where: { $0 < cell }) else {
            return nil
        }
        return (attribute, cell - 1 - users.firstGroups[attribute])
    }
}
