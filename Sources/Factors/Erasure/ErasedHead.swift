// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// A head whose user vectors have lost the linear trace of an attribute.
///
/// The item side is the inner head's, and so is the solve; what scores is r(x) (`LinearErasure`) instead
/// of x. So a score is base + population + Σ shares + one adjustment, the scalar that the erasure takes
/// off z_j·x, exactly. It needs no user's group: the map is the same for all.
public struct ErasedHead<Inner: LinearHead>: LinearHead {
    /// The head that was trained.
    public let inner: Inner
    /// What is done to its users' vectors.
    public let erasure: LinearErasure

    /// Joins the two; traps when they are of different dimensions.
    ///
    /// Neighbours are left out: what they add comes of ratings, past the vectors that lost the trace.
    public init(_ inner: Inner, _ erasure: LinearErasure) {
        precondition(inner.dimensions == erasure.dimensions, "an erasure of another head")
        self.inner = inner.withoutNeighbours
        self.erasure = erasure
    }

    /// The bases and design vectors of the inner head.
    public var designs: DesignTable { inner.designs }

    /// The inner head's solve, its vector changed; somebody without ratings has no trace to lose.
    public func foldIn(_ profile: Profile) -> FoldIn {
        let solved = inner.foldIn(profile)
        guard !profile.isEmpty else { return solved }
        return solved.replacingVector(by: erasure.applied(to: solved.vector))
    }

    /// The inner head's shares.
    public func contributions(
        of profile: Profile, to item: ItemIndex, with foldIn: FoldIn
    ) -> [Double] {
        inner.contributions(of: profile, to: item, with: foldIn)
    }

    /// The inner head's shares, and what the erasure adds to them.
    ///
    /// Costs a solve, because what was erased cannot be told from what is left.
    public func shares(
        of profile: Profile, to item: ItemIndex, with foldIn: FoldIn
    ) -> ScoreShares {
        var shares = inner.shares(of: profile, to: item, with: foldIn)
        shares.erased = adjustment(of: item, for: profile)
        return shares
    }

    /// What the erasure adds to the score of `item`.
    func adjustment(of item: ItemIndex, for profile: Profile) -> Double {
        guard !profile.isEmpty else { return 0 }
        return adjustment(of: item, amounts: erasure.amounts(of: inner.foldIn(profile).vector))
    }

    /// z_j·(r(x) − x), given what is read off x.
    func adjustment(of item: ItemIndex, amounts: [Double]) -> Double {
        var design = [Double](repeating: 0, count: dimensions)
        self.design(of: item, into: &design)
        var sum = 0.0
        for (k, amount) in amounts.enumerated() {
            var product = 0.0
            for d in 0..<dimensions {
                product += design[d] * erasure.directions[k * dimensions + d]
            }
            sum -= amount * product
        }
        return sum
    }
}

extension ErasedHead: UncertainHead where Inner: UncertainHead {
    /// The inner head's deviation: the erasure moves scores and not what ratings vary by.
    public func deviation(of item: ItemIndex, profile: Profile, with foldIn: FoldIn) -> Double {
        inner.deviation(of: item, profile: profile, with: foldIn)
    }
}

extension ErasedHead: TimedHead where Inner: TimedHead {
    /// The inner head's scores, each moved by what the erasure adds without a time.
    public func timedScores(
        of profile: Profile
    ) -> (_ item: ItemIndex, _ time: Int64) -> Double {
        let timed = inner.timedScores(of: profile)
        guard !profile.isEmpty else { return timed }
        let amounts = erasure.amounts(of: inner.foldIn(profile).vector)
        return { item, time in timed(item, time) + adjustment(of: item, amounts: amounts) }
    }

    /// The same score, taken apart.
    public func timedShares(
        of profile: Profile, to item: ItemIndex, at time: Int64
    ) -> (score: Double, shares: ScoreShares) {
        var (score, shares) = inner.timedShares(of: profile, to: item, at: time)
        let adjustment = adjustment(of: item, for: profile)
        shares.erased = adjustment
        score += adjustment
        return (score, shares)
    }
}
