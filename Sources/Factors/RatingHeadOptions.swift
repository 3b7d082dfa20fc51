// SPDX-License-Identifier: GPL-3.0-or-later

/// How the rating head is trained.
///
/// The defaults are tuned on MovieLens 1M and hold on other sizes and scales, because both
/// regularizations are relative to the spread and the number of the ratings.
public struct RatingHeadOptions: Sendable, Equatable, Codable {
    /// Latent factors of an item besides its bias, at least 1.
    ///
    /// One below a multiple of 16 wastes nothing.
    public var factors: Int
    /// Alternations of a user and an item step, at least 1.
    public var sweeps: Int
    /// λ of the factors for ratings of standard deviation 1, above 0: a row of n ratings is
    /// regularized by λ · deviation · √n.
    public var regularization: Double
    /// λ of the biases, above 0: a row of n ratings is regularized by λ · √n.
    public var biasRegularization: Double
    /// What the first item factors are drawn from.
    public var seed: UInt64

    /// Options with good defaults.
    public init(
        factors: Int = 31, sweeps: Int = 12, regularization: Double = 1.07,
        biasRegularization: Double = 0.5, seed: UInt64 = 1
    ) {
        self.factors = factors
        self.sweeps = sweeps
        self.regularization = regularization
        self.biasRegularization = biasRegularization
        self.seed = seed
    }
}
