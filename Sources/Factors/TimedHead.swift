// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// A head for which it matters when a rating is given.
public protocol TimedHead: LinearHead {
    /// The score of a rating of `item` that the user of `profile` gives at `time`, in seconds since
    /// 1970; linear in the user's ratings. Costs a solve of its own.
    func score(of item: ItemIndex, at time: Int64, profile: Profile) -> Double
}

extension BayesianHead: TimedHead {
    /// The score on the user's timeline.
    public func score(of item: ItemIndex, at time: Int64, profile: Profile) -> Double {
        timeline(of: profile).score(of: item, at: time)
    }
}
