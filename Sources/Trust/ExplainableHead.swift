// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

/// A head whose base can be named term by term.
public protocol ExplainableHead: LinearHead {
    /// The named terms of `base(of:)`, which they add up to.
    func baseTerms(of item: ItemIndex) -> [BaseTerm]
}

/// A head that can be served: explained, saved and read back.
public typealias ServableHead = ExplainableHead & StoredHead & ReplayableHead

extension BayesianHead: ExplainableHead {
    /// The mean of all ratings, and how much better or worse this item is rated.
    public func baseTerms(of item: ItemIndex) -> [BaseTerm] {
        [
            BaseTerm(name: "mean", amount: mean),
            BaseTerm(name: "item", amount: Double(designs.bases[item.position])),
        ]
    }
}

extension RankingHead: ExplainableHead {
    /// None: the ranking score comes from the user's own ratings alone.
    public func baseTerms(of item: ItemIndex) -> [BaseTerm] { [] }
}

extension MeanHead: ExplainableHead {
    /// The mean of all ratings.
    public func baseTerms(of item: ItemIndex) -> [BaseTerm] {
        [BaseTerm(name: "mean", amount: mean)]
    }
}

extension BiasHead: ExplainableHead {
    /// The mean of all ratings, and how much better or worse this item is rated.
    public func baseTerms(of item: ItemIndex) -> [BaseTerm] {
        [
            BaseTerm(name: "mean", amount: mean),
            BaseTerm(name: "item", amount: Double(itemBiases[item.position])),
        ]
    }
}

extension PopularityHead: ExplainableHead {
    /// The number of the item's ratings.
    public func baseTerms(of item: ItemIndex) -> [BaseTerm] {
        [BaseTerm(name: "popularity", amount: base(of: item))]
    }
}

extension TruncatedSVDHead: ExplainableHead {
    /// What the gaps are filled with, as far as all users share it.
    public func baseTerms(of item: ItemIndex) -> [BaseTerm] {
        let mean = BaseTerm(name: "mean", amount: mean)
        return switch options.fill {
        case .zero: []
        case .userMean: [mean]
        case .biasResidual:
            [mean, BaseTerm(name: "item", amount: Double(itemBiases[item.position]))]
        }
    }
}
