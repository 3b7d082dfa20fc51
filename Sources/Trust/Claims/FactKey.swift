// SPDX-License-Identifier: GPL-3.0-or-later

/// Which fact of a sheet a claim states.
enum FactKey: Hashable, Sendable {
    case userRatings, userMean
    /// Positions are those of `UserFacts.genres`.
    case genreCount(Int), genreMean(Int)
    case title, year, genres, itemRatings, itemMean
    case isRecommended, isRated, ownRating
    case rank, candidates, rankingScore
    case stars, ratingScore, deviation, low, high, half
    case source, generation
    case explained, base, coverage, abstains, furtherCount, furtherSum
    case shareMeaning, demographics
    /// Positions are those of `ExplanationFacts.attributes`.
    case attribute(Int)
    /// Positions are those of `ExplanationFacts.contributions`.
    case contributionRating(Int), share(Int), sharePercent(Int), shareRank(Int)
}
