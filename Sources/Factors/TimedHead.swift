// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// A head for which it matters when a rating is given.
public protocol TimedHead: LinearHead {
    /// What to add to the score of any item for a rating given at `time`, in seconds since 1970.
    ///
    /// Linear in the user's ratings; 0 where nothing is known of that time. `vector` must be the
    /// profile's own.
    func shift(at time: Int64, profile: Profile, with vector: UserVector) -> Double
}

extension BayesianHead: TimedHead {}
