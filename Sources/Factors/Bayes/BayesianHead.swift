// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
public import Ratings

/// Predicts ratings by the mean of several models, each drawn from the posterior.
///
/// For each kept sample the user's vector x is the conditional mean given the item side and the
/// user's ratings of the moment: A x = Λ(m + Bᵀx_u) + α Zᵀ Σ⁻¹ t, A = Λ + α Zᵀ Σ⁻¹ Z, with rows
/// z_i = (1, q_i), t_i = (r_i − μ)/σ − b_i, and Σ the covariance of the ratings' noise, by item and by
/// what ratings given one after the other have in common (`SequenceFilter`). The score is μ + σ · mean
/// over samples of (b̄_j + z̄_j·x + h), b̄_j and z̄_j being the means that the sample was drawn about and h
/// the mean over the user's ratings of what they have in common: the Rao–Blackwellised posterior
/// mean, linear in the user's ratings. How noisy training found a user to be, a_u, is used for
/// intervals alone: solved as if all users were alike, known ones are predicted better too.
public struct BayesianHead: LinearHead, Equatable {
    /// μ: the mean of the ratings trained on.
    public let mean: Double
    /// σ: their standard deviation.
    public let deviation: Double
    /// What it was trained with.
    public let options: BayesianOptions
    /// Rows: z̄_j of each sample, side by side; bases: σ · mean of b̄_j; offset: μ.
    public let designs: DesignTable
    /// a_u of each user trained on, how much less noisy than average; mean 1.
    public let userPrecisions: [Float]
    /// a_i of each item; mean 1.
    public let itemPrecisions: [Float]
    /// Whether the ratings trained on had times.
    public let hasTimes: Bool

    /// 1 over the mean of 1/a_u; 1 without users.
    let newUserReliability: Double
    let samples: [BayesianSample]
    /// Coordinates of one sample, padded.
    let width: Int

    init(
        _ moments: RatingMoments, _ samples: [BayesianSample], userPrecisions: [Float],
        itemPrecisions: [Float], hasTimes: Bool, options: BayesianOptions
    ) {
        mean = moments.mean
        deviation = moments.deviation
        self.options = options
        self.userPrecisions = userPrecisions
        self.itemPrecisions = itemPrecisions
        self.hasTimes = hasTimes
        self.samples = samples
        let noise = userPrecisions.reduce(0.0) { $0 + 1 / Double($1) }
        newUserReliability = noise > 0 ? Double(userPrecisions.count) / noise : 1
        width = FactorMatrix.stride(forColumns: options.factors + 1)
        designs = Self.designs(samples, moments, items: itemPrecisions.count)
    }

    private static func designs(
        _ samples: [BayesianSample], _ moments: RatingMoments, items: Int
    ) -> DesignTable {
        let width = samples[0].width
        var rows = FactorMatrix(rowCount: items, columnCount: width * samples.count)
        var bases = [Double](repeating: 0, count: items)
        for (place, sample) in samples.enumerated() {
            for item in 0..<items {
                let start = item * rows.stride + place * width
                rows.storage[start] = 1
                for d in 1..<width { rows.storage[start + d] = sample.means[item * width + d] }
                bases[item] += Double(sample.means[item * width])
            }
        }
        let factor = moments.deviation / Double(samples.count)
        return DesignTable(
            rows: rows, bases: bases.map { Float($0 * factor) }, offset: moments.mean)
    }

    /// σ / samples: what a sample's part of a score is multiplied by.
    var sampleFactor: Double { deviation / Double(samples.count) }

    /// n^(−½): the size of each item's part in x_u.
    func linkScale(of profile: Profile) -> Double {
        1 / Double(max(profile.count, 1)).squareRoot()
    }

    /// How the profile's ratings hang together in time.
    func filter(of profile: Profile) -> SequenceFilter {
        let isTimed = hasTimes && profile.timestamps.contains { $0 != 0 }
        return SequenceFilter(
            profile, isTimed ? options.sequence : [], itemPrecisions: itemPrecisions)
    }

    /// Solves for the user's vectors from the ratings of this moment.
    ///
    /// What the ratings have in common on average is part of each vector's first coordinate, the
    /// user's bias. O(samples · (ratings · factors² + factors³)). Without ratings each vector is the
    /// population's mean.
    public func foldIn(_ profile: Profile) -> FoldIn {
        let equations = BayesianEquations(self, profile)
        var rightSides = [Double](repeating: 0, count: samples.count * width)
        let factors = rightSides.withUnsafeMutableBufferPointer { rightSides in
            BatchFactors(width: width, count: samples.count) { sample, matrix in
                // Non-nil because there is at least one sample.
                guard let start = rightSides.baseAddress else { return }
                equations.write(
                    samples[sample], matrix: matrix, rightSide: start + sample * width)
            }
        }
        var solution = factors.backward(factors.forward(rightSides))
        let weights = equations.filter.weighted(equations.filter.covarianceWithMean())
        solution.withUnsafeMutableBufferPointer { solution in
            guard let start = solution.baseAddress, !profile.isEmpty else { return }
            for (place, sample) in samples.enumerated() {
                let vector = start + place * width
                let targets = equations.targets(sample)
                let products = equations.products(sample, with: vector)
                var common = 0.0
                for k in weights.indices { common += weights[k] * (targets[k] - products[k]) }
                vector[0] += common
            }
        }
        let factor = sampleFactor
        return FoldIn(
            vector: UserVector(
                dimensions: solution.count, padded: solution.map { $0 * factor }),
            factors: factors)
    }
}
