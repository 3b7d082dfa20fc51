// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// A head for which it matters when a rating is given.
public protocol TimedHead: LinearHead {
    /// The scores of ratings that the user of `profile` gives at some time, in seconds since 1970;
    /// linear in the user's ratings. Costs a solve of its own, and then little for each score.
    func timedScores(of profile: Profile) -> (_ item: ItemIndex, _ time: Int64) -> Double

    /// The score of a rating of `item` given at `time`, the bits that `timedScores` gives, and its parts
    /// beyond the item's base, which add up to it within 1e-9.
    func timedShares(
        of profile: Profile, to item: ItemIndex, at time: Int64
    ) -> (score: Double, shares: ScoreShares)
}

extension TimedHead {
    /// The score of one rating of `item` that the user of `profile` gives at `time`.
    public func score(of item: ItemIndex, at time: Int64, profile: Profile) -> Double {
        timedScores(of: profile)(item, time)
    }
}

extension BayesianHead: TimedHead {
    /// The scores on the user's timeline.
    public func timedScores(
        of profile: Profile
    ) -> (_ item: ItemIndex, _ time: Int64) -> Double {
        let timeline = timeline(of: profile)
        return { item, time in timeline.score(of: item, at: time) }
    }

    /// The score on the user's timeline, taken apart.
    public func timedShares(
        of profile: Profile, to item: ItemIndex, at time: Int64
    ) -> (score: Double, shares: ScoreShares) {
        let timeline = timeline(of: profile)
        return (timeline.score(of: item, at: time), timeline.parts(of: item, at: time))
    }
}
