// SPDX-License-Identifier: GPL-3.0-or-later

/// What a clause states; how it is held against the facts follows from it.
enum StatementKind: String, Sendable {
    // The user.
    case userCount, userNone, userMean, userSource
    case genreCount, genreCountOn, genrePart, genreTop, genreMost, genreMean, genreMeanOn,
        genreBest, genreAny, genreCompare
    case genreMeanCompare
    case rated, ratedOn, ratedCompare, ratedAny
    // The item.
    case description, itemCount, itemMean, itemGenres, itemOnlyGenres, itemNone
    // The ranking.
    case rank, topOf, recommended, rankingScore, candidates, ranksAbove
    // The prediction.
    case predicted, interval, deviation, compare, compareOn
    // What the score is made of.
    case share, sharePart, sharePartOn, shareSign, shareRank, largestShares, shareCompare
    case because, coverage, others, abstains, base, additive, shareMeaning
    // The answer.
    case generation, demographics
}
