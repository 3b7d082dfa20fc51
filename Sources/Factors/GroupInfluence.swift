// SPDX-License-Identifier: GPL-3.0-or-later

/// How groups of users weigh in on what is learned of items.
///
/// Only the item side of training is touched: a user's own vector stays the plain solve on the user's
/// ratings, so that scores need no group, and explanations stay exact.
public struct GroupInfluence: Sendable, Equatable {
    /// How much each user's ratings weigh in the items' equations, above 0; empty for 1 each.
    ///
    /// A mean of 1 over all ratings leaves the balance with the priors as it is.
    public var weights: [Float]
    /// Pairs of groups whose mean scores should agree; empty for none.
    public var contrasts: [GroupContrast]
    /// μ ≥ 0: adds μ·(δ·q_j)² for each contrast's difference δ of mean user vectors to the loss of
    /// every item j, as if a user of vector δ had rated it μ times and found nothing.
    public var parityStrength: Double

    /// Nothing, unless something is given.
    public init(
        weights: [Float] = [], contrasts: [GroupContrast] = [], parityStrength: Double = 0
    ) {
        precondition(weights.allSatisfy { $0 > 0 && $0.isFinite }, "weights above 0")
        precondition(parityStrength >= 0 && parityStrength.isFinite, "a strength of at least 0")
        self.weights = weights
        self.contrasts = contrasts
        self.parityStrength = parityStrength
    }

    /// Training as if there were no groups.
    public static let none = GroupInfluence()
}
