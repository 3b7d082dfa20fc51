// SPDX-License-Identifier: GPL-3.0-or-later

/// How large a gap must be for an audit of these users to find it.
enum DetectableGap {
    /// The level of the test and the chance of finding the gap: 5%, two-sided, and 80%.
    static let normalLevel = 1.959_963_985
    static let normalPower = 0.841_621_234

    /// z₀.₉₇₅ · deviation under chance + z₀.₈ · deviation of the estimate.
    ///
    /// `null` holds the gap when groups are exchanged, `samples` the gap in resamples; of a single
    /// test, before any adjustment for the number of tests.
    static func minimum(null: [Double], samples: [Double]) -> Double {
        normalLevel * deviation(null) + normalPower * deviation(samples)
    }

    /// The standard deviation of the finite values, by n − 1; NaN of fewer than two.
    static func deviation(_ values: [Double]) -> Double {
        let finite = values.filter(\.isFinite)
        guard finite.count > 1 else { return .nan }
        let mean = finite.reduce(0, +) / Double(finite.count)
        let squares = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(finite.count - 1)).squareRoot()
    }
}
