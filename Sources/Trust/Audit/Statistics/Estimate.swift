// SPDX-License-Identifier: GPL-3.0-or-later

/// A number with its 95% interval; the ends are nil where no interval is meant.
struct Estimate: Sendable, Equatable {
    let value: Double
    let low: Double?
    let high: Double?

    /// Joins a number and its interval.
    init(value: Double, low: Double?, high: Double?) {
        self.value = value
        self.low = low
        self.high = high
    }

    /// A number that is exact for these users, or has no interval.
    init(value: Double) {
        self.value = value
        low = nil
        high = nil
    }

    /// A number with the percentile interval of its resamples.
    init(value: Double, samples: [Double]) {
        let interval = Percentile.interval95(samples)
        self.value = value
        low = interval.low.isFinite ? interval.low : nil
        high = interval.high.isFinite ? interval.high : nil
    }
}
