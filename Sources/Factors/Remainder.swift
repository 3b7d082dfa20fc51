// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// A user solved as if some ratings had never been given.
///
/// Within 1e-9 of a solve from scratch, relative to the scores' scale, as `Counterfactuals` is.
public protocol Remainder {
    /// The user's vector.
    var vector: UserVector { get }

    /// What each rating of the whole profile adds to the score of `item`, in its order; 0 of those
    /// that were taken out.
    func shares(to item: ItemIndex) -> [Double]
}
