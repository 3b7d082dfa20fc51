// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

extension FactSheet {
    /// The facts as claims, `F1`, `F2` … in an order that does not depend on how many
    /// contributions are listed: those come last.
    public var claims: [Claim] { claims(contributions: explanation.listedCount) }

    /// As `claims`, with as many contributions as asked for.
    func claims(contributions count: Int) -> [Claim] {
        var list = ClaimList()
        addUser(to: &list)
        addItem(to: &list)
        addRanking(to: &list)
        addRating(to: &list)
        addExplanation(to: &list)
        for place in explanation.contributions.indices.prefix(count) {
            addContribution(place, to: &list)
        }
        return list.claims
    }

    /// How much of a star a text may round away: a sixteenth of the scale, a quarter of 1…5.
    var starTolerance: Double { Double(scale.maximum - scale.minimum) / 16 }

    /// The unit of ratings in words; nil where the scale is none that people call stars.
    var starUnit: String { scale.minimum >= 0 && scale.maximum <= 10 ? "stars" : "points" }

    private func addUser(to list: inout ClaimList) {
        list.add(
            .userRatings, "user", "ratings", .whole(user.ratingCount), unit: "ratings",
            .prediction(field: "ratings"))
        if let mean = user.mean {
            list.add(
                .userMean, "user", "mean rating", .measured(mean), unit: starUnit,
                tolerance: starTolerance, .user(field: "mean"))
        }
        for (place, genre) in user.genres.enumerated() {
            list.add(
                .genreCount(place), "user's \(genre.name)", "ratings", .whole(genre.count),
                unit: "ratings", .history)
            list.add(
                .genreMean(place), "user's \(genre.name)", "mean rating", .measured(genre.mean),
                unit: starUnit, tolerance: starTolerance, .history)
        }
    }

    private func addItem(to list: inout ClaimList) {
        if let title = item.title {
            list.add(.title, "item", "title", .text(title), .item(field: "title"))
        }
        if let year = item.year {
            list.add(.year, "item", "year", .whole(year), .item(field: "year"))
        }
        if !item.genres.isEmpty {
            list.add(
                .genres, "item", "genres", .text(item.genres.joined(separator: "|")),
                .item(field: "genres"))
        }
        list.add(
            .itemRatings, "item", "ratings", .whole(item.ratingCount), unit: "ratings",
            .item(field: "ratings"))
        if let mean = item.mean {
            list.add(
                .itemMean, "item", "mean rating", .measured(mean), unit: starUnit,
                tolerance: starTolerance, .item(field: "mean"))
        }
    }

    private func addRanking(to list: inout ClaimList) {
        list.add(
            .isRated, "item", "rated by user", .truth(rating.own != nil),
            .prediction(field: "rated"))
        if let own = rating.own {
            list.add(
                .ownRating, "user", "rating of item", .measured(Double(own)), unit: starUnit,
                .prediction(field: "rated"))
        }
        list.add(
            .isRecommended, "item", "recommended", .truth(ranking.isRecommended),
            .list(rank: ranking.isRecommended ? ranking.rank : nil, column: "item"))
        if let rank = ranking.rank {
            list.add(.rank, "item", "rank", .whole(rank), .list(rank: rank, column: "rank"))
        }
        list.add(
            .candidates, "ranking", "candidates", .whole(ranking.candidateCount), unit: "items",
            .candidates)
        if source == .popular {
            list.add(
                .rankingScore, "item", "ranking score", .whole(item.ratingCount), unit: "ratings",
                .item(field: "ratings"))
        } else {
            list.add(
                .rankingScore, "item", "ranking score", .measured(ranking.score),
                tolerance: Self.scoreTolerance, .list(rank: ranking.rank, column: "score"))
        }
    }

    private func addRating(to list: inout ClaimList) {
        list.add(
            .stars, "item", "predicted rating", .measured(rating.stars), unit: starUnit,
            tolerance: starTolerance, .prediction(field: "stars"))
        list.add(
            .ratingScore, "item", "predicted score", .measured(rating.score),
            tolerance: starTolerance, .prediction(field: "score"))
        if let uncertainty = rating.uncertainty {
            for (key, name, value, field) in [
                (FactKey.deviation, "deviation", uncertainty.deviation, "deviation"),
                (.low, "80% interval from", uncertainty.low, "low"),
                (.high, "80% interval to", uncertainty.high, "high"),
                (.half, "half of the 80% interval", uncertainty.half, "deviation"),
            ] {
                list.add(
                    key, "predicted rating", name, .measured(value), unit: starUnit,
                    tolerance: starTolerance, .prediction(field: field))
            }
        }
    }

    private func addExplanation(to list: inout ClaimList) {
        list.add(
            .source, "answer", "source", .text(source.rawValue), .prediction(field: "source"))
        list.add(.generation, "answer", "generation", .whole(generation), .reply)
        list.add(
            .demographics, "answer", "uses age, gender or occupation",
            .truth(!rating.attributes.isEmpty), .meaning)
        for (place, attribute) in explanation.attributes.enumerated() {
            let line = explanation.baseLineCount + place + 1
            list.add(
                .attribute(place), "attribute \(attribute.label)", "share",
                .measured(attribute.amount), tolerance: Self.shareTolerance,
                .explanationLines(line...line, column: "share"))
        }
        guard !explanation.contributions.isEmpty else { return }
        list.add(
            .shareMeaning, "share", "meaning",
            .text("what one rating adds to the score, not the effect of deleting it"), .meaning)
        list.add(
            .explained, "explanation", "score", .measured(explanation.score),
            tolerance: Self.scoreTolerance, .explanation(field: "score"))
        list.add(
            .base, "explanation", "part that holds for everyone", .measured(explanation.base),
            tolerance: Self.scoreTolerance,
            explanation.baseLineCount > 0
                ? .explanationLines(1...explanation.baseLineCount, column: "share") : .meaning)
        list.add(
            .coverage, "five largest shares", "part of all shares",
            .measured(100 * explanation.topFiveCoverage), unit: "percent",
            tolerance: Self.percentTolerance, .explanation(field: "top5_coverage"))
        list.add(
            .abstains, "explanation", "short one would be honest", .truth(!explanation.abstains),
            .explanation(field: "top5_coverage"))
        list.add(
            .furtherCount, "further ratings", "ratings", .whole(explanation.furtherCount),
            unit: "ratings", .prediction(field: "ratings"))
        list.add(
            .furtherSum, "further ratings", "share", .measured(explanation.furtherSum),
            tolerance: Self.shareTolerance,
            explanation.furtherCount > 0
                ? .explanationLines(line(explanation.listedCount), column: "share") : .meaning)
    }

    private func addContribution(_ place: Int, to list: inout ClaimList) {
        let contribution = explanation.contributions[place]
        let subject = "rating of " + (contribution.title ?? contribution.token)
        list.add(
            .contributionRating(place), subject, "rating",
            .measured(Double(contribution.rating)), unit: starUnit,
            .explanationLines(line(place), column: "rating"))
        list.add(
            .share(place), subject, "share", .measured(contribution.share),
            tolerance: Self.shareTolerance, .explanationLines(line(place), column: "share"))
        list.add(
            .sharePercent(place), subject, "part of all shares",
            .measured(explanation.percent(of: contribution.share)), unit: "percent",
            tolerance: Self.percentTolerance, .explanationLines(line(place), column: "share"))
        list.add(
            .shareRank(place), subject, "rank of share", .whole(place + 1),
            .explanationLines(line(place), column: "share"))
    }

    private func line(_ place: Int) -> ClosedRange<Int> {
        let line = explanation.baseLineCount + explanation.attributes.count + place + 1
        return line...line
    }

    static let scoreTolerance = 0.05
    static let shareTolerance = 0.005
    static let percentTolerance = 0.5
}
