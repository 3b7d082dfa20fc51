// SPDX-License-Identifier: GPL-3.0-or-later

/// What is tested of one attribute, computed from nothing but each user's group, so that chance can
/// exchange groups.
struct TestedStatistics: Sendable {
    /// A statistic of one group or of the whole attribute.
    enum Place: Sendable, Equatable {
        /// The group's value less that of all others.
        case gap(group: Int, UserMetric)
        /// The Kolmogorov–Smirnov distance of users' own values between the group and all others.
        case distance(group: Int, UserMetric)
        /// How differently predictions err for the group and all others.
        case unfairness(group: Int, UnfairnessMetric)
        /// √(Σ w (value − mean)²) over the groups shown, w their parts of the users.
        case spread(UserMetric)
    }

    /// The metrics whose distributions are compared.
    static let compared: [UserMetric] = [.rmse, .nDCG]

    private let table: MetricTable
    private let items: ItemErrors
    private let distributions: [KolmogorovSmirnov]
    private let groupCount: Int
    /// For each group whether reports show it.
    private let isShown: [Bool]

    /// Prepares what does not depend on groups once for all attributes of an audit.
    init(_ measurements: HeldOutMeasurements, table: MetricTable) {
        self.table = table
        items = ItemErrors(measurements)
        distributions = Self.compared.map { metric in
            KolmogorovSmirnov((0..<table.count).map { table.value(metric, of: $0) })
        }
        groupCount = 0
        isShown = []
    }

    private init(_ all: TestedStatistics, isShown: [Bool]) {
        table = all.table
        items = all.items
        distributions = all.distributions
        groupCount = isShown.count
        self.isShown = isShown
    }

    /// The statistics of an attribute with these groups.
    func of(isShown: [Bool]) -> TestedStatistics { TestedStatistics(self, isShown: isShown) }

    /// The number of statistics.
    var width: Int { groupCount * Self.groupWidth + UserMetric.allCases.count }

    private static let groupWidth =
        UserMetric.allCases.count + compared.count + UnfairnessMetric.allCases.count

    /// Where a statistic stands in what `compute` writes.
    func position(_ place: Place) -> Int {
        let metrics = UserMetric.allCases.count
        switch place {
        case .gap(let group, let metric): return group * Self.groupWidth + metric.place
        case .distance(let group, let metric):
            return group * Self.groupWidth + metrics
                + (Self.compared.firstIndex(of: metric) ?? 0)
        case .unfairness(let group, let metric):
            return group * Self.groupWidth + metrics + Self.compared.count
                + (UnfairnessMetric.allCases.firstIndex(of: metric) ?? 0)
        case .spread(let metric): return groupCount * Self.groupWidth + metric.place
        }
    }

    /// Computes all statistics where user u is in group `codes[u]` (-1: unknown).
    func compute(_ codes: [Int32], into out: UnsafeMutablePointer<Double>) {
        let width = MetricTable.width
        let sums = groupSums(codes)
        var known = [Double](repeating: 0, count: width)
        for place in sums.indices { known[place % width] += sums[place] }
        for metric in UserMetric.allCases {
            let (numerator, denominator) = (1 + 2 * metric.place, 2 + 2 * metric.place)
            var values: [(value: Double, users: Double)] = []
            for group in 0..<groupCount {
                let (own, all) = (sums[group * width + numerator], known[numerator])
                let (ownBelow, allBelow) = (sums[group * width + denominator], known[denominator])
                let value = metric.value(own, ownBelow)
                out[position(.gap(group: group, metric))] =
                    value - metric.value(all - own, allBelow - ownBelow)
                if isShown[group], !value.isNaN { values.append((value, sums[group * width])) }
            }
            out[position(.spread(metric))] = Self.spread(values)
        }
        for (distribution, metric) in zip(distributions, Self.compared) {
            let distances = distribution.distances(codes, groupCount: groupCount)
            for group in 0..<groupCount {
                out[position(.distance(group: group, metric))] = distances[group]
            }
        }
        let unfairness = items.unfairness(codes, groupCount: groupCount)
        let metricCount = UnfairnessMetric.allCases.count
        for group in 0..<groupCount {
            let start = position(.unfairness(group: group, UnfairnessMetric.allCases[0]))
            for place in 0..<metricCount {
                out[start + place] = unfairness[group * metricCount + place]
            }
        }
    }

    private func groupSums(_ codes: [Int32]) -> [Double] {
        let width = MetricTable.width
        var sums = [Double](repeating: 0, count: groupCount * width)
        sums.withUnsafeMutableBufferPointer { sums in
            table.values.withUnsafeBufferPointer { rows in
                for (user, code) in codes.enumerated() where code >= 0 {
                    let (row, sum) = (user * width, Int(code) * width)
                    for place in 0..<width { sums[sum + place] += rows[row + place] }
                }
            }
        }
        return sums
    }

    private static func spread(_ groups: [(value: Double, users: Double)]) -> Double {
        guard groups.count > 1 else { return .nan }
        let users = groups.reduce(0) { $0 + $1.users }
        let mean = groups.reduce(0) { $0 + $1.users * $1.value } / users
        let squares = groups.reduce(0) { $0 + $1.users * ($1.value - mean) * ($1.value - mean) }
        return (squares / users).squareRoot()
    }
}
