// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import RatingFiles
import Ratings
import Trust

@testable import Report

/// A report on made-up data, cheap enough to be made in every test that needs one.
enum SmallReport {
    /// A title and a genre that would be markup if they were not escaped.
    static let hostileTitle = "<script>document.title='bad'</script> \"Quoted\" & 'more' (1999)"
    static let hostileGenre = "\"><img src=x onerror=\"document.title='bad'\">"

    /// Made-up data with times, genres and groups; the first item's title and genre are hostile.
    static func data(users: Int = 400, items: Int = 240, ratings: Int = 12_000) -> SortedDataset {
        var options = SyntheticOptions()
        options.userCount = users
        options.itemCount = items
        options.ratingCount = ratings
        let source = SyntheticSource(options)
        var columns = RatingColumns()
        source.write(to: &columns)
        let catalogue = Catalogue(
            source.items.items.enumerated().map { place, item in
                place == 0
                    ? Item(
                        id: item.id, title: hostileTitle, genres: item.genres + [hostileGenre],
                        year: 1999) : item
            })
        return SortedDataset(
            Dataset(
                name: "made-up <data>", isSynthetic: true, users: source.users, items: catalogue,
                ratings: columns, scale: SyntheticSource.scale))
    }

    static func subject(_ data: SortedDataset) -> ReportSubject {
        ReportSubject(
            data: data, generation: 7, created: CalendarDate(unixSeconds: 1_000_000_000),
            trainingSeconds: 1.5, server: "candord/test", dataHash: ContentHash.sha256([1]),
            factorHash: ContentHash.sha256([2]),
            options: [("rating_model", "fast"), ("rating_factors", "4")],
            ratingModel: "a small model", rankingModel: "another small model", seed: 1)
    }

    /// Everything measured that a report can hold.
    static func findings(_ data: SortedDataset) throws -> ReportFindings {
        var findings = ReportFindings(subject(data))
        findings.later = try LaterFindings(
            ReportModel.baselines(threads: 1) + [served], matrix: data.matrix, scale: data.scale,
            threads: 1, hash: ContentHash.sha256, progress: { _, _ in true })
        let heads = try heads(data)
        findings.lists = ExampleLists(
            ranking: heads.ranking, rating: heads.rating, data: data, facts: findings.genres)
        return findings
    }

    /// Small models of both kinds.
    static func heads(
        _ data: SortedDataset
    ) throws -> (rating: any ServableHead, ranking: any ServableHead) {
        (
            try served.train(data.matrix) { _ in true },
            try RankingTrainer.train(
                data.matrix, scale: data.scale, options: RankingHeadOptions(factors: 4), threads: 1,
                progress: { _ in true })
        )
    }

    /// A small model that knows of time and of its own uncertainty.
    static let served = ReportModel(id: "served", title: "Candor (small)", isServed: true) {
        matrix, progress throws(TrainingError) in
        try BayesianTrainer.train(
            matrix, options: BayesianOptions(factors: 3, sweeps: 12, burnIn: 4, samples: 4),
            threads: 1, progress: progress)
    }
}
