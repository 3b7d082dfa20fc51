// SPDX-License-Identifier: GPL-3.0-or-later

/// How an audit resamples.
public struct AuditOptions: Sendable, Equatable {
    /// Bootstrap samples of users.
    public let resamples: Int
    /// The seed of the bootstrap; the same seed gives the same intervals bit for bit.
    public let seed: UInt64

    /// Joins the options; traps unless `resamples` is positive.
    public init(resamples: Int = 1000, seed: UInt64 = 1) {
        precondition(resamples > 0)
        self.resamples = resamples
        self.seed = seed
    }
}
