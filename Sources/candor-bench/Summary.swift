// SPDX-License-Identifier: GPL-3.0-or-later

/// What a few figures come to; the median is not moved by a single disturbed one.
enum Summary {
    /// The middle figure, or the mean of the middle two; nil without figures.
    static func median(of values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1
            ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// The mean; nil without figures.
    static func mean(of values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
