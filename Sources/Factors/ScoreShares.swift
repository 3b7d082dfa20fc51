// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// What a user's score of an item is made of beyond the item's base.
public struct ScoreShares: Sendable, Equatable {
    /// What is expected of anybody before any rating's value counts; nil for a head that expects
    /// nothing.
    ///
    /// It depends on which items the user has rated, since the more they tell the less it weighs,
    /// but not on the values of the ratings.
    public let population: Double?
    /// What each rating adds, in the profile's order.
    public let ratings: [Double]
    /// What each attribute adds that is an input and known of the user.
    public var attributes: [AttributeShare] = []
    /// What the erasure of an attribute adds; nil where nothing was erased.
    ///
    /// It depends on all of the user's ratings together, through the attribute's trace in them.
    public var erased: Double?
}

extension BayesianHead {
    /// The population's mean and the shares of ratings and attributes, in one solve.
    public func shares(
        of profile: Profile, to item: ItemIndex, with foldIn: FoldIn
    ) -> ScoreShares {
        parts(of: profile, to: item, with: foldIn)
    }
}
