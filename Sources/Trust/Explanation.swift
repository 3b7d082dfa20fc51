// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

/// What one served score is made of: lines that add up to it.
///
/// Every line's *share* is an exactly additive part of the score with item-side parameters frozen:
/// the base that holds for everyone, for some heads what is expected of anybody who rated the same
/// items (`population`), what the user's attributes add where they are an input, then one share per
/// rating of the user, then what was adjusted afterwards.
/// A rating's *effect* is another number: what the score would change by if that rating were deleted
/// and the user solved again, which also changes how the others are weighed. Effects do not add up,
/// and may differ from the share in sign.
///
/// Guarantee (tested on real data): the sum of all shares equals `score` within 1e-9; an effect equals
/// the difference to a solve from scratch within 1e-9.
public struct Explanation: Sendable {
    /// The served score, the same bits as PREDICT and RECOMMEND report.
    public let score: Double
    /// Base lines, then attributes, then ratings by |share|, then at most one line for all further ratings, then
    /// adjustments.
    public let lines: [Line]
    /// The number of ratings behind the score.
    public let ratingCount: Int
    /// The part of the sum of |share| that the five largest shares cover, 0…1; 1 without ratings.
    ///
    /// Below one half no short explanation is honest; see `isShortHonest`.
    public let topFiveCoverage: Double

    /// Whether naming the few largest shares tells most of the truth: they cover at least half.
    public var isShortHonest: Bool { topFiveCoverage >= ExplanationFacts.honestCoverage }

    /// One additive part of a score.
    public struct Line: Sendable, Equatable {
        /// What the line stands for.
        public let part: Part
        /// What it adds to the score.
        public let share: Double
        /// What the score would change by without the ratings of the line; nil for a line that is
        /// not about ratings.
        public let effect: Double?
    }

    /// The base line of what is expected of anybody, before this user's ratings' values count.
    static let populationTerm = "population"

    /// The adjustment line of what the erasure of an attribute adds.
    static let erasureTerm = "erasure"

    /// What a line stands for.
    public enum Part: Sendable, Equatable {
        /// A term that does not depend on what the user's ratings say, by name.
        case base(String)
        /// An attribute that the user has told and the model is given, with the user's group in it
        /// (`gender=F`); none where a model is given none.
        case attribute(String)
        /// One rating of the user.
        case share(item: ItemIndex, rating: Float)
        /// All ratings not listed one by one.
        case rest(ratings: Int)
        /// Something that was done to the score after the head had made it, by name.
        case adjustment(String)
    }

    /// Explains `head`'s score of `item` for `user`, whom it has solved.
    ///
    /// Lists the `top` ratings with the largest |share|, ties in item order, and the remaining
    /// ones as one line. O(n·k + n log n + k²) for n ratings and k dimensions, and a solve without
    /// each line's ratings.
    public init(
        of item: ItemIndex, by head: some ExplainableHead, for user: SolvedProfile, top: Int
    ) {
        self.init(
            score: head.score(of: item, for: user.foldIn.vector),
            baseTerms: head.baseTerms(of: item),
            shares: head.shares(of: user.profile, to: item, with: user.foldIn),
            profile: user.profile, top: top
        ) { removed in
            user.counterfactuals.score(of: item, without: removed)
        }
    }

    /// Puts together a score that has been taken apart: base terms, then `parts` of the user with
    /// `profile`.
    ///
    /// `scoreWithout` gives the score without the ratings at some ascending positions of the profile.
    public init(
        score: Double, baseTerms: [BaseTerm], shares parts: ScoreShares, profile: Profile,
        top: Int, scoreWithout: (_ positions: [Int]) -> Double
    ) {
        let shares = parts.ratings
        let ranked = RankedShares(shares)
        var lines = baseTerms.map { Line(part: .base($0.name), share: $0.amount, effect: nil) }
        if let population = parts.population {
            lines.append(Line(part: .base(Self.populationTerm), share: population, effect: nil))
        }
        lines += parts.attributes.map {
            Line(part: .attribute($0.label), share: $0.amount, effect: nil)
        }
        lines += ranked.order.prefix(top).map { position in
            Line(
                part: .share(
                    item: ItemIndex(rawValue: profile.items[position]),
                    rating: profile.values[position]),
                share: shares[position], effect: scoreWithout([position]) - score)
        }
        let remaining = ranked.order.dropFirst(top)
        if !remaining.isEmpty {
            lines.append(
                Line(
                    part: .rest(ratings: remaining.count),
                    share: remaining.reduce(0) { $0 + shares[$1] },
                    effect: scoreWithout(remaining.sorted()) - score))
        }
        if let erased = parts.erased {
            lines.append(Line(part: .adjustment(Self.erasureTerm), share: erased, effect: nil))
        }
        self.init(
            score: score, lines: lines, ratingCount: profile.count,
            topFiveCoverage: ranked.topFiveCoverage)
    }

    private init(score: Double, lines: [Line], ratingCount: Int, topFiveCoverage: Double) {
        self.score = score
        self.lines = lines
        self.ratingCount = ratingCount
        self.topFiveCoverage = topFiveCoverage
    }

    /// The explanation of a score that was adjusted after the head had made it.
    ///
    /// - Parameters:
    ///   - adjustments: What was added, one line each, after all other lines.
    ///   - adjusted: The score that is served, this one and the adjustments together.
    /// - Returns: The same explanation with the adjustments' lines and score.
    public func adjusted(by adjustments: [BaseTerm], to adjusted: Double) -> Explanation {
        let more = adjustments.map {
            Line(part: .adjustment($0.name), share: $0.amount, effect: nil)
        }
        return Explanation(
            score: adjusted, lines: lines + more, ratingCount: ratingCount,
            topFiveCoverage: topFiveCoverage)
    }
}
