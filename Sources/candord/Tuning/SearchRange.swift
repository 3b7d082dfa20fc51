// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Where tuning looks for the value of an option.
struct SearchRange: Equatable {
    let lower: Double
    let upper: Double
    /// Whether equal ratios, not equal differences, are equally likely.
    let isLogarithmic: Bool

    /// From the lower to the upper end on a logarithmic scale; both must be above 0.
    static func logarithmic(_ range: ClosedRange<Double>) -> SearchRange {
        precondition(range.lowerBound > 0, "a logarithmic range begins above 0")
        return SearchRange(
            lower: range.lowerBound, upper: range.upperBound, isLogarithmic: true)
    }

    /// From the lower to the upper end on a linear scale.
    static func linear(_ range: ClosedRange<Double>) -> SearchRange {
        SearchRange(lower: range.lowerBound, upper: range.upperBound, isLogarithmic: false)
    }

    /// The value at `part` (0…1) of the range, to three digits.
    ///
    /// Three digits, because what a person copies from a table should be what was tried.
    func value(at part: Double) -> Double {
        let value =
            isLogarithmic
            ? lower * pow(upper / lower, part) : lower + (upper - lower) * part
        guard value != 0 else { return 0 }
        let step = pow(10, floor(log10(abs(value))) - 2)
        // Dividing by a power of ten gives the shortest decimal where multiplying does not.
        let digits = (value / step).rounded()
        let rounded = step < 1 ? digits / (1 / step).rounded() : digits * step
        return min(max(rounded, lower), upper)
    }
}
