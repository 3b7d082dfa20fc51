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
    /// λ, above 0: a user of n ratings is regularized by λ · (n + α₀ · activity · rated items), an
    /// item by λ · (n + α₀ · users with ratings).
    public var regularization: Double
    /// α₀ ≥ 0: the weight of "not rated, so probably not wanted" on every (user, item) pair, in the
    /// mean over users.
    public var unobservedWeight: Double
    /// Weights ≥ 0 of a rating at 0, ¼, ½, ¾ and all of the scale, interpolated linearly between.
    public var ratingWeights: [Double]
    /// How fast α₀ grows with a user's number of ratings n: by n^this; 0, ¼, ½, ¾ or 1.
    ///
    /// What a user of many ratings has not rated is likelier to have been passed over than
    /// overlooked.
    public var activityExponent: Double
    /// What the first item factors are drawn from.
    public var seed: UInt64

    /// Options with good defaults.
    public init(
        factors: Int = 80, sweeps: Int = 10, regularization: Double = 0.012,
        unobservedWeight: Double = 0.15, ratingWeights: [Double] = [0.1, 0.1, 0.3, 1, 1.3],
        activityExponent: Double = 0.75, seed: UInt64 = 1
    ) {
        self.factors = factors
        self.sweeps = sweeps
        self.regularization = regularization
        self.unobservedWeight = unobservedWeight
        self.ratingWeights = ratingWeights
        self.activityExponent = activityExponent
        self.seed = seed
    }
    /// Whether the activity exponent is one that square roots can compute, the same bits everywhere.
    var hasUsableActivityExponent: Bool { [0, 0.25, 0.5, 0.75, 1].contains(activityExponent) }

    /// n^`activityExponent` by correctly rounded square roots; 0 for n = 0 unless the exponent is 0.
    func activity(ratingCount: Int) -> Double {
        let whole = Double(ratingCount)
        let half = whole.squareRoot()
        let quarter = half.squareRoot()
        return switch activityExponent {
        case 0: 1
        case 0.25: quarter
        case 0.5: half
        case 0.75: half * quarter
        default: whole
        }
    }
}
