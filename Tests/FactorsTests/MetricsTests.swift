// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@Suite("Metrics")
struct MetricsTests {
    private let scale = SmallData.scale

    @Test("RMSE, MAE and bias of four ratings, by hand")
    func ratings() {
        // Errors −1, +2 of user 0 and 0, −0.5 of user 2; user 1 has nothing held out.
        let test = SmallData.matrix(
            [(0, 0, 4), (0, 1, 1), (2, 0, 3), (2, 2, 5)], users: 3, items: 3)
        let predictions: [Int: [Double]] = [0: [3, 3, 0], 2: [3, 0, 4.5]]
        let metrics = RatingMetrics(test: test, scale: scale) { user in
            { item, _ in predictions[user.position]?[item.position] ?? .nan }
        }
        #expect(metrics.count == 4)
        #expect(abs(metrics.rmse - (5.25 / 4).squareRoot()) < 1e-12)
        #expect(abs(metrics.mae - 3.5 / 4) < 1e-12)
        #expect(abs(metrics.bias - 0.5 / 4) < 1e-12)
        #expect(
            metrics.users == [
                UserRatingErrors(
                    user: UserIndex(0), count: 2, squared: 5, absolute: 3, signed: 1),
                UserRatingErrors(
                    user: UserIndex(2), count: 2, squared: 0.25, absolute: 0.5, signed: -0.5),
            ])
    }

    @Test("predictions are limited to the scale before they are measured")
    func clamped() {
        let test = SmallData.matrix([(0, 0, 4), (0, 1, 1)], users: 1, items: 2)
        let metrics = RatingMetrics(test: test, scale: scale) { _ in
            { item, _ in item.position == 0 ? 100 : -100 }
        }
        #expect(metrics.rmse == 0.5.squareRoot())
    }

    @Test("nothing held out gives no number")
    func nothing() {
        let test = RatingMatrix(RatingColumns(), userCount: 2, itemCount: 2)
        let ratings = RatingMetrics(test: test, scale: scale) { _ in { _, _ in 3 } }
        #expect(ratings.count == 0 && ratings.rmse.isNaN && ratings.mae.isNaN)
        let ranking = RankingMetrics(test: test, cutoff: 3, threshold: 4) { _ in [] }
        #expect(ranking.users.isEmpty && ranking.nDCG.isNaN && ranking.skippedUserCount == 0)
    }

    @Test("precision, recall and nDCG of one list, by hand")
    func ranking() {
        // Relevant: items 1, 4, 6, 7. The list hits at ranks 1 and 3 of 3.
        let quality = UserRankingQuality(
            user: UserIndex(0), ranking: [4, 0, 7, 1].map { ItemIndex($0) },
            relevant: [1, 4, 6, 7], cutoff: 3)
        #expect(quality.hitCount == 2 && quality.relevantCount == 4)
        #expect(quality.precision == 2.0 / 3)
        #expect(quality.recall == 0.5)
        // (1/log₂2 + 1/log₂4) / (1/log₂2 + 1/log₂3 + 1/log₂4)
        #expect(abs(quality.nDCG - 1.5 / (1.5 + 0.630_929_753_571_457_4)) < 1e-12)
    }

    @Test("fewer relevant items than K can still be perfect")
    func perfect() {
        let quality = UserRankingQuality(
            user: UserIndex(0), ranking: [2, 5, 0].map { ItemIndex($0) }, relevant: [2, 5],
            cutoff: 3)
        #expect(quality.nDCG == 1 && quality.recall == 1 && quality.precision == 2.0 / 3)
    }

    @Test("users without a relevant held-out item are left out and counted")
    func skipped() {
        let test = SmallData.matrix(
            [(0, 0, 5), (1, 0, 3), (3, 2, 4), (3, 1, 1)], users: 4, items: 3)
        let metrics = RankingMetrics(test: test, cutoff: 1, threshold: 4) { user in
            user.position == 1 ? [ItemIndex(0), ItemIndex(9)] : [ItemIndex(0)]
        }
        #expect(metrics.users.map(\.user) == [UserIndex(0), UserIndex(3)])
        #expect(metrics.skippedUserCount == 1)
        #expect(metrics.precision == 0.5 && metrics.recall == 0.5 && metrics.nDCG == 0.5)
    }

    @Test("the first hit's reciprocal rank, by hand")
    func reciprocalRank() {
        func rank(_ list: [Int], cutoff: Int) -> Double {
            UserRankingQuality(
                user: UserIndex(0), ranking: list.map { ItemIndex($0) }, relevant: [2, 5],
                cutoff: cutoff
            ).reciprocalRank
        }
        #expect(rank([5, 2, 0], cutoff: 3) == 1)
        #expect(rank([0, 1, 2], cutoff: 3) == 1.0 / 3)
        #expect(rank([0, 1, 2], cutoff: 2) == 0)
        #expect(rank([], cutoff: 2) == 0)
    }

    @Test("coverage, Gini and mean popularity of three lists, by hand")
    func exposure() {
        // Shown 3, 2, 1 and 0 times; ascending 0, 1, 2, 3:
        // 2 · (2·1 + 3·2 + 4·3) / (4 · 6) − 5/4 = 5/12.
        let lists = [[0, 1], [0, 1], [0, 2]].map { $0.map { ItemIndex($0) } }
        let exposure = ListExposure(lists, itemCount: 4)
        #expect(exposure.counts == [3, 2, 1, 0])
        #expect(exposure.coverage == 0.75)
        #expect(abs(exposure.gini - 5.0 / 12) < 1e-12)
        #expect(exposure.meanPopularity([10, 4, 1, 100]) == 39.0 / 6)
    }

    @Test("equal exposure has Gini 0, a single item 1 − 1/n, none no number")
    func exposureEnds() {
        let equal = ListExposure([[ItemIndex(0)], [ItemIndex(1)]], itemCount: 2)
        #expect(equal.gini == 0 && equal.coverage == 1)
        let single = ListExposure([[ItemIndex(3)], [ItemIndex(3)]], itemCount: 5)
        #expect(abs(single.gini - 0.8) < 1e-12 && single.coverage == 0.2)
        let none = ListExposure([], itemCount: 3)
        #expect(none.coverage == 0 && none.gini.isNaN && none.meanPopularity([1, 1, 1]).isNaN)
    }

    @Test("diversity is the mean distance of a list's pairs, in the mean over lists")
    func diversity() {
        let test = SmallData.matrix(
            [(0, 0, 5), (1, 0, 5), (2, 0, 5)], users: 3, items: 5)
        let lists = [[0, 1, 3], [2, 4], [1]]
        let metrics = RankingMetrics(test: test, cutoff: 3, threshold: 4) { user in
            lists[user.position].map { ItemIndex($0) }
        }
        // Distances are differences of positions: (1 + 3 + 2) / 3 and 2; the third list has no pair.
        let diversity = metrics.diversity { Double(abs($0.position - $1.position)) }
        #expect(diversity == 2)
        let pairless = RankingMetrics(test: test, cutoff: 1, threshold: 4) { _ in [ItemIndex(0)] }
        #expect(pairless.diversity { _, _ in 1 }.isNaN)
    }

    @Test("cosines of item factors, by hand")
    func cosine() {
        let similarity = ItemSimilarity(SmallData.factors([[3, 4], [4, 3], [-6, -8], [0, 0]]))
        func cosine(_ first: Int, _ second: Int) -> Double {
            similarity.cosine(ItemIndex(first), ItemIndex(second))
        }
        #expect(abs(cosine(0, 1) - 0.96) < 1e-12 && cosine(0, 1) == cosine(1, 0))
        #expect(abs(cosine(0, 2) + 1) < 1e-12)
        #expect(cosine(0, 3) == 0)
        #expect(
            similarity.neighbours(of: ItemIndex(0), count: 5).map(\.item) == [
                ItemIndex(1), ItemIndex(2),
            ])
        #expect(similarity.neighbours(of: ItemIndex(3), count: 5).isEmpty)
    }

    @Test("metrics of a head have the same bits at any thread count")
    func threads() throws {
        let (train, test) = SmallData.planted(users: 80, items: 50, noise: 0.2, seed: 8)
        let scale = RatingScale(minimum: -1, maximum: 7)
        let head = try RankingTrainer.train(train, scale: scale, options: .init(factors: 8))
        let rating = try BayesianTrainer.train(
            train, options: .init(factors: 7, sweeps: 8, burnIn: 2, samples: 3))
        let one = RankingMetrics(of: head, train: train, test: test, cutoff: 5, threshold: 4)
        let errors = RatingMetrics(of: rating, train: train, test: test, scale: scale)
        for threads in [2, 5] {
            #expect(
                one
                    == RankingMetrics(
                        of: head, train: train, test: test, cutoff: 5, threshold: 4,
                        threads: threads))
            #expect(
                errors
                    == RatingMetrics(
                        of: rating, train: train, test: test, scale: scale, threads: threads))
        }
    }
}
