// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@Suite("RatingTrainer")
struct RatingTrainerTests {
    private let data = SmallData.random(users: 40, items: 30, density: 0.4, seed: 1)

    @Test("one more sweep is the reference's sweep", arguments: [1, 7, 15, 31, 40])
    func matchesReference(factors: Int) throws {
        var options = RatingHeadOptions(factors: factors, sweeps: 3)
        let before = try RatingTrainer.train(data, scale: SmallData.scale, options: options)
        options.sweeps = 4
        let after = try RatingTrainer.train(data, scale: SmallData.scale, options: options)
        let expected = ReferenceSweep.rating(before, data)
        for item in 0..<after.itemCount {
            #expect(abs(Double(after.itemBiases[item]) - expected[item][0]) < 2e-5)
            for factor in 0..<factors {
                let difference =
                    Double(after.itemFactors[item, factor]) - expected[item][factor + 1]
                #expect(abs(difference) < 5e-5)
            }
        }
    }

    @Test("the head has the same bits at any thread count", arguments: [2, 3, 7])
    func threads(count: Int) throws {
        let one = try RatingTrainer.train(data, scale: SmallData.scale, threads: 1)
        let many = try RatingTrainer.train(data, scale: SmallData.scale, threads: count)
        #expect(one == many)
        #expect(one.factorBytes == many.factorBytes)
    }

    @Test("another seed gives another head")
    func seed() throws {
        let one = try RatingTrainer.train(data, scale: SmallData.scale)
        let other = try RatingTrainer.train(
            data, scale: SmallData.scale, options: RatingHeadOptions(seed: 2))
        #expect(one != other)
    }

    @Test("planted tastes are recovered far beyond what biases can say")
    func planted() throws {
        let (train, test) = SmallData.planted(users: 150, items: 100, noise: 0.1, seed: 3)
        let scale = RatingScale(minimum: -1, maximum: 7)
        let head = try RatingTrainer.train(
            train, scale: scale,
            options: RatingHeadOptions(factors: 3, sweeps: 30, regularization: 0.05))
        let biases = DampedBiases(train)
        let trained = RatingMetrics(of: head, train: train, test: test, scale: scale)
        let baseline = RatingMetrics(test: test, scale: scale) { user in
            { item in biases.predict(user, item) }
        }
        #expect(trained.rmse < 0.14, "noise is 0.1")
        #expect(baseline.rmse > 0.5)
    }

    @Test("ratings times a number and moved by another give predictions moved likewise")
    func scales() throws {
        let moved = RatingMatrix(
            RatingColumns(
                users: (0..<data.userCount).flatMap { user in
                    data.byUser.range(ofRow: user).map { _ in Int32(user) }
                },
                items: Array(data.byUser.columns), values: data.byUser.values.map { $0 * 5 - 15 },
                timestamps: Array(data.timestamps)),
            userCount: data.userCount, itemCount: data.itemCount)
        let head = try RatingTrainer.train(data, scale: SmallData.scale)
        let wide = try RatingTrainer.train(moved, scale: RatingScale(minimum: -10, maximum: 10))
        for user in 0..<data.userCount {
            let narrowFoldIn = head.foldIn(data.profile(of: UserIndex(user))).vector
            let wideFoldIn = wide.foldIn(moved.profile(of: UserIndex(user))).vector
            for item in 0..<data.itemCount {
                let expected = head.score(of: ItemIndex(item), for: narrowFoldIn) * 5 - 15
                let score = wide.score(of: ItemIndex(item), for: wideFoldIn)
                #expect(abs(score - expected) < 0.02)
            }
        }
    }

    @Test("items without ratings keep zero factors and bias")
    func unrated() throws {
        let head = try RatingTrainer.train(data, scale: SmallData.scale)
        let last = head.itemCount - 1
        #expect(head.itemBiases[last] == 0)
        #expect(head.itemFactors.row(last).allSatisfy { $0 == 0 })
    }

    @Test("constant ratings are predicted as they are")
    func constant() throws {
        let matrix = SmallData.matrix(
            [(0, 0, 4), (0, 1, 4), (1, 1, 4)], users: 3, items: 3)
        let head = try RatingTrainer.train(matrix, scale: RatingScale(minimum: 4, maximum: 4))
        for user in 0..<3 {
            let vector = head.foldIn(matrix.profile(of: UserIndex(user))).vector
            for item in 0..<3 { #expect(head.score(of: ItemIndex(item), for: vector) == 4) }
        }
    }

    @Test("one rating by one user of one item is enough")
    func single() throws {
        let matrix = SmallData.matrix([(0, 0, 2)], users: 1, items: 1)
        let head = try RatingTrainer.train(matrix, scale: SmallData.scale)
        let vector = head.foldIn(matrix.profile(of: UserIndex(0))).vector
        #expect(head.score(of: ItemIndex(0), for: vector) == 2)
    }

    @Test("no ratings, bad options and numbers too large are refused with a reason")
    func refused() {
        let empty = RatingMatrix(RatingColumns(), userCount: 2, itemCount: 2)
        #expect(throws: TrainingError.noRatings) {
            try RatingTrainer.train(empty, scale: SmallData.scale)
        }
        let none = RatingMatrix(RatingColumns(), userCount: 0, itemCount: 0)
        #expect(throws: TrainingError.noRatings) {
            try RatingTrainer.train(none, scale: SmallData.scale)
        }
        let bad: [(RatingHeadOptions, String)] = [
            (.init(factors: 0), "factors"), (.init(sweeps: 0), "sweeps"),
            (.init(regularization: 0), "regularization"),
            (.init(regularization: .nan), "regularization"),
            (.init(biasRegularization: -1), "biasRegularization"),
        ]
        for (options, name) in bad {
            do throws(TrainingError) {
                _ = try RatingTrainer.train(data, scale: SmallData.scale, options: options)
                Issue.record("accepted a bad \(name)")
            } catch {
                #expect(error.description.contains("training option \(name) must be"))
            }
        }
        let huge = SmallData.matrix([(0, 0, 3e38), (1, 0, -3e38)], users: 2, items: 1)
        #expect(throws: TrainingError.notFinite) {
            try RatingTrainer.train(huge, scale: RatingScale(minimum: -3.1e38, maximum: 3.1e38))
        }
    }

    @Test("progress rises from 0 to 1, and refusing it at any step cancels")
    func progress() throws {
        var seen: [Double] = []
        let options = RatingHeadOptions(factors: 3, sweeps: 4)
        _ = try RatingTrainer.train(data, scale: SmallData.scale, options: options) {
            seen.append($0)
            return true
        }
        #expect(seen.first == 0 && seen.last == 1)
        #expect(zip(seen, seen.dropFirst()).allSatisfy(<))
        for stop in seen.indices {
            var calls = 0
            #expect(throws: TrainingError.cancelled) {
                try RatingTrainer.train(data, scale: SmallData.scale, options: options) { _ in
                    calls += 1
                    return calls <= stop
                }
            }
        }
    }
}
