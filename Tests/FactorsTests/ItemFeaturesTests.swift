// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import Factors

/// What is known of items besides their ratings, and what is made of it.
@Suite("Item features")
struct ItemFeaturesTests {
    private static func item(_ id: Int, _ genres: [String], _ year: Int?) throws -> Item {
        Item(id: try #require(ItemID("\(id)")), title: "\(id)", genres: genres, year: year)
    }

    @Test("columns are a constant, genres over the root of their number, and years between bases")
    func columns() throws {
        let features = ItemFeatures(
            Catalogue([
                try Self.item(1, ["a", "b"], 1950), try Self.item(2, ["b"], 1985),
                try Self.item(3, [], nil), try Self.item(4, ["c"], 1955),
            ]))
        #expect(features.columnCount == 1 + 3 + 8)
        func row(_ item: Int) -> [Double] {
            Array(features.values[item * 12..<(item + 1) * 12])
        }
        let half = 1 / 2.0.squareRoot()
        #expect(row(0) == [1, half, half, 0] + [1, 0, 0, 0, 0, 0, 0, 0])
        #expect(row(1) == [1, 0, 1, 0] + [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(row(2) == [1] + [Double](repeating: 0, count: 11))
        // 1955 is a seventh of the way: the second of eight bases.
        #expect(abs(row(3)[5] - 1) < 1e-12 && row(3)[3] == 1)
    }

    @Test("the regression is the ridge solution, and says nothing where nothing is known")
    func regression() {
        var random = TestRandom(5)
        let features = ItemFeatures(itemCount: 30).adding((0..<30).map { _ in random.uniform() })
        let weights = (0..<30).map { Double($0 % 3) }
        let x: [[Double]] = (0..<30).map { item in
            [features.values[2 * item], features.values[2 * item + 1]]
        }
        let targets: [[Double]] = (0..<30).map { item in
            let second: Double = 2 + 3 * x[item][1]
            return [second, Double(item) / 10]
        }
        let fitted = RidgeRegression(
            features, targets: { targets[$0] }, targetCount: 2, weights: weights)
        for target in 0..<2 {
            let matrix = ReferenceAlgebra.normalMatrix(
                rows: x, weights: weights, prior: ReferenceAlgebra.diagonal(2) { _ in 5 })
            var right = [0.0, 0.0]
            for item in 0..<30 {
                for d in 0..<2 { right[d] += weights[item] * x[item][d] * targets[item][target] }
            }
            let expected = ReferenceAlgebra.solve(matrix, right)
            for item in [0, 7, 29] {
                let value = expected[0] + expected[1] * x[item][1]
                #expect(abs(fitted.prediction(of: item)[target] - value) < 1e-10)
            }
        }
        let nothing = RidgeRegression(
            features, targets: { targets[$0] }, targetCount: 2,
            weights: [Double](repeating: 0, count: 30))
        #expect(nothing.prediction(of: 3) == [0, 0])
    }

    @Test("an item's mean is damped towards what its features promise")
    func means() {
        // 100 items without the feature are rated 2, 100 with it are rated 4; two are not rated.
        var ratings: [(user: Int, item: Int, value: Float)] = []
        for item in 0..<200 {
            for user in 0..<6 { ratings.append((user, item, item < 100 ? 2 : 4)) }
        }
        let matrix = SmallData.matrix(ratings, users: 6, items: 202)
        let moments = RatingMoments(matrix.byUser)
        let has = (0..<202).map { (100..<200).contains($0) || $0 == 201 ? 1.0 : 0 }
        let means = ItemMeans.standardised(
            matrix.byItem, moments, ItemFeatures(itemCount: 202).adding(has))
        #expect(moments.mean == 3 && moments.deviation == 1)
        #expect(means[0] > -1 && means[0] < -0.85, "\(means[0])")
        #expect(means[100] < 1 && means[100] > 0.85, "\(means[100])")
        #expect(means[200] < -0.6 && means[201] > 0.6, "\(means[200]) \(means[201])")
    }

    @Test("unrated items get vectors by their features, and the average user their raters' mean")
    func unrated() throws {
        let data = SmallData.random(users: 60, items: 24, density: 0.5, seed: 3)
        let features = ItemFeatures(itemCount: 24).adding((0..<24).map { Double($0 % 2) })
        let head = try BayesianTrainer.train(
            data, features: features,
            options: BayesianOptions(factors: 3, sweeps: 20, burnIn: 5, samples: 3))
        let cold = head.foldIn(.empty)
        // Nobody has rated the last item.
        let item = 23
        let expected = head.mean + head.deviation * Double(head.itemMeans[item])
        #expect(abs(head.score(of: ItemIndex(item), for: cold.vector) - expected) < 1e-5)
        for sample in head.samples {
            let row = sample.means[item * sample.width..<(item + 1) * sample.width]
            let average = zip(row.dropFirst(), sample.population.dropFirst()).reduce(
                Double(row[row.startIndex]) + sample.population[0]
            ) { $0 + Double($1.0) * $1.1 }
            #expect(abs(average - Double(head.itemMeans[item])) < 1e-5)
        }
    }

    @Test("coverage counts ratings within 1.28 deviations, and times change timed errors alone")
    func measures() throws {
        let data = SmallData.timed(SmallData.random(users: 60, items: 24, density: 0.5, seed: 3))
        let head = try BayesianTrainer.train(
            data, options: BayesianOptions(factors: 3, sweeps: 20, burnIn: 5, samples: 3))
        let coverage = IntervalCoverage(of: head, train: data, test: data, threads: 2)
        var inside = 0
        for user in 0..<data.userCount {
            let profile = data.profile(of: UserIndex(user))
            let foldIn = head.foldIn(profile)
            for (place, item) in profile.items.enumerated() {
                let index = ItemIndex(rawValue: item)
                let error =
                    Double(profile.values[place]) - head.score(of: index, for: foldIn.vector)
                let deviation = head.deviation(of: index, profile: profile, with: foldIn)
                if abs(error) <= 1.281551565545 * deviation { inside += 1 }
            }
        }
        #expect(coverage.count == data.count && coverage.insideCount == inside)
        #expect(coverage.share == Double(inside) / Double(data.count))
        let scale = RatingScale(minimum: 1, maximum: 5)
        let plain = RatingMetrics(of: head, train: data, test: data, scale: scale)
        let timed = RatingMetrics(atTimes: head, train: data, test: data, scale: scale, threads: 2)
        let again = WarmColdErrors(atTimes: head, train: data, test: data, scale: scale)
        #expect(timed.rmse != plain.rmse)
        #expect(abs(again.all.rmse - timed.rmse) < 1e-12)
    }
}
