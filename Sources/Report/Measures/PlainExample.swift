// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
public import Ratings
public import Trust

/// One answer in plain words: what FACTS says to somebody of a made-up taste about the first item of
/// their list.
public struct PlainExample: Sendable, Equatable {
    /// The genre of the taste.
    public let genre: String
    /// What is told about.
    public let item: ItemIndex
    /// The sentences, each of which VERIFY would call supported.
    public let sentences: [String]

    /// Tells about the first item of the first of `lists` that has one; nil where none has.
    ///
    /// `ranking` and `rating` must be the models that the lists are of, `generation` their number.
    public init?(
        _ lists: ExampleLists, ranking: any ServableHead, rating: any ServableHead,
        data: SortedDataset, facts: GenreFacts, generation: Int
    ) {
        guard let example = lists.examples.first, let best = example.list.first else { return nil }
        genre = example.genre
        item = best.item
        let sheet = Self.sheet(
            best.item, ExampleLists.profile(example.rated, data.scale), ranking, rating, data,
            genres: facts.genres.map(\.name), generation: generation)
        sentences = PlainText(sheet).sentences
    }

    private static func sheet(
        _ item: ItemIndex, _ profile: Profile, _ ranking: some ServableHead,
        _ rating: some ServableHead, _ data: SortedDataset, genres: [String], generation: Int
    ) -> FactSheet {
        let (place, stars) = (ranking.foldIn(profile), rating.foldIn(profile))
        let score = rating.score(of: item, for: stars.vector)
        let uncertainty = (rating as? any UncertainHead).map { head in
            FactSheet.Uncertainty(
                score: score, deviation: head.deviation(of: item, profile: profile, with: stars),
                scale: data.scale)
        }
        return FactSheet(
            user: .init(token: "", profile: profile, catalogue: data.items),
            item: .init(item, catalogue: data.items, matrix: data.matrix),
            ranking: .init(
                score: ranking.score(of: item, for: place.vector),
                rank: TopK.rank(of: item, ranking, place.vector, excluding: profile),
                candidateCount: data.items.count - profile.count),
            rating: .init(
                score: score, stars: data.scale.clamp(score), uncertainty: uncertainty, own: nil),
            explanation: ExplanationFacts(
                of: item, by: ranking, named: .ranking, profile: profile, foldIn: place,
                catalogue: data.items, listedCount: ExplanationFacts.listedCountDefault),
            scale: data.scale, source: .foldedIn, generation: generation, genreNames: genres)
    }
}
