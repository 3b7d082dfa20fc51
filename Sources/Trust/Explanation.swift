// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

/// What one served score is made of: lines that add up to it.
///
/// Every line is an exactly additive part of the score with item-side parameters frozen: the base
/// that holds for everyone, for some heads what is expected of anybody who rated the same items
/// (`population`), then one share per rating of the user. A share is *not* the effect of
/// deleting that rating, which would also change how the others are weighed.
///
/// Guarantee (tested on real data): the sum of all lines equals `score` within 1e-9.
public struct Explanation: Sendable {
    /// The served score, the same bits as PREDICT and RECOMMEND report.
    public let score: Double
    /// Base lines, then shares by size, then at most one line for all further ratings.
    public let lines: [Line]
    /// The number of ratings behind the score.
    public let ratingCount: Int
    /// The part of the sum of |share| that the five largest shares cover, 0…1; 1 without ratings.
    ///
    /// Below one half no short explanation is honest, and people should be told so.
    public let topFiveCoverage: Double

    /// One additive part of a score.
    public struct Line: Sendable, Equatable {
        /// What the line stands for.
        public let part: Part
        /// What it adds to the score.
        public let amount: Double
    }

    /// The base line of what is expected of anybody, before this user's ratings' values count.
    static let populationTerm = "population"

    /// What a line stands for.
    public enum Part: Sendable, Equatable {
        /// A term that does not depend on what the user's ratings say, by name.
        case base(String)
        /// One rating of the user.
        case share(item: ItemIndex, rating: Float)
        /// All ratings not listed one by one.
        case rest(ratings: Int)
    }

    /// Explains `head`'s score of `item` for the user with `profile`.
    ///
    /// Lists the `top` ratings with the largest |share|, ties in item order, and the remaining
    /// ones as one line. O(n·k + n log n + k²) for n ratings and k dimensions.
    public init(
        of item: ItemIndex, by head: some ExplainableHead, profile: Profile, foldIn: FoldIn,
        top: Int
    ) {
        self.init(
            score: head.score(of: item, for: foldIn.vector), baseTerms: head.baseTerms(of: item),
            shares: head.shares(of: profile, to: item, with: foldIn), profile: profile, top: top)
    }

    /// Puts together a score that has been taken apart: base terms, then `parts` of the user with
    /// `profile`.
    public init(
        score: Double, baseTerms: [BaseTerm], shares parts: ScoreShares, profile: Profile, top: Int
    ) {
        let shares = parts.ratings
        let order = shares.indices.sorted { left, right in
            let a = shares[left].magnitude
            let b = shares[right].magnitude
            return a != b ? a > b : left < right
        }
        var lines = baseTerms.map { Line(part: .base($0.name), amount: $0.amount) }
        if let population = parts.population {
            lines.append(Line(part: .base(Self.populationTerm), amount: population))
        }
        lines += order.prefix(top).map { position in
            Line(
                part: .share(
                    item: ItemIndex(rawValue: profile.items[position]),
                    rating: profile.values[position]),
                amount: shares[position])
        }
        let remaining = order.dropFirst(top)
        if !remaining.isEmpty {
            let amount = remaining.reduce(0) { $0 + shares[$1] }
            lines.append(Line(part: .rest(ratings: remaining.count), amount: amount))
        }
        let total = shares.reduce(0) { $0 + $1.magnitude }
        let largest = order.prefix(5).reduce(0) { $0 + shares[$1].magnitude }
        self.score = score
        self.lines = lines
        ratingCount = profile.count
        topFiveCoverage = total > 0 ? largest / total : 1
    }
}
