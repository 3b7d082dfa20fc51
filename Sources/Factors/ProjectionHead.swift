// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// A head whose user vector is a weighted sum of design vectors: there is no system to solve.
///
/// With d_i = r_i − base(i) and the design vectors frozen, a head without a user bias has
/// x = Σ_i z_i d_i. One with a user bias has z_i = (1, v_i) and x = (b, Σ_i v_i (d_i − b)), where
/// b = c·Σ_i d_i and c = 1 / (n + damping) for n ratings. Either way the score of item j is linear
/// in the ratings: base(j) + Σ_i d_i · (z_j·z_i), or, with V = Σ_i v_i,
/// base(j) + Σ_i d_i · (c + v_j·v_i − c·(v_j·V)).
public protocol ProjectionHead: LinearHead {
    /// The pseudo-count λ ≥ 0 of the user's own bias; nil for a head without one.
    var userBiasDamping: Double? { get }
}

extension ProjectionHead {
    /// Projects the ratings of this moment, in O(ratings · dimensions); zero without ratings.
    public func foldIn(_ profile: Profile) -> FoldIn {
        let dimensions = dimensions
        let biasWeight = biasWeight(profile.count)
        var residuals = residuals(of: profile)
        let bias = residuals.reduce(0, +) * biasWeight
        for entry in residuals.indices { residuals[entry] -= bias }
        var vector = [Double](repeating: 0, count: designs.rows.stride)
        for (entry, item) in profile.items.enumerated() {
            let start = Int(item) * designs.rows.stride
            for d in 0..<dimensions {
                vector[d] += residuals[entry] * Double(designs.rows.storage[start + d])
            }
        }
        if userBiasDamping != nil { vector[0] = bias }
        return FoldIn(
            vector: UserVector(dimensions: dimensions, padded: vector), factor: identity)
    }

    /// The share of each rating of `profile`, in its order, in the score of `item`.
    public func contributions(
        of profile: Profile, to item: ItemIndex, with foldIn: FoldIn
    ) -> [Double] {
        var z = [Double](repeating: 0, count: dimensions)
        design(of: item, into: &z)
        z += [Double](repeating: 0, count: designs.rows.stride - dimensions)
        // The bias coordinate is dealt with apart, because a rating moves it by c and not by 1.
        if userBiasDamping != nil { z[0] = 0 }
        let products = profile.items.map { rated in
            designs.product(of: ItemIndex(rawValue: rated), with: z)
        }
        let biasWeight = biasWeight(profile.count)
        let common = biasWeight * (1 - products.reduce(0, +))
        // Adding 0 makes a share of -0 one of 0.
        return zip(residuals(of: profile), products).map { $0 * (common + $1) + 0 }
    }

    /// c: what one rating's residual adds to the user's bias.
    private func biasWeight(_ ratingCount: Int) -> Double {
        guard let userBiasDamping, ratingCount > 0 else { return 0 }
        return 1 / (Double(ratingCount) + userBiasDamping)
    }

    /// d_i of each rating.
    private func residuals(of profile: Profile) -> [Double] {
        precondition(
            profile.items.first ?? 0 >= 0 && Int(profile.items.last ?? -1) < itemCount,
            "the profile has items the head lacks")
        return zip(profile.items, profile.values).map { item, value in
            Double(value) - base(of: ItemIndex(rawValue: item))
        }
    }

    /// A projection's system is the identity.
    private var identity: [Double] {
        let width = designs.rows.stride
        var matrix = [Double](repeating: 0, count: width * width)
        for d in 0..<width { matrix[d * width + d] = 1 }
        return matrix
    }
}
