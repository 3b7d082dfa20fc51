// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Glibc
import Ratings
import Testing

@Suite("RankingTrainer")
struct RankingTrainerTests {
    private let data = SmallData.random(users: 40, items: 30, density: 0.4, seed: 2)

    @Test("one more sweep is the reference's sweep", arguments: [1, 8, 16, 20])
    func matchesReference(factors: Int) throws {
        var options = RankingHeadOptions(factors: factors, sweeps: 3)
        let before = try RankingTrainer.train(data, scale: SmallData.scale, options: options)
        options.sweeps = 4
        let after = try RankingTrainer.train(data, scale: SmallData.scale, options: options)
        let expected = ReferenceSweep.ranking(before, data)
        for item in 0..<after.itemCount {
            for factor in 0..<factors {
                let difference = Double(after.itemFactors[item, factor]) - expected[item][factor]
                #expect(abs(difference) < 2e-4)
            }
        }
    }

    @Test("it is so for every exponent of activity", arguments: [0, 0.25, 0.5, 1])
    func matchesReference(activityExponent: Double) throws {
        var options = RankingHeadOptions(
            factors: 6, sweeps: 2, activityExponent: activityExponent)
        let before = try RankingTrainer.train(data, scale: SmallData.scale, options: options)
        options.sweeps = 3
        let after = try RankingTrainer.train(data, scale: SmallData.scale, options: options)
        let expected = ReferenceSweep.ranking(before, data)
        for (item, row) in expected.enumerated() {
            for (factor, value) in row.enumerated() {
                #expect(abs(Double(after.itemFactors[item, factor]) - value) < 2e-4)
            }
        }
    }

    @Test("activity is n to the power of the exponent, 1 in the mean over users with ratings")
    func activity() throws {
        for exponent in [0, 0.25, 0.5, 0.75, 1] {
            let head = try RankingTrainer.train(
                data, scale: SmallData.scale,
                options: .init(factors: 2, sweeps: 1, activityExponent: exponent))
            let counts = (0..<data.userCount).map { data.byUser.range(ofRow: $0).count }
                .filter { $0 > 0 }
            let activities = counts.map { head.activity(ratingCount: $0) }
            #expect(abs(activities.reduce(0, +) / Double(counts.count) - 1) < 1e-12)
            let ratio = head.activity(ratingCount: 48) / head.activity(ratingCount: 3)
            #expect(abs(ratio - pow(16, exponent)) < 1e-12)
        }
    }

    @Test("the head has the same bits at any thread count", arguments: [2, 3, 7])
    func threads(count: Int) throws {
        // Over 256 rows a side, so that the Gramian is summed from several blocks.
        let data = SmallData.random(users: 600, items: 300, density: 0.05, seed: 4)
        let options = RankingHeadOptions(factors: 16, sweeps: 3)
        let one = try RankingTrainer.train(
            data, scale: SmallData.scale, options: options, threads: 1)
        let many = try RankingTrainer.train(
            data, scale: SmallData.scale, options: options, threads: count)
        #expect(one == many)
        #expect(one.factorBytes == many.factorBytes)
    }

    @Test("two planted circles of users are each offered their own items")
    func planted() throws {
        var random = TestRandom(5)
        var (train, held) = (RatingColumns(), RatingColumns())
        for user in 0..<60 {
            for item in 0..<40 where item % 2 == user % 2 {
                let isHeld = Int.random(in: 0..<4, using: &random) == 0
                if isHeld {
                    held.append(
                        user: UserIndex(user), item: ItemIndex(item), value: 5, timestamp: 0)
                } else {
                    train.append(
                        user: UserIndex(user), item: ItemIndex(item), value: 5, timestamp: 0)
                }
            }
        }
        let matrix = RatingMatrix(train, userCount: 60, itemCount: 40)
        let test = RatingMatrix(held, userCount: 60, itemCount: 40)
        let head = try RankingTrainer.train(
            matrix, scale: SmallData.scale, options: RankingHeadOptions(factors: 4))
        let metrics = RankingMetrics(of: head, train: matrix, test: test, cutoff: 20, threshold: 4)
        #expect(metrics.recall == 1)
        #expect(metrics.nDCG > 0.99)
    }

    @Test("weights are interpolated on the fraction of any scale")
    func weights() throws {
        let five = try RankingTrainer.train(data, scale: SmallData.scale)
        #expect([1, 2, 3, 4, 5].map { five.weight(of: $0) } == [0.1, 0.1, 0.3, 1, 1.3])
        #expect(abs(five.weight(of: 3.5) - 0.65) < 1e-12)
        #expect(five.weight(of: 9) == 1.3 && five.weight(of: -4) == 0.1)
        let wide = try RankingTrainer.train(data, scale: RatingScale(minimum: -10, maximum: 10))
        #expect(abs(wide.weight(of: 0) - 0.3) < 1e-12)
        #expect(abs(wide.weight(of: 7.5) - 1.15) < 1e-6)
        let single = try RankingTrainer.train(data, scale: RatingScale(minimum: 1, maximum: 1))
        #expect(single.weight(of: 1) == 1)
    }

    @Test("the Gramian is α₀ YᵀY and symmetric")
    func gramian() throws {
        let head = try RankingTrainer.train(
            data, scale: SmallData.scale, options: RankingHeadOptions(factors: 5))
        for row in 0..<5 {
            for column in 0..<5 {
                let sum = (0..<head.itemCount).reduce(0.0) { sum, item in
                    sum + Double(head.itemFactors[item, row])
                        * Double(head.itemFactors[item, column])
                }
                #expect(abs(head.gramian[row * 5 + column] - 0.15 * sum) < 1e-12)
                #expect(head.gramian[row * 5 + column] == head.gramian[column * 5 + row])
            }
        }
    }

    @Test("an item that nobody rated changes nothing for the others")
    func unrated() throws {
        let more = RatingMatrix(
            RatingColumns(
                users: [0, 0, 1], items: [0, 1, 1], values: [5, 4, 5], timestamps: [0, 0, 0]),
            userCount: 2, itemCount: 9)
        let fewer = RatingMatrix(
            RatingColumns(
                users: [0, 0, 1], items: [0, 1, 1], values: [5, 4, 5], timestamps: [0, 0, 0]),
            userCount: 2, itemCount: 2)
        let wide = try RankingTrainer.train(more, scale: SmallData.scale)
        let narrow = try RankingTrainer.train(fewer, scale: SmallData.scale)
        #expect(wide.itemFactors.row(0) == narrow.itemFactors.row(0)[...])
        #expect((2..<9).allSatisfy { wide.itemFactors.row($0).allSatisfy { $0 == 0 } })
        #expect(wide.ratedItemCount == 2 && narrow.ratedItemCount == 2)
    }

    @Test("no ratings and bad options are refused with a reason")
    func refused() {
        let empty = RatingMatrix(RatingColumns(), userCount: 0, itemCount: 0)
        #expect(throws: TrainingError.noRatings) {
            try RankingTrainer.train(empty, scale: SmallData.scale)
        }
        let bad: [(RankingHeadOptions, String)] = [
            (.init(factors: 0), "factors"), (.init(sweeps: 0), "sweeps"),
            (.init(regularization: 0), "regularization"),
            (.init(unobservedWeight: -0.1), "unobservedWeight"),
            (.init(ratingWeights: [1, 1]), "ratingWeights"),
            (.init(activityExponent: 0.6), "activityExponent"),
            (.init(ratingWeights: [1, 1, 1, 1, .nan]), "ratingWeights"),
        ]
        for (options, name) in bad {
            do throws(TrainingError) {
                _ = try RankingTrainer.train(data, scale: SmallData.scale, options: options)
                Issue.record("accepted bad \(name)")
            } catch {
                #expect(error.description.contains("training option \(name) must be"))
            }
        }
    }

    @Test("refusing progress cancels")
    func cancel() {
        #expect(throws: TrainingError.cancelled) {
            try RankingTrainer.train(data, scale: SmallData.scale) { $0 < 0.5 }
        }
    }
}
