// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
public import Ratings

/// Ranks items: the score of item j is y_j·x_u, about 1 for what the user would choose and like.
///
/// The user's vector x_u is always solved from the ratings of the moment: weights w(r), targets 1,
/// and the prior c α₀ YᵀY + λ(n + c α₀N) I, n being the number of ratings, N that of rated items and
/// c = n^activityExponent / `meanActivity`. Hu, Koren & Volinsky 2008, with the regularization of
/// Rendle et al. 2021; that what is not rated weighs more the more a user has rated is our own.
public struct RankingHead: LinearHead, Equatable {
    /// items × factors: y_j; zero for an item without ratings.
    public let itemFactors: FactorMatrix
    /// N: how many items had ratings to train on.
    public let ratedItemCount: Int
    /// The mean of n^activityExponent over the users trained on, above 0.
    public let meanActivity: Double
    /// The scale of the ratings, which weights are relative to.
    public let scale: RatingScale
    /// What it was trained with.
    public let options: RankingHeadOptions
    /// α₀ YᵀY: factors × factors, row-major, symmetric.
    public let gramian: [Double]
    /// Rows y_j, bases 0, offset 0.
    public let designs: DesignTable

    /// Wraps trained parameters, computes the Gramian from them and prepares the designs for top-K.
    ///
    /// Traps unless the factors are finite and the options are ones that a trainer accepts.
    public init(
        itemFactors: FactorMatrix, ratedItemCount: Int, meanActivity: Double, scale: RatingScale,
        options: RankingHeadOptions
    ) {
        precondition(
            options.regularization > 0 && options.unobservedWeight >= 0
                && options.ratingWeights.count == 5
                && options.ratingWeights.allSatisfy { $0 >= 0 && $0.isFinite }
                && options.hasUsableActivityExponent && meanActivity > 0 && meanActivity.isFinite,
            "options that no trainer accepts")
        self.itemFactors = itemFactors
        self.ratedItemCount = ratedItemCount
        self.meanActivity = meanActivity
        self.scale = scale
        self.options = options
        gramian = Self.gramian(itemFactors, times: options.unobservedWeight)
        designs = DesignTable(
            rows: itemFactors, bases: [Float](repeating: 0, count: itemFactors.rowCount),
            offset: 0)
        designs.prepareForTopK()
    }

    /// c: how much what a user of `ratingCount` ratings has not rated counts, 1 in the mean.
    public func activity(ratingCount: Int) -> Double {
        options.activity(ratingCount: ratingCount) / meanActivity
    }

    /// How much a rating counts: the options' weights, interpolated by its place on the scale.
    ///
    /// Ratings beyond the scale count as its ends; on a scale of a single value the weight is 1.
    public func weight(of rating: Float) -> Double {
        Self.weight(of: rating, on: scale, options)
    }

    static func weight(
        of rating: Float, on scale: RatingScale, _ options: RankingHeadOptions
    ) -> Double {
        guard scale.maximum > scale.minimum else { return 1 }
        let place = Double(min(max(scale.fraction(of: rating), 0), 1)) * 4
        let below = min(Int(place), 3)
        let part = place - Double(below)
        return options.ratingWeights[below] * (1 - part) + options.ratingWeights[below + 1] * part
    }

    /// Solves for x_u from the ratings of this moment; zero without ratings.
    public func foldIn(_ profile: Profile) -> FoldIn {
        foldIn(profile, countedAs: profile.count)
    }

    /// The same with the prior of a user of `ratingCount` ratings.
    func foldIn(_ profile: Profile, countedAs ratingCount: Int) -> FoldIn {
        let width = itemFactors.stride
        let count = max(ratingCount, 1)
        let activity = activity(ratingCount: count)
        let unobserved = activity * options.unobservedWeight * Double(ratedItemCount)
        let ridge = options.regularization * (Double(count) + unobserved)
        return NormalEquations.solve(
            itemFactors, profile,
            prior: { matrix in
                for row in 0..<dimensions {
                    for column in row..<dimensions {
                        matrix[row * width + column] =
                            activity * gramian[row * dimensions + column]
                    }
                    matrix[row * width + row] += ridge
                }
            },
            equation: { k in (weight(of: profile.values[k]), 1) })
    }

    /// The share of each rating of `profile`, in its order: y_jᵀ A⁻¹ y_i w(r_i).
    public func contributions(
        of profile: Profile, to item: ItemIndex, with foldIn: FoldIn
    ) -> [Double] {
        var z = [Double](repeating: 0, count: dimensions)
        design(of: item, into: &z)
        let solved = foldIn.solvePadded(z)
        return zip(profile.items, profile.values).map { rated, value in
            designs.product(of: ItemIndex(rawValue: rated), with: solved) * weight(of: value)
        }
    }

    /// factor · YᵀY in Double, by blocks of 64 rows in their order.
    private static func gramian(_ matrix: FactorMatrix, times factor: Double) -> [Double] {
        let width = matrix.stride
        var wide = [Double](repeating: 0, count: width * width)
        var packed = [Double](repeating: 0, count: 64 * width)
        let ones = [Double](repeating: 1, count: 64)
        var unused = [Double](repeating: 0, count: width)
        for first in Swift.stride(from: 0, to: matrix.rowCount, by: 64) {
            let block = (first..<min(first + 64, matrix.rowCount)).map(Int32.init)
            kernel_pack_f64(
                matrix.storage, width, block, ones, ones, block.count, &packed, &unused)
            kernel_add_gram_f64(packed, block.count, width, &wide)
        }
        let columns = matrix.columnCount
        return (0..<columns * columns).map { place in
            let (row, column) = (place / columns, place % columns)
            return factor * wide[min(row, column) * width + max(row, column)]
        }
    }
}
