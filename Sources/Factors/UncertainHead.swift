// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// A head that knows how uncertain its scores are.
public protocol UncertainHead: LinearHead {
    /// The standard deviation of one rating about the score, the noise of ratings included.
    ///
    /// `foldIn` must be the profile's own.
    func deviation(of item: ItemIndex, profile: Profile, with foldIn: FoldIn) -> Double
}

extension BayesianHead: UncertainHead {}
