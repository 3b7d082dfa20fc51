// SPDX-License-Identifier: GPL-3.0-or-later

/// Every user's numerators and denominators of all metrics, laid out for summing.
struct MetricTable: Sendable {
    /// The numbers of a row: 1 (the user itself), then numerator and denominator of each metric.
    static let width = 1 + 2 * UserMetric.allCases.count

    /// users × `width`, row-major.
    let values: [Double]
    /// The number of users.
    let count: Int

    /// Computes the rows of all measured users.
    init(_ measurements: HeldOutMeasurements, traits: [UserListTraits]) {
        precondition(traits.count == measurements.users.count, "traits for each user")
        var values: [Double] = []
        values.reserveCapacity(measurements.users.count * Self.width)
        for (user, traits) in zip(measurements.users, traits) {
            values.append(1)
            for metric in UserMetric.allCases {
                let parts = metric.parts(of: user, traits)
                values.append(parts.0)
                values.append(parts.1)
            }
        }
        self.values = values
        count = measurements.users.count
    }

    /// One user's value of `metric`, nil where it was not measured.
    func value(_ metric: UserMetric, of user: Int) -> Double? {
        let start = user * Self.width + 1 + 2 * metric.place
        let value = metric.value(values[start], values[start + 1])
        return value.isNaN ? nil : value
    }
}
