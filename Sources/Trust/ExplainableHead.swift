// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

/// A head whose base can be named term by term.
public protocol ExplainableHead: LinearHead {
    /// The named terms of `base(of:)`, which they add up to.
    func baseTerms(of item: ItemIndex) -> [BaseTerm]
}

extension RatingHead: ExplainableHead {
    /// The mean of all ratings, and how much better or worse this item is rated.
    public func baseTerms(of item: ItemIndex) -> [BaseTerm] {
        [
            BaseTerm(name: "mean", amount: mean),
            BaseTerm(name: "item", amount: Double(itemBiases[item.position])),
        ]
    }
}

extension RankingHead: ExplainableHead {
    /// None: the ranking score comes from the user's own ratings alone.
    public func baseTerms(of item: ItemIndex) -> [BaseTerm] { [] }
}
