// SPDX-License-Identifier: GPL-3.0-or-later

/// How the ranking head is trained.
///
/// The defaults are tuned on MovieLens 1M for nDCG@10 of liked items.
public struct RankingHeadOptions: Sendable, Equatable, Codable {
    /// Latent factors, at least 1.
    ///
    /// A multiple of 16 wastes nothing.
    public var factors: Int
    /// Alternations of a user and an item step, at least 1.
    public var sweeps: Int
    /// λ, above 0: a user of n ratings is regularized by λ · (n + α₀ · rated items), items likewise.
    public var regularization: Double
    /// α₀ ≥ 0: the weight of "not rated, so probably not wanted" on every (user, item) pair.
    public var unobservedWeight: Double
    /// Weights ≥ 0 of a rating at 0, ¼, ½, ¾ and all of the scale, interpolated linearly between.
    public var ratingWeights: [Double]
    /// What the first item factors are drawn from.
    public var seed: UInt64

    /// Options with good defaults.
    public init(
        factors: Int = 64, sweeps: Int = 10, regularization: Double = 0.012,
        unobservedWeight: Double = 0.15, ratingWeights: [Double] = [0.1, 0.1, 0.3, 1, 1.3],
        seed: UInt64 = 1
    ) {
        self.factors = factors
        self.sweeps = sweeps
        self.regularization = regularization
        self.unobservedWeight = unobservedWeight
        self.ratingWeights = ratingWeights
        self.seed = seed
    }
}
