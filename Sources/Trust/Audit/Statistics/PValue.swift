// SPDX-License-Identifier: GPL-3.0-or-later

/// p-values of an observed number against what chance gave.
enum PValue {
    /// (1 + #{T* ≥ T}) / (B + 1) (Phipson & Smyth 2010): exact under exchangeability, never 0.
    ///
    /// Chance numbers that are no number count as ≥ T.
    static func upper(_ observed: Double, null: [Double]) -> Double {
        // Sums in another order differ in the last bits; equal statistics must count as equal.
        let threshold = observed - 1e-12 * Swift.max(1, abs(observed))
        let reached = null.count { !($0 < threshold) }
        return Double(1 + reached) / Double(null.count + 1)
    }

    /// Twice the smaller of both sides, at most 1: for numbers that may lie on either side.
    static func twoSided(_ observed: Double, null: [Double]) -> Double {
        let above = upper(observed, null: null)
        let below = upper(-observed, null: null.map { -$0 })
        return min(1, 2 * min(above, below))
    }

    /// Holm's (1979) step-down adjustment, in the order given: the family-wise error rate stays
    /// below the level whatever the dependence.
    static func holm(_ values: [Double]) -> [Double] {
        var adjusted = values
        var highest = 0.0
        for (rank, place) in ascending(values).enumerated() {
            highest = max(highest, min(1, values[place] * Double(values.count - rank)))
            adjusted[place] = highest
        }
        return adjusted
    }

    /// Benjamini and Hochberg's (1995) step-up adjustment, in the order given: the expected part of
    /// false findings stays below the level.
    static func benjaminiHochberg(_ values: [Double]) -> [Double] {
        var adjusted = values
        var lowest = 1.0
        for (rank, place) in ascending(values).enumerated().reversed() {
            lowest = min(lowest, values[place] * Double(values.count) / Double(rank + 1))
            adjusted[place] = lowest
        }
        return adjusted
    }

    private static func ascending(_ values: [Double]) -> [Int] {
        values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    }
}
