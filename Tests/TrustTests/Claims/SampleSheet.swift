// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Ratings
import Trust

/// A made-up answer that sentences are held against, as `Sentences/sheets.json` describes it.
struct SampleSheet: Decodable {
    struct User: Decodable {
        let token: String
        let ratings: Int
        let mean: Double?
        let genres: [Genre]
    }

    /// `["Drama", 11, 4.18]`.
    struct Genre: Decodable {
        let facts: FactSheet.GenreFacts

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            facts = FactSheet.GenreFacts(
                name: try values.decode(String.self), count: try values.decode(Int.self),
                mean: try values.decode(Double.self))
        }
    }

    struct Item: Decodable {
        let token: String
        let title: String
        let year: Int
        let genres: [String]
        let ratings: Int
        let mean: Double
    }

    struct Ranking: Decodable {
        let score: Double
        let rank: Int?
        let candidates: Int
    }

    struct Rating: Decodable {
        let score: Double
        let stars: Double
        let deviation: Double?
        let low: Double?
        let high: Double?
        let own: Float?
    }

    struct Contribution: Decodable {
        let token: String?
        let title: String
        let rating: Float
        let share: Double
        let year: Int
        let genres: [String]
    }

    struct Explanation: Decodable {
        let head: String
        let score: Double
        let base: Double
        let contributions: [Contribution]
    }

    let name: String
    let user: User
    let item: Item
    let ranking: Ranking
    let rating: Rating
    let explanation: Explanation
    let scale: [Float]
    let source: String
    let generation: Int
    let genres: [String]
    /// Titles of the catalogue that the user has not rated.
    let others: [String]

    /// The sheets by name.
    static func all(in directory: URL) throws -> [String: SampleSheet] {
        let data = try Data(contentsOf: directory.appending(path: "sheets.json"))
        let sheets = try JSONDecoder().decode([SampleSheet].self, from: data)
        return Dictionary(uniqueKeysWithValues: sheets.map { ($0.name, $0) })
    }

    /// The sheet as the checker takes it.
    var facts: FactSheet {
        let shares = explanation.contributions.map(\.share.magnitude)
        let total = shares.reduce(0, +)
        return FactSheet(
            user: .init(
                token: user.token, ratingCount: user.ratings, mean: user.mean,
                genres: user.genres.map(\.facts)),
            item: .init(
                token: item.token, title: item.title, year: item.year, genres: item.genres,
                ratingCount: item.ratings, mean: item.mean),
            ranking: .init(
                score: ranking.score, rank: ranking.rank, candidateCount: ranking.candidates),
            rating: .init(
                score: rating.score, stars: rating.stars,
                uncertainty: rating.deviation.map {
                    .init(deviation: $0, low: rating.low ?? 0, high: rating.high ?? 0)
                }, own: rating.own),
            explanation: .init(
                head: FactSheet.Head(rawValue: explanation.head) ?? .ranking,
                score: explanation.score, base: explanation.base,
                baseLineCount: explanation.base == 0 ? 0 : 2,
                contributions: explanation.contributions.map {
                    .init(
                        token: $0.token ?? $0.title, title: $0.title, year: $0.year,
                        genres: $0.genres, rating: $0.rating, share: $0.share)
                }, listedCount: 10,
                topFiveCoverage: total > 0 ? shares.prefix(5).reduce(0, +) / total : 1),
            scale: RatingScale(minimum: scale[0], maximum: scale[1]),
            source: FactSheet.Source(rawValue: source) ?? .personal, generation: generation,
            genreNames: genres)
    }

    /// Finds the items called by some folded words.
    func catalogue(_ words: [String]) -> [CatalogueTitle] {
        let known = explanation.contributions.map(\.title) + [item.title]
        return (others + known).compactMap { title in
            guard TitleForms.of(title).contains(words) else { return nil }
            let token = title == item.title ? item.token : title
            return CatalogueTitle(
                token: token, title: title, year: Int(title.suffix(5).dropLast()))
        }
    }

    /// A checker of sentences about this answer.
    var checker: ClaimChecker { ClaimChecker(facts, catalogue: catalogue) }
}
