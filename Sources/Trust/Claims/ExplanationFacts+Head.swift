// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

extension ExplanationFacts {
    /// Takes apart `head`'s score of `item` for the user with `profile`.
    ///
    /// `foldIn` must be the profile's own. The parts are those of `Explanation`, in its order.
    /// O(n·k + n log n + k²) for n ratings and k dimensions.
    public init(
        of item: ItemIndex, by head: some ExplainableHead, named name: FactSheet.Head,
        profile: Profile, foldIn: FoldIn, catalogue: Catalogue, listedCount: Int
    ) {
        let parts = head.shares(of: profile, to: item, with: foldIn)
        let bases = head.baseTerms(of: item).map(\.amount) + [parts.population].compactMap(\.self)
        let ranked = RankedShares(parts.ratings)
        self.init(
            head: name, score: head.score(of: item, for: foldIn.vector),
            base: bases.reduce(0, +), baseLineCount: bases.count, attributes: parts.attributes,
            contributions: ranked.order.map { position in
                Contribution(
                    catalogue[ItemIndex(rawValue: profile.items[position])],
                    rating: profile.values[position], share: parts.ratings[position])
            },
            listedCount: listedCount, topFiveCoverage: ranked.topFiveCoverage)
    }
}

extension ExplanationFacts.Contribution {
    fileprivate init(_ item: Item, rating: Float, share: Double) {
        self.init(
            token: item.id.token, title: item.knownTitle, year: item.year, genres: item.genres,
            rating: rating, share: share)
    }
}

extension Item {
    /// The title; nil where the data has none, so that the identifier stands for it.
    var knownTitle: String? { title == id.token ? nil : title }
}
