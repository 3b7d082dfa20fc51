// SPDX-License-Identifier: GPL-3.0-or-later

/// Percentile intervals of bootstrap samples.
enum Percentile {
    /// The 2.5% and 97.5% points of the finite samples, linearly interpolated between order
    /// statistics; NaN ends when there is none.
    static func interval95(_ samples: [Double]) -> (low: Double, high: Double) {
        let sorted = samples.filter(\.isFinite).sorted()
        return (point(0.025, of: sorted), point(0.975, of: sorted))
    }

    private static func point(_ fraction: Double, of sorted: [Double]) -> Double {
        guard !sorted.isEmpty else { return .nan }
        let position = fraction * Double(sorted.count - 1)
        let below = Int(position)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
    }
}
