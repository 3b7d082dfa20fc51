// SPDX-License-Identifier: GPL-3.0-or-later

/// How unequally something is shared out.
public enum Gini {
    /// The Gini coefficient of `counts`, zeros included; NaN when all are zero.
    ///
    /// 0 when all are equal, 1 − 1/n when a single one has it all:
    /// 2 Σ_k k·x_k / (n Σ x) − (n + 1)/n for x ascending, k from 1.
    public static func coefficient(_ counts: [Int]) -> Double {
        let n = Double(counts.count)
        var weighted = 0.0
        for (place, count) in counts.sorted().enumerated() {
            weighted += Double(place + 1) * Double(count)
        }
        return 2 * weighted / (n * Double(counts.reduce(0, +))) - (n + 1) / n
    }
}
