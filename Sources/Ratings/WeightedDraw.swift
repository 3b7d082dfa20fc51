// SPDX-License-Identifier: GPL-3.0-or-later

/// Draws positions with probabilities in proportion to weights.
struct WeightedDraw: Sendable {
    private let cumulative: [Double]

    /// A draw by `weights`, positive and at least one.
    init(_ weights: [Double]) {
        var sum = 0.0
        cumulative = weights.map { weight in
            sum += weight
            return sum
        }
    }

    /// The position that `uniform`, in 0 ..< 1, falls on, in O(log positions).
    func position(_ uniform: Double) -> Int {
        let target = uniform * cumulative[cumulative.count - 1]
        var low = 0
        var high = cumulative.count - 1
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] > target { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
