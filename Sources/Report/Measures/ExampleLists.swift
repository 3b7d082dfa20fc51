// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
public import Ratings
public import Trust

/// Lists for made-up tastes, so that a reader can judge them without looking over anybody's
/// shoulder: no user of the data is shown.
///
/// A taste is somebody new who gave the highest rating to the most rated items of one genre and has
/// rated nothing else; the list is what RECOMMEND would answer.
public struct ExampleLists: Sendable {
    /// One taste and its list.
    public struct Example: Sendable {
        /// The genre.
        public let genre: String
        /// What was rated, most rated first.
        public let rated: [ItemIndex]
        /// The list, best first.
        public let list: [Entry]
    }

    /// One item of a list.
    public struct Entry: Sendable {
        /// The item.
        public let item: ItemIndex
        /// The ranking model's score.
        public let score: Double
        /// The stars that the rating model predicts, limited to the scale.
        public let stars: Double
        /// How many items are more often rated, plus 1.
        public let popularityRank: Int
        /// The rating with the largest share in the score.
        public let reason: ItemIndex?
        /// That share as a part of the score.
        public let reasonPart: Double
    }

    /// The examples, by how much of all ratings goes to their genre, least first.
    public let examples: [Example]

    private static let exampleCount = 4
    private static let ratedCount = 8
    private static let length = 10

    /// Makes lists of `ranking` with stars of `rating` for genres of `facts` that have items enough.
    public init(
        ranking: any ServableHead, rating: any ServableHead, data: SortedDataset,
        facts: GenreFacts
    ) {
        let popularity = Popularity(data.matrix)
        let rank = Dictionary(
            uniqueKeysWithValues: popularity.order.enumerated().map { ($0.element, $0.offset + 1) })
        let eligible = facts.genres.reversed().filter {
            $0.items >= 3 * Self.ratedCount && $0.share > 0.01
        }
        let count = min(Self.exampleCount, eligible.count)
        let chosen = (0..<count).map { place in
            eligible[count == 1 ? 0 : place * (eligible.count - 1) / (count - 1)]
        }
        examples = chosen.map { genre in
            let rated = Array(
                popularity.order.filter { data.items[$0].genres.contains(genre.name) }
                    .prefix(Self.ratedCount))
            return Example(
                genre: genre.name, rated: rated,
                list: Self.list(
                    ranking, rating, Self.profile(rated, data.scale), data.scale, rank))
        }
    }

    /// The ratings of somebody who gave `rated` the highest rating and has rated nothing else.
    static func profile(_ rated: [ItemIndex], _ scale: RatingScale) -> Profile {
        Profile(
            items: rated.map(\.rawValue).sorted(), values: rated.map { _ in scale.maximum },
            timestamps: rated.map { _ in 0 })
    }

    private static func list(
        _ ranking: some ServableHead, _ rating: some ServableHead, _ profile: Profile,
        _ scale: RatingScale, _ rank: [ItemIndex: Int]
    ) -> [Entry] {
        let foldIn = ranking.foldIn(profile)
        let stars = rating.foldIn(profile).vector
        return TopK.select(ranking, foldIn.vector, count: length, excluding: profile).map { best in
            let shares = ranking.shares(of: profile, to: best.item, with: foldIn).ratings
            let strongest = shares.indices.max { shares[$0] < shares[$1] }
            return Entry(
                item: best.item, score: best.score,
                stars: scale.clamp(rating.score(of: best.item, for: stars)),
                popularityRank: rank[best.item] ?? 0,
                reason: strongest.map { ItemIndex(rawValue: profile.items[$0]) },
                reasonPart: strongest.map { shares[$0] / best.score } ?? .nan)
        }
    }
}
