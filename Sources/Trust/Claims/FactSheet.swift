// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// All that may be said about the answer for one user and one item, as typed facts.
///
/// The plain-language text is rendered from it alone, FACTS lists it as claims and VERIFY holds
/// sentences against it. Pure values: it knows neither heads nor requests.
public struct FactSheet: Sendable, Equatable {
    /// Whom the answer is for.
    public let user: UserFacts
    /// What it is about.
    public let item: ItemFacts
    /// What the ranking head says.
    public let ranking: RankingFacts
    /// What the rating head says.
    public let rating: RatingFacts
    /// What one of the two scores is made of.
    public let explanation: ExplanationFacts
    /// The range of ratings.
    public let scale: RatingScale
    /// Where the answer comes from.
    public let source: Source
    /// The generation that answered.
    public let generation: Int
    /// The names of all genres of the catalogue, in any order.
    public let genreNames: [String]

    /// Joins the parts of a sheet.
    public init(
        user: UserFacts, item: ItemFacts, ranking: RankingFacts, rating: RatingFacts,
        explanation: ExplanationFacts, scale: RatingScale, source: Source, generation: Int,
        genreNames: [String]
    ) {
        self.user = user
        self.item = item
        self.ranking = ranking
        self.rating = rating
        self.explanation = explanation
        self.scale = scale
        self.source = source
        self.generation = generation
        self.genreNames = genreNames
    }

    /// Where an answer comes from.
    public enum Source: String, Sendable, CaseIterable {
        /// The ratings the generation was trained on, unchanged.
        case personal
        /// Ratings that changed, or a user who came, since.
        case foldedIn = "folded-in"
        /// No ratings: the answer is what is expected of anybody.
        case popular
    }

    /// The head whose score the explanation takes apart.
    public enum Head: String, Sendable, CaseIterable {
        /// What orders recommendations.
        case ranking
        /// What predicts stars.
        case rating
    }

    /// One user's history in short.
    public struct UserFacts: Sendable, Equatable {
        /// The identifier; only evidence names it.
        public let token: String
        /// How many items the user has rated.
        public let ratingCount: Int
        /// The mean of the user's ratings; nil without any.
        public let mean: Double?
        /// The genres of the rated items, the most rated first, ties by name.
        public let genres: [GenreFacts]

        /// Describes a user.
        public init(token: String, ratingCount: Int, mean: Double?, genres: [GenreFacts]) {
            self.token = token
            self.ratingCount = ratingCount
            self.mean = mean
            self.genres = genres
        }
    }

    /// A user's ratings of one genre.
    public struct GenreFacts: Sendable, Equatable {
        /// The genre.
        public let name: String
        /// How many items of it the user has rated.
        public let count: Int
        /// The mean of those ratings.
        public let mean: Double

        /// Describes a user's ratings of a genre.
        public init(name: String, count: Int, mean: Double) {
            self.name = name
            self.count = count
            self.mean = mean
        }
    }

    /// What the catalogue and everybody's ratings say of the item.
    public struct ItemFacts: Sendable, Equatable {
        /// The identifier; only evidence names it.
        public let token: String
        /// The title; nil where the data has none.
        public let title: String?
        /// The release year; nil where unknown.
        public let year: Int?
        /// The genres in the data's order; empty where unknown.
        public let genres: [String]
        /// How many users have rated it, as the generation was trained.
        public let ratingCount: Int
        /// The mean of those ratings; nil without any.
        public let mean: Double?

        /// Describes an item.
        public init(
            token: String, title: String?, year: Int?, genres: [String], ratingCount: Int,
            mean: Double?
        ) {
            self.token = token
            self.title = title
            self.year = year
            self.genres = genres
            self.ratingCount = ratingCount
            self.mean = mean
        }
    }

    /// What the ranking head says of the item.
    public struct RankingFacts: Sendable, Equatable {
        /// The length of the list that counts as recommended: RECOMMEND's default.
        public static let listLength = 10

        /// What items are ordered by; for a user without ratings the item's number of ratings.
        public let score: Double
        /// Its place among the candidates, from 1; nil for an item that the user has rated.
        public let rank: Int?
        /// How many items the user has not rated.
        public let candidateCount: Int

        /// Whether it is in the list that RECOMMEND gives by default.
        public var isRecommended: Bool { rank.map { $0 <= Self.listLength } ?? false }

        /// Describes a place in a ranking.
        public init(score: Double, rank: Int?, candidateCount: Int) {
            self.score = score
            self.rank = rank
            self.candidateCount = candidateCount
        }
    }

    /// What the rating head says of the item.
    public struct RatingFacts: Sendable, Equatable {
        /// The exact score, not limited to the scale.
        public let score: Double
        /// The score limited to the scale.
        public let stars: Double
        /// How uncertain it is; nil for a head that does not know.
        public let uncertainty: Uncertainty?
        /// The rating that the user has given the item; nil for none.
        public let own: Float?
        /// The names of the user's attributes that the head was given; empty for none.
        public let attributes: [String]

        /// Describes a prediction.
        public init(
            score: Double, stars: Double, uncertainty: Uncertainty?, own: Float?,
            attributes: [String] = []
        ) {
            self.score = score
            self.stars = stars
            self.uncertainty = uncertainty
            self.own = own
            self.attributes = attributes
        }
    }

    /// How uncertain a prediction is.
    public struct Uncertainty: Sendable, Equatable {
        /// The standard deviation of one rating about the score.
        public let deviation: Double
        /// The lower end of the 80% interval, limited to the scale.
        public let low: Double
        /// The upper end of the 80% interval, limited to the scale.
        public let high: Double

        /// Describes an uncertainty.
        public init(deviation: Double, low: Double, high: Double) {
            self.deviation = deviation
            self.low = low
            self.high = high
        }

        /// What a deviation about a score makes of it, limited to `scale`.
        public init(score: Double, deviation: Double, scale: RatingScale) {
            let half = Self.quantile * deviation
            self.init(
                deviation: deviation, low: scale.clamp(score - half),
                high: scale.clamp(score + half))
        }

        /// Half of the 80% interval before it is limited to the scale: 1.28 deviations.
        public var half: Double { Self.quantile * deviation }

        /// The 90% quantile of the standard normal distribution.
        private static let quantile = 1.281_551_565_544_600_5
    }
}
