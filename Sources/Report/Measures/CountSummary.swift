// SPDX-License-Identifier: GPL-3.0-or-later

import Factors

/// Smallest, middle, mean and largest of some counts, and how unequal they are.
public struct CountSummary: Sendable, Equatable {
    /// The smallest; 0 without counts.
    public let smallest: Int
    /// The median; 0 without counts.
    public let median: Double
    /// The mean; NaN without counts.
    public let mean: Double
    /// The largest; 0 without counts.
    public let largest: Int
    /// The Gini coefficient: 0 when all are equal, near 1 when one has it all; NaN when all are 0.
    public let gini: Double

    /// Summarises `counts`, in O(count · log count).
    public init(_ counts: [Int]) {
        let sorted = counts.sorted()
        smallest = sorted.first ?? 0
        largest = sorted.last ?? 0
        mean = Double(sorted.reduce(0, +)) / Double(sorted.count)
        let middle = sorted.count / 2
        median =
            sorted.isEmpty
            ? 0
            : sorted.count % 2 == 1
                ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
        gini = Gini.coefficient(counts)
    }
}
