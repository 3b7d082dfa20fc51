// SPDX-License-Identifier: GPL-3.0-or-later

/// How a truncated SVD is computed.
public struct TruncatedSVDOptions: Sendable, Equatable, Codable {
    /// What stands in the gaps.
    public var fill: SVDFill
    /// The number of singular vectors kept, 1…256.
    public var factors: Int
    /// Random directions beyond `factors` that make the leading ones exact, 0…256.
    public var oversampling: Int
    /// How often the ratings are applied to and fro to sharpen the directions, 0…1000.
    public var powerIterations: Int
    /// The pseudo-count of a user's bias under `biasResidual`, at least 0.
    public var userDamping: Double
    /// The pseudo-count of an item's bias under `biasResidual`, at least 0.
    public var itemDamping: Double
    /// What the random directions are drawn from.
    public var seed: UInt64

    /// Options with defaults that reach the exact singular values of MovieLens to six digits.
    public init(
        fill: SVDFill = .biasResidual, factors: Int = 20, oversampling: Int = 12,
        powerIterations: Int = 17, userDamping: Double = 5, itemDamping: Double = 2,
        seed: UInt64 = 1
    ) {
        self.fill = fill
        self.factors = factors
        self.oversampling = oversampling
        self.powerIterations = powerIterations
        self.userDamping = userDamping
        self.itemDamping = itemDamping
        self.seed = seed
    }
}
