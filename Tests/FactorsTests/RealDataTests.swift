// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import RatingFiles
import Ratings
import TestSupport
import Testing

/// The promised numbers, on the real data sets and with the default options.
@Suite("Factors on real data")
struct RealDataTests {
    /// Read once for all tests, because it is a million lines.
    private static let ml1M = Result { try read("ml-1m") }

    private static func read(_ name: String) throws -> Dataset {
        let directory = try #require(RealData.directory(name))
        return try DatasetReader.read(directory).dataset
    }

    private func matrices(
        _ dataset: Dataset, _ train: RatingColumns, _ test: RatingColumns
    ) -> (train: RatingMatrix, test: RatingMatrix) {
        let (users, items) = (dataset.users.count, dataset.items.count)
        return (
            RatingMatrix(train, userCount: users, itemCount: items),
            RatingMatrix(test, userCount: users, itemCount: items)
        )
    }

    @Test(
        "ml-1m 90/10: RMSE at most .830, the same bits on 1 and 2 threads",
        .enabled(if: RealData.directory("ml-1m") != nil, Comment(rawValue: RealData.absent)))
    func rating1M() throws {
        let dataset = try Self.ml1M.get()
        let parts = Split.random(dataset.ratings, cuts: [0.9], seed: 0)
        let (train, test) = matrices(dataset, parts[0], parts[1])
        let head = try BayesianTrainer.train(train, threads: 2)
        let metrics = RatingMetrics(
            of: head, train: train, test: test, scale: dataset.scale, threads: 2)
        #expect(metrics.rmse < 0.830)
        #expect(metrics.rmse > 0.800, "better than this model can be")
        var short = BayesianOptions()
        short.sweepCount = 4
        let bytes = try [1, 2].map { threads in
            try BayesianTrainer.train(
                train, options: short, threads: threads
            ).factorBytes
        }
        #expect(bytes[0] == bytes[1])
        let biases = DampedBiases(train)
        let baseline = RatingMetrics(test: test, scale: dataset.scale) { user in
            { item, _ in biases.predict(user, item) }
        }
        #expect(abs(baseline.rmse - 0.906) < 0.004)
    }

    @Test(
        "ml-1m 80/20 per user: nDCG@10 at least .380 and Recall@20 .333, popular items .17",
        .enabled(if: RealData.directory("ml-1m") != nil, Comment(rawValue: RealData.absent)))
    func ranking1M() throws {
        let dataset = try Self.ml1M.get()
        let parts = Split.perUser(dataset.ratings, heldOut: 0.2, seed: 7)
        let (train, test) = matrices(dataset, parts.kept, parts.heldOut)
        let threshold = dataset.scale.relevanceThreshold
        let head = try RankingTrainer.train(train, scale: dataset.scale, threads: 2)
        let lists = RankingMetrics.lists(
            of: head, train: train, test: test, count: 20, threads: 2)
        func metrics(_ cutoff: Int) -> RankingMetrics {
            RankingMetrics(test: test, cutoff: cutoff, threshold: threshold) { lists[$0.position] }
        }
        #expect(metrics(10).nDCG > 0.380)
        #expect(metrics(20).recall > 0.333)
        let exposure = metrics(10).exposure(itemCount: train.itemCount)
        #expect(exposure.coverage > 0.2)
        #expect(exposure.gini < 0.95)
        let popularity = Popularity(train)
        let popular = RankingMetrics(test: test, cutoff: 10, threshold: threshold, threads: 2) {
            popularity.select(count: 10, excluding: train.profile(of: $0)).map(\.item)
        }
        #expect(abs(popular.nDCG - 0.174) < 0.01)
        let popularExposure = popular.exposure(itemCount: train.itemCount)
        #expect(popularExposure.coverage < 0.05 && popularExposure.gini > exposure.gini)
    }

    @Test(
        "ml-1m: the best by predicted stars are exact, and a poor list: nDCG@10 below half of .38",
        .enabled(if: RealData.directory("ml-1m") != nil, Comment(rawValue: RealData.absent)))
    func byStars1M() throws {
        let dataset = try Self.ml1M.get()
        let parts = Split.perUser(dataset.ratings, heldOut: 0.2, seed: 7)
        let (train, test) = matrices(dataset, parts.kept, parts.heldOut)
        var options = BayesianOptions()
        options.sweepCount = 20
        let head = try BayesianTrainer.train(train, options: options, threads: 2)
        let metrics = RankingMetrics(
            of: head, train: train, test: test, cutoff: 10,
            threshold: dataset.scale.relevanceThreshold, threads: 2)
        #expect(metrics.nDCG < 0.19)
        for user in stride(from: 0, to: train.userCount, by: 499) {
            let profile = train.profile(of: UserIndex(user))
            let vector = head.foldIn(profile).vector
            var scored: [ScoredItem] = []
            for item in (0..<head.itemCount).map({ ItemIndex($0) })
            where profile.position(of: item) == nil {
                scored.append(
                    ScoredItem(item: item, score: head.score(of: item, for: vector)))
            }
            scored.sort { $0.score != $1.score ? $0.score > $1.score : $0.item < $1.item }
            let top = TopK.select(head, vector, count: 10, excluding: profile)
            #expect(top == Array(scored.prefix(10)))
        }
    }

    @Test(
        "ml-1m: every served score is the sum of its explanation within 1e-9",
        .enabled(if: RealData.directory("ml-1m") != nil, Comment(rawValue: RealData.absent)))
    func explained1M() throws {
        let dataset = try Self.ml1M.get()
        let matrix = dataset.matrix()
        let rating = try BayesianTrainer.train(
            matrix, options: .init(sweeps: 4, burnIn: 2), threads: 2)
        let ranking = try RankingTrainer.train(
            matrix, scale: dataset.scale, options: .init(sweeps: 2), threads: 2)
        for head in [rating, ranking] as [any LinearHead] {
            for user in stride(from: 0, to: matrix.userCount, by: 199) {
                let profile = matrix.profile(of: UserIndex(user))
                let foldIn = head.foldIn(profile)
                for best in TopK.select(head, foldIn.vector, count: 10, excluding: profile) {
                    let shares = head.shares(of: profile, to: best.item, with: foldIn)
                    let base = head.base(of: best.item) + (shares.population ?? 0)
                    let sum = shares.ratings.reduce(base, +)
                    #expect(abs(sum - best.score) < 1e-9)
                    #expect(best.score == head.score(of: best.item, for: foldIn.vector))
                }
            }
        }
    }

    @Test(
        "the defaults also beat biases on the smaller data sets",
        .enabled(
            if: RealData.directory("ml-100k") != nil
                && RealData.directory("ml-latest-small") != nil,
            Comment(rawValue: RealData.absent)),
        arguments: [("ml-100k", 0.925), ("ml-latest-small", 0.875)])
    func smaller(name: String, bound: Double) throws {
        let dataset = try Self.read(name)
        let parts = Split.random(dataset.ratings, cuts: [0.9], seed: 1)
        let (train, test) = matrices(dataset, parts[0], parts[1])
        let head = try BayesianTrainer.train(train, threads: 2)
        let metrics = RatingMetrics(of: head, train: train, test: test, scale: dataset.scale)
        let biases = DampedBiases(train)
        let baseline = RatingMetrics(test: test, scale: dataset.scale) { user in
            { item, _ in biases.predict(user, item) }
        }
        #expect(metrics.rmse < bound)
        #expect(metrics.rmse < baseline.rmse)
    }
}
