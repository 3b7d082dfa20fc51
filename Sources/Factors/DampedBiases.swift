// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// The baseline r̂ = μ + b_u + b_i with damped means: what a model without taste can say.
///
/// Alternates b_i = Σ(r − μ − b_u)/(n_i + damping) and the same for users, in row order.
public struct DampedBiases: Sendable, Equatable {
    /// μ: the mean of all ratings; 0 without ratings.
    public let mean: Double
    /// b_u of each user; 0 without ratings.
    public let userBiases: [Double]
    /// b_i of each item; 0 without ratings.
    public let itemBiases: [Double]

    /// Fits the biases in O(rounds · ratings); both dampings are pseudo-counts ≥ 0.
    public init(
        _ matrix: RatingMatrix, userDamping: Double = 5, itemDamping: Double = 2, rounds: Int = 10
    ) {
        let values = matrix.byUser.values
        let sum = values.reduce(0.0) { $0 + Double($1) }
        let mean = values.isEmpty ? 0 : sum / Double(values.count)
        var users = [Double](repeating: 0, count: matrix.userCount)
        var items = [Double](repeating: 0, count: matrix.itemCount)
        for _ in 0..<rounds {
            items = Self.biases(matrix.byItem, mean: mean, other: users, damping: itemDamping)
            users = Self.biases(matrix.byUser, mean: mean, other: items, damping: userDamping)
        }
        self.mean = mean
        userBiases = users
        itemBiases = items
    }

    /// The predicted rating, not limited to the scale.
    public func predict(_ user: UserIndex, _ item: ItemIndex) -> Double {
        mean + userBiases[user.position] + itemBiases[item.position]
    }

    private static func biases(
        _ rows: SparseRows, mean: Double, other: [Double], damping: Double
    ) -> [Double] {
        (0..<rows.rowCount).map { row in
            let entries = rows.range(ofRow: row)
            guard !entries.isEmpty else { return 0 }
            var sum = 0.0
            for entry in entries {
                sum += Double(rows.values[entry]) - mean - other[Int(rows.columns[entry])]
            }
            return sum / (Double(entries.count) + damping)
        }
    }
}
