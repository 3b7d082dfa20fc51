// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

extension BayesianHead {
    /// Takes a score apart: base + population + Σ attributes + Σ ratings = score.
    ///
    /// `population` is what is expected of anybody: the population's part and that of the item's damped
    /// mean. With u = A⁻¹z̄_j rating i's part is α a_i z_i·u t_i, what was said, and n^(−½) uᵀΛb_i, that it was met
    /// at all. Rated neighbours k change z̄_j to z̄_j − Σ w_k z̄_k, and each adds w_k (r_k − base(k)).
    /// O(samples · (factors² + ratings · factors)).
    func parts(
        of profile: Profile, to item: ItemIndex, with foldIn: FoldIn
    ) -> ScoreShares {
        parts(BayesianEquations(self, profile), of: profile, to: item, with: foldIn, shift: [])
    }

    /// The same for ratings that hang together in time.
    ///
    /// With w = Σ⁻¹c, c their common noise's covariance with that of the moment, the score is
    /// (z̄_j − Zᵀw)·x + wᵀt; so u = A⁻¹(z̄_j − Zᵀw), and rating i's part (α Σ⁻¹Zu + w)_i t_i. `shift` is w
    /// in the filter's order, or empty for none.
    func parts(
        _ equations: BayesianEquations, of profile: Profile, to item: ItemIndex,
        with foldIn: FoldIn, shift: [Double]
    ) -> ScoreShares {
        let neighbours = designs.neighbours(of: item, in: profile)
        let plain = designs.design(of: item, less: neighbours, in: profile)
        var z = plain
        if !shift.isEmpty { subtract(shift, equations.columns, from: &z) }
        let modelPart = modelPart(ratingCount: profile.count)
        let factor = sampleFactor * modelPart
        let solved = foldIn.solvePadded(z)
        var population = (1 - modelPart) * z[designs.dimensions - 1]
        var ratings = [Double](repeating: 0, count: profile.count)
        let linkScale = linkScale(ratingCount: profile.count)
        let allPulled = precisions(times: Array(solved[..<(samples.count * width)]))
        for (place, sample) in samples.enumerated() {
            let block = place * width..<(place + 1) * width
            let (u, pulled) = (Array(solved[block]), Array(allPulled[block]))
            let expected = profile.isEmpty ? sample.population : sample.priorMean
            for d in 0..<width { population += factor * pulled[d] * expected[d] }
            let targets = equations.targets(sample)
            let heard = equations.weighted(equations.products(sample.designs, with: u))
            let linked =
                sample.link.isEmpty ? [] : equations.products(sample.link, with: pulled)
            for k in equations.columns.indices {
                let own = shift.isEmpty ? 0 : shift[k]
                var part = (sample.noise * heard[k] + own) * targets[k]
                if !linked.isEmpty { part += linkScale * linked[k] }
                let position = equations.filter.map { Int($0.order[k]) } ?? k
                ratings[position] += factor * part
            }
        }
        designs.add(neighbours, in: profile, to: &ratings)
        return ScoreShares(
            population: population, ratings: ratings,
            attributes: attributeShares(of: profile, design: plain, pulled: allPulled))
    }

    /// Takes Zᵀw off each sample's part of a design.
    private func subtract(_ weights: [Double], _ columns: [Int32], from z: inout [Double]) {
        for (place, sample) in samples.enumerated() {
            for (k, column) in columns.enumerated() {
                let row = Int(column) * width
                for d in 0..<width {
                    z[place * width + d] -= weights[k] * Double(sample.designs[row + d])
                }
            }
        }
    }

    /// What is expected of anybody: the part of a score that neither the item's base nor the user's
    /// ratings make.
    public func population(
        of profile: Profile, to item: ItemIndex, with foldIn: FoldIn
    ) -> Double {
        parts(of: profile, to: item, with: foldIn).population ?? 0
    }

    /// The share of each rating of `profile`, in its order, in the score of `item`.
    public func contributions(
        of profile: Profile, to item: ItemIndex, with foldIn: FoldIn
    ) -> [Double] {
        parts(of: profile, to: item, with: foldIn).ratings
    }
}
