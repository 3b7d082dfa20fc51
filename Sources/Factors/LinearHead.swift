// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// A model whose every score is linear in the user's vector, and that vector in the user's ratings.
///
/// With the item side frozen, the score of item j is base(j) + z_j·x, and x is linear in the values
/// of the ratings of this moment, as is what neighbours add (`ItemNeighbours`). Hence the score is exactly base(j) + what is expected of anybody +
/// one share for each rating.
public protocol LinearHead: Sendable {
    /// The bases and design vectors of all items.
    var designs: DesignTable { get }

    /// The number of items that can be scored.
    var itemCount: Int { get }

    /// The length of a design vector.
    var dimensions: Int { get }

    /// Solves for a user's vector from the ratings of this moment.
    ///
    /// O(ratings · dimensions² + dimensions³). Without ratings it is what the head expects of
    /// anybody, for most heads zero. Traps when the profile names an item the head does not have.
    func foldIn(_ profile: Profile) -> FoldIn

    /// The part of an item's score that does not depend on the user.
    func base(of item: ItemIndex) -> Double

    /// Writes an item's design vector to `z` (`dimensions` long).
    func design(of item: ItemIndex, into z: inout [Double])

    /// base + z_j·x, and what the item's neighbours add where the head has any: the number that is
    /// served, the same bits wherever it is asked for.
    func score(of item: ItemIndex, for vector: UserVector) -> Double

    /// The head without what items' neighbours add to scores.
    var withoutNeighbours: Self { get }

    /// The share of each rating of `profile`, in its order, in the score of `item`.
    ///
    /// `foldIn` must be the profile's own. O(dimensions² + ratings · dimensions).
    func contributions(
        of profile: Profile, to item: ItemIndex, with foldIn: FoldIn
    ) -> [Double]

    /// What the score of `item` is made of beyond its base, in the time of `contributions`.
    ///
    /// base + population + Σ attributes + Σ ratings = score within 1e-9 of the scale of the ratings.
    func shares(of profile: Profile, to item: ItemIndex, with foldIn: FoldIn) -> ScoreShares

    /// The user of `profile`, to be solved again without some of the ratings, or with others.
    ///
    /// `foldIn` must be the profile's own.
    func counterfactuals(of profile: Profile, with foldIn: FoldIn) -> any Counterfactuals
}

extension LinearHead {
    /// The number of items that can be scored.
    public var itemCount: Int { designs.itemCount }

    /// The length of a design vector.
    public var dimensions: Int { designs.dimensions }

    /// The part of an item's score that does not depend on the user.
    public func base(of item: ItemIndex) -> Double { designs.base(of: item) }

    /// Writes an item's design vector to `z` (`dimensions` long).
    public func design(of item: ItemIndex, into z: inout [Double]) {
        precondition(z.count == dimensions, "a design vector of another length")
        for (column, value) in designs.rows.row(item.position).enumerated() {
            z[column] = Double(value)
        }
    }

    /// What `designs` makes of the item and the vector.
    public func score(of item: ItemIndex, for vector: UserVector) -> Double {
        designs.score(of: item, for: vector)
    }

    /// The head itself, which has no neighbours.
    public var withoutNeighbours: Self { self }

    /// The score of every item, in item order, the bits of `score`.
    public func scores(for vector: UserVector) -> [Double] {
        (0..<itemCount).map { score(of: ItemIndex($0), for: vector) }
    }

    /// What the score of `item` is made of beyond its base.
    public func shares(
        of profile: Profile, to item: ItemIndex, with foldIn: FoldIn
    ) -> ScoreShares {
        ScoreShares(
            population: nil, ratings: contributions(of: profile, to: item, with: foldIn))
    }

    /// Counterfactuals that are solved from scratch.
    public func counterfactuals(
        of profile: Profile, with foldIn: FoldIn
    ) -> any Counterfactuals {
        ResolvedCounterfactuals(self, profile)
    }
}
