// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import RatingFiles
import Ratings
import Trust

/// Trains a head on the first part of joint ratings and measures it on the second.
struct Evaluation {
    /// The list length of the predictions and of precision and nDCG.
    private static let listLength = 10
    /// The list length of the second recall figure.
    private static let longListLength = 20

    private let ratings: JointRatings
    private let train: RatingMatrix
    private let test: RatingColumns
    private let heldOut: RatingMatrix
    private let threads: Int

    /// Trains on `ratings.parts[0]`, measures on `ratings.parts[1]`.
    init(_ ratings: JointRatings, threads: Int) {
        self.ratings = ratings
        self.threads = threads
        train = RatingMatrix(
            ratings.parts[0], userCount: ratings.users.count, itemCount: ratings.items.count)
        test = ratings.parts[1]
        heldOut = RatingMatrix(
            test, userCount: ratings.users.count, itemCount: ratings.items.count)
    }

    /// RMSE and MAE of a model's stars; predictions in the test file's order.
    func rating(_ settings: TrainingSettings) throws -> EvaluationResult {
        let start = ContinuousClock.now
        let head = try settings.train(train, scale: ratings.scale, threads: threads)
        let seconds = Seconds.since(start)
        let metrics = RatingMetrics(
            of: head, train: train, test: heldOut, scale: ratings.scale, threads: threads)
        var figures =
            common(settings, seconds) + [
                .init(name: "rmse", value: .number(metrics.rmse)),
                .init(name: "mae", value: .number(metrics.mae)),
            ]
        if let timed = head as? any TimedHead {
            let atTimes = RatingMetrics(
                atTimes: timed, train: train, test: heldOut, scale: ratings.scale,
                threads: threads)
            figures.append(.init(name: "rmse@time", value: .number(atTimes.rmse)))
        }
        if let bayesian = head as? BayesianHead {
            figures.append(
                .init(
                    name: "coverage@80%",
                    value: .number(
                        IntervalCoverage(
                            of: bayesian, train: train, test: heldOut, threads: threads
                        ).share)))
        }
        if let decomposition = head as? TruncatedSVDHead {
            figures.append(
                .init(name: "singular_values", value: .numbers(decomposition.singularValues)))
        }
        return EvaluationResult(figures: figures, table: predictions(head))
    }

    /// Precision, recall, nDCG and MRR, coverage, exposure and diversity of a model's lists over the full
    /// catalogue.
    func ranking(_ settings: TrainingSettings) throws -> EvaluationResult {
        let start = ContinuousClock.now
        let head = try settings.train(train, scale: ratings.scale, threads: threads)
        let seconds = Seconds.since(start)
        let best = RankingMetrics.lists(
            of: head, train: train, test: heldOut, count: Self.longListLength, threads: threads)
        func metrics(_ cutoff: Int) -> RankingMetrics {
            RankingMetrics(
                test: heldOut, cutoff: cutoff, threshold: ratings.scale.relevanceThreshold,
                threads: threads
            ) { best[$0.position] }
        }
        let (short, long) = (metrics(Self.listLength), metrics(Self.longListLength))
        return EvaluationResult(
            figures: common(settings, seconds) + [
                .init(name: "users_measured", value: .count(short.users.count)),
                .init(name: "ndcg@10", value: .number(short.nDCG)),
                .init(name: "precision@10", value: .number(short.precision)),
                .init(name: "recall@10", value: .number(short.recall)),
                .init(name: "recall@20", value: .number(long.recall)),
                .init(name: "mrr@10", value: .number(short.meanReciprocalRank)),
            ] + spread(of: short, by: head), table: lists(head))
    }

    /// How the lists spread over the catalogue, and how unlike the items within one are.
    private func spread(
        of metrics: RankingMetrics, by head: any LinearHead
    ) -> [EvaluationResult.Figure] {
        let exposure = metrics.exposure(itemCount: train.itemCount)
        let similarity = ItemSimilarity(head.designs.rows)
        let diversity = metrics.diversity { 1 - similarity.cosine($0, $1) }
        return [
            .init(name: "coverage@10", value: .number(exposure.coverage)),
            .init(name: "exposure_gini@10", value: .number(exposure.gini)),
            .init(
                name: "mean_popularity@10",
                value: .number(exposure.meanPopularity(Popularity(train).counts))),
            .init(name: "diversity@10", value: .number(diversity)),
        ]
    }

    /// `user item rating prediction`, a line per test rating in the file's order.
    private func predictions(_ head: some LinearHead) -> PredictionTable {
        var table = PredictionTable()
        var vectors: [Int32: UserVector] = [:]
        for row in 0..<test.count {
            let user = UserIndex(rawValue: test.users[row])
            let vector = vectors[user.rawValue] ?? head.foldIn(train.profile(of: user)).vector
            vectors[user.rawValue] = vector
            let item = ItemIndex(rawValue: test.items[row])
            let stars = ratings.scale.clamp(head.score(of: item, for: vector))
            table.append(
                ratings.users.ids[user.position].token, ratings.items[item].id.token,
                "\(test.values[row])", "\(stars)")
        }
        return table
    }

    /// `user rank item score`, the best unseen items of every user with test ratings.
    private func lists(_ head: some LinearHead) -> PredictionTable {
        var table = PredictionTable()
        for position in 0..<heldOut.userCount where !heldOut.byUser.range(ofRow: position).isEmpty {
            let known = train.profile(of: UserIndex(position))
            let list = TopK.select(
                head, head.foldIn(known).vector, count: Self.listLength, excluding: known)
            for (place, scored) in list.enumerated() {
                table.append(
                    ratings.users.ids[position].token, "\(place + 1)",
                    ratings.items[scored.item].id.token, "\(scored.score)")
            }
        }
        return table
    }

    private func common(
        _ settings: TrainingSettings, _ seconds: Double
    ) -> [EvaluationResult.Figure] {
        [
            .init(name: "head", value: .word(settings.model.head.rawValue)),
            .init(name: "model", value: .word(settings.model.rawValue)),
            .init(name: "users", value: .count(train.userCount)),
            .init(name: "items", value: .count(train.itemCount)),
            .init(name: "train_ratings", value: .count(train.count)),
            .init(name: "test_ratings", value: .count(test.count)),
            .init(name: "train_s", value: .number(seconds)),
        ]
    }
}
