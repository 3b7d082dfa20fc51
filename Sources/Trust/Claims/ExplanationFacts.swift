// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors

/// What a score is made of, as far as people are told.
public struct ExplanationFacts: Sendable, Equatable {
    /// Below this coverage no short explanation is honest.
    public static let honestCoverage = 0.5

    /// How many contributions are listed one by one unless something else is asked for.
    public static let listedCountDefault = 10

    /// The head that gave the score.
    public let head: FactSheet.Head
    /// The score that is taken apart.
    public let score: Double
    /// The part that holds whatever the user's ratings say.
    public let base: Double
    /// How many lines of EXPLAIN, the first ones, make up `base`.
    public let baseLineCount: Int
    /// What the user's attributes add where they are an input; the lines of EXPLAIN after those.
    public let attributes: [AttributeShare]
    /// One part for each rating, the largest |share| first.
    public let contributions: [Contribution]
    /// How many of the contributions FACTS lists one by one.
    public let listedCount: Int
    /// The part of the sum of |share| that the five largest hold, 0…1; 1 without ratings.
    public let topFiveCoverage: Double
    /// The sum of |share| over all ratings.
    public let total: Double

    /// Joins the parts of a score; `contributions` must come in the order of their size.
    public init(
        head: FactSheet.Head, score: Double, base: Double, baseLineCount: Int,
        attributes: [AttributeShare] = [], contributions: [Contribution], listedCount: Int,
        topFiveCoverage: Double
    ) {
        self.head = head
        self.score = score
        self.base = base
        self.baseLineCount = baseLineCount
        self.attributes = attributes
        self.contributions = contributions
        self.listedCount = min(listedCount, contributions.count)
        self.topFiveCoverage = topFiveCoverage
        total = contributions.reduce(0) { $0 + $1.share.magnitude }
    }

    /// What one rating of the user adds to the score.
    public struct Contribution: Sendable, Equatable {
        /// The rated item's identifier; only evidence names it.
        public let token: String
        /// The rated item's title; nil where the data has none.
        public let title: String?
        /// Its release year; nil where unknown.
        public let year: Int?
        /// Its genres; empty where unknown.
        public let genres: [String]
        /// The rating.
        public let rating: Float
        /// What it adds.
        public let share: Double

        /// Describes a contribution.
        public init(
            token: String, title: String?, year: Int?, genres: [String], rating: Float,
            share: Double
        ) {
            self.token = token
            self.title = title
            self.year = year
            self.genres = genres
            self.rating = rating
            self.share = share
        }
    }

    /// Whether the five largest shares cover so little that a short explanation would mislead.
    public var abstains: Bool {
        !contributions.isEmpty && topFiveCoverage < Self.honestCoverage
    }

    /// What part of the sum of |share| a share is, in percent; 0 when all shares are zero.
    public func percent(of share: Double) -> Double {
        total > 0 ? 100 * share.magnitude / total : 0
    }

    /// The number of ratings that are not listed one by one.
    public var furtherCount: Int { contributions.count - listedCount }

    /// What the ratings that are not listed one by one add together.
    public var furtherSum: Double { sum(after: listedCount) }

    /// What the ratings behind the `count` largest shares add together.
    public func sum(after count: Int) -> Double {
        contributions.dropFirst(count).reduce(0) { $0 + $1.share }
    }
}
