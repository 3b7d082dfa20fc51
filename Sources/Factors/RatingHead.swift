// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Predicts ratings: r̂_uj = μ + b_j + (1, q_j)·(b_u, p_u).
///
/// The user's vector (b_u, p_u) is always solved from the ratings of the moment: weights 1, targets
/// r − μ − b_i, and a prior λ√n on the diagonal, n being the number of ratings. Koren, Bell &
/// Volinsky 2009, with the weighted-λ idea of Zhou et al. 2008 at exponent ½.
public struct RatingHead: LinearHead, Equatable {
    /// μ: the mean of the ratings trained on.
    public let mean: Double
    /// b_j of each item; 0 for an item without ratings.
    public let itemBiases: [Float]
    /// items × factors: q_j; zero for an item without ratings.
    public let itemFactors: FactorMatrix
    /// λ of the user's factors, on the scale of the ratings.
    public let regularization: Double
    /// λ of the user's bias.
    public let biasRegularization: Double
    /// What it was trained with.
    public let options: RatingHeadOptions
    /// Rows (1, q_j), bases b_j, offset μ.
    public let designs: DesignTable

    /// Wraps trained parameters.
    ///
    /// Traps unless there is one bias per row of factors, everything is finite and both
    /// regularizations are above 0.
    public init(
        mean: Double, itemBiases: [Float], itemFactors: FactorMatrix, regularization: Double,
        biasRegularization: Double, options: RatingHeadOptions
    ) {
        precondition(
            regularization > 0 && biasRegularization > 0, "regularization must be above 0")
        self.mean = mean
        self.itemBiases = itemBiases
        self.itemFactors = itemFactors
        self.regularization = regularization
        self.biasRegularization = biasRegularization
        self.options = options
        designs = DesignTable(
            rows: Self.designRows(itemFactors), bases: itemBiases, offset: mean)
    }

    /// Solves for (b_u, p_u) from the ratings of this moment; zero without ratings.
    public func foldIn(_ profile: Profile) -> FoldIn {
        let root = Double(max(profile.count, 1)).squareRoot()
        let width = designs.rows.stride
        return NormalEquations.solve(
            designs.rows, profile,
            prior: { matrix in
                matrix[0] = biasRegularization * root
                for d in 1..<dimensions { matrix[d * width + d] = regularization * root }
            },
            equation: { k in (1, Double(profile.values[k]) - base(ofRated: profile.items[k])) })
    }

    /// Weight 1 and target r − μ − b_i.
    public func weightedTarget(
        of item: ItemIndex, rating: Float, profileCount: Int
    ) -> (weight: Double, target: Double) {
        (1, Double(rating) - base(ofRated: item.rawValue))
    }

    private func base(ofRated item: Int32) -> Double { mean + Double(itemBiases[Int(item)]) }

    private static func designRows(_ factors: FactorMatrix) -> FactorMatrix {
        var rows = FactorMatrix(
            rowCount: factors.rowCount, columnCount: factors.columnCount + 1)
        for item in 0..<factors.rowCount {
            let start = item * rows.stride
            rows.storage[start] = 1
            for (column, value) in factors.row(item).enumerated() {
                rows.storage[start + 1 + column] = value
            }
        }
        return rows
    }
}
