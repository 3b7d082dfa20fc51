// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import RatingFiles
import Ratings
import Testing
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
        let heads = try heads(data.matrix, data.scale)
        findings.rankingFidelity = fidelity(heads.ranking, data.matrix)
        findings.ratingFidelity = fidelity(heads.rating, data.matrix)
        let parts = Split.perUser(data.matrix, heldOut: 0.2, seed: 1)
        let measured = try measured(parts.kept, parts.heldOut, data.scale)
        findings.heldOut = measured
        findings.audit = measured.flatMap {
            AuditReport(
                AuditSubject(
                    $0.measurements, train: parts.kept, catalogue: data.items,
                    users: data.users,
                    heads: [.init(name: "ranking", head: heads.ranking)]), crossing: [(0, 1)],
                options: AuditOptions(resamples: 200), threads: 1, progress: { _, _ in true })
        }
        findings.frontier = try measured.map { try frontier($0.measurements, parts.kept, data) }
        findings.rankingSlope = RetrainSlope(effects: [1, 2, 3, 4], changes: [1, 2, 3, 5])
        findings.lists = ExampleLists(
            ranking: heads.ranking, rating: heads.rating, data: data, facts: findings.genres)
        findings.plain = findings.lists.flatMap {
            PlainExample(
                $0, ranking: heads.ranking, rating: heads.rating, data: data,
                facts: findings.genres, generation: 7)
        }
        return findings
    }

    /// A frontier from the served lists to the most rated items.
    static func frontier(
        _ plain: HeldOutMeasurements, _ train: RatingMatrix, _ data: SortedDataset
    ) throws -> FrontierFindings {
        let users = plain.users.map(\.user)
        let options = AuditOptions(resamples: 100)
        let attribute = try AuditAttribute(try #require(data.users.attribute(named: "gender")))
        let members = try #require(FrontierUsers(users, of: attribute, seed: 1))
        let genres = GenreMix(data.items)
        let head = try BayesianTrainer.train(
            train, options: BayesianOptions(factors: 3, sweeps: 12, burnIn: 4, samples: 4))
        let sample = FrontierSample(
            strength: 0, measurements: plain, rating: head, train: train, members: members,
            genres: genres, threads: 1)
        let popular = RankingMetrics.lists(
            of: try PopularityHead.train(train), train: train, users: users,
            count: plain.cutoff, threads: 1)
        let other = sample.replacing(lists: popular, strength: 1, train: train, genres: genres)
        let frontier = try #require(
            MitigationFrontier(
                [sample, other], target: .miscalibration, users: members,
                isTail: LongTail(Popularity(train)).contains, scale: data.scale,
                options: options, threads: 1, progress: { _ in true }))
        return FrontierFindings(
            frontier, attribute: "gender", users: users.count, resamples: options.resamples)
    }

    /// Small models of both kinds.
    static func heads(
        _ matrix: RatingMatrix, _ scale: RatingScale
    ) throws -> HeldOutFindings.Heads {
        (
            try served.train(matrix) { _ in true },
            try RankingTrainer.train(
                matrix, scale: scale, options: RankingHeadOptions(factors: 4), threads: 1,
                progress: { _ in true })
        )
    }

    /// Everything measured on `test` after training on `train`; nil where nothing is held out.
    static func measured(
        _ train: RatingMatrix, _ test: RatingMatrix, _ scale: RatingScale
    ) throws -> HeldOutFindings? {
        let heads = try heads(train, scale)
        func measurements(
            _ rating: some LinearHead, _ ranking: some LinearHead
        ) -> HeldOutMeasurements? {
            HeldOutMeasurements(
                rating: rating, ranking: ranking, train: train, test: test, scale: scale,
                threads: 1, progress: { _ in true })
        }
        guard test.count > 0, let found = measurements(heads.rating, heads.ranking) else {
            return nil
        }
        return try HeldOutFindings(
            found, heads: heads, train: train, test: test, scale: scale, threads: 1,
            hash: ContentHash.sha256, progress: { _, _ in true })
    }

    static func fidelity(_ head: any ServableHead, _ matrix: RatingMatrix) -> ExplanationFidelity {
        func measured(_ head: some ExplainableHead) -> ExplanationFidelity {
            ExplanationFidelity(of: head, matrix: matrix)
        }
        return measured(head)
    }

    /// A small model that knows of time and of its own uncertainty.
    static let served = ReportModel(id: "served", title: "Candor (small)", isServed: true) {
        matrix, progress throws(TrainingError) in
        try BayesianTrainer.train(
            matrix, options: BayesianOptions(factors: 3, sweeps: 12, burnIn: 4, samples: 4),
            threads: 1, progress: progress)
    }
}
