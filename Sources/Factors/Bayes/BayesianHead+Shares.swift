// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

extension BayesianHead {
    /// The parts of a user's score of an item beyond its base.
    struct Parts {
        /// What is expected of a user of the population, before any rating.
        var population = 0.0
        /// What each rating adds, in the profile's order.
        var ratings: [Double]
    }

    /// Takes a score apart: base + population + Σ ratings = score.
    ///
    /// With w = Σ⁻¹c, c the covariance of the ratings' common parts with their mean, a sample's score is
    /// (z̄_j − Zᵀw)·x + wᵀt; with u = A⁻¹(z̄_j − Zᵀw) rating i's part is (α Σ⁻¹Zu + w)_i t_i, what was
    /// said, and n^(−½) uᵀΛb_i, that it was met at all.
    func parts(of profile: Profile, to item: ItemIndex, with foldIn: FoldIn) -> Parts {
        let equations = BayesianEquations(self, profile)
        let filter = equations.filter
        let weights = filter.weighted(filter.covarianceWithMean())
        var z = [Double](repeating: 0, count: designs.dimensions)
        design(of: item, into: &z)
        for (place, sample) in samples.enumerated() {
            for (k, column) in filter.columns.enumerated() {
                let row = Int(column) * width
                for d in 0..<width {
                    z[place * width + d] -= weights[k] * Double(sample.designs[row + d])
                }
            }
        }
        let solved = foldIn.solvePadded(z)
        var parts = Parts(ratings: [Double](repeating: 0, count: profile.count))
        let linkScale = linkScale(of: profile)
        for (place, sample) in samples.enumerated() {
            let u = Array(solved[place * width..<(place + 1) * width])
            let pulled = product(sample.priorPrecision, u)
            let expected = profile.isEmpty ? sample.population : sample.priorMean
            for d in 0..<width { parts.population += sampleFactor * pulled[d] * expected[d] }
            let targets = equations.targets(sample)
            let heard = filter.weighted(equations.products(sample, with: u))
            for (k, position) in filter.order.enumerated() {
                var part = (sample.noise * heard[k] + weights[k]) * targets[k]
                if !sample.link.isEmpty {
                    let row = Int(filter.columns[k]) * width
                    for d in 0..<width {
                        part += linkScale * pulled[d] * Double(sample.link[row + d])
                    }
                }
                parts.ratings[Int(position)] += sampleFactor * part
            }
        }
        return parts
    }

    /// The share of each rating of `profile`, in its order, in the score of `item`.
    public func contributions(
        of profile: Profile, to item: ItemIndex, with foldIn: FoldIn
    ) -> [Double] {
        parts(of: profile, to: item, with: foldIn).ratings
    }

    private func product(_ matrix: [Double], _ vector: [Double]) -> [Double] {
        (0..<width).map { row in
            var sum = 0.0
            for column in 0..<width { sum += matrix[row * width + column] * vector[column] }
            return sum
        }
    }
}
