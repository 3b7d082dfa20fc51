// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

extension BayesianHead {
    /// What to add to the score of any item for a rating given at `time`, in seconds since 1970.
    ///
    /// What the ratings around that time have in common beyond their average; 0 for profiles without
    /// times. Linear in the user's ratings; O(samples · ratings · factors).
    public func shift(
        at time: Int64, profile: Profile, with vector: UserVector
    ) -> Double {
        let equations = BayesianEquations(self, profile)
        let filter = equations.filter
        let common = filter.covarianceWithMean()
        let there = filter.covariance(at: time)
        guard there.contains(where: { $0 != 0 }) else { return 0 }
        let weights = filter.weighted(zip(there, common).map { $0 - $1 })
        let ownCommon = filter.weighted(common)
        var total = 0.0
        for (place, sample) in samples.enumerated() {
            var x = vector.padded[place * width..<(place + 1) * width].map { $0 / sampleFactor }
            let targets = equations.targets(sample)
            // The vector's first coordinate holds the average of what is in common; the residuals are
            // about the vector without it.
            let held = averageCommon(ownCommon, targets, equations.products(sample, with: x))
            x[0] -= held
            let products = equations.products(sample, with: x)
            for k in weights.indices { total += weights[k] * (targets[k] - products[k]) }
        }
        return total * sampleFactor
    }

    /// h where `products` are made with a vector whose first coordinate holds h already.
    ///
    /// h = Σ w (t − z·(x' − h e₀)) = Σ w (t − z·x') + h Σ w, since every z begins with 1.
    private func averageCommon(
        _ weights: [Double], _ targets: [Double], _ products: [Double]
    ) -> Double {
        var (sum, share) = (0.0, 0.0)
        for k in weights.indices {
            sum += weights[k] * (targets[k] - products[k])
            share += weights[k]
        }
        return sum / (1 - share)
    }
}
