// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

/// Measures on later ratings and on new users.
@Suite("Measures of later ratings and new users")
struct MeasureTests {
    private let scale = SmallData.scale

    private func matrix(
        _ ratings: [(user: Int, item: Int, value: Float, time: Int64)], users: Int, items: Int
    ) -> RatingMatrix {
        var columns = RatingColumns()
        for rating in ratings {
            columns.append(
                user: UserIndex(rating.user), item: ItemIndex(rating.item), value: rating.value,
                timestamp: rating.time)
        }
        return RatingMatrix(columns, userCount: users, itemCount: items)
    }

    @Test("warm and cold users and items are measured apart, by hand")
    func warmCold() {
        let train = SmallData.matrix([(0, 0, 2), (1, 1, 4)], users: 3, items: 3)
        let test = SmallData.matrix(
            [(0, 1, 5), (0, 2, 1), (2, 0, 3), (2, 2, 2)], users: 3, items: 3)
        let errors = WarmColdErrors(
            of: MeanHead(mean: 3, itemCount: 3), train: train, test: test, scale: scale)
        #expect(errors.warmWarm.count == 1 && errors.warmWarm.rmse == 2)
        #expect(errors.warmCold.bias == 2)
        #expect(errors.coldWarm.rmse == 0)
        #expect(errors.coldCold.mae == 1 && errors.coldCold.meanRating == 2)
        #expect(errors.all.count == 4 && errors.all.squared == 9)
        #expect(errors.coldUsers.meanPrediction == 3)
        #expect(errors.warmItems.count == 2 && errors.coldItems.signed == 3)
        #expect(PredictionErrors().rmse.isNaN)
    }

    @Test("errors agree with the plain rating metrics at any thread count")
    func agreement() throws {
        let (train, test) = SmallData.planted(users: 60, items: 40, noise: 0.5, seed: 5)
        let head = try TruncatedSVDTrainer.train(train)
        let plain = RatingMetrics(of: head, train: train, test: test, scale: scale)
        let errors = (1...3).map {
            WarmColdErrors(of: head, train: train, test: test, scale: scale, threads: $0)
        }
        #expect(abs(errors[0].all.rmse - plain.rmse) < 1e-12)
        #expect(abs(errors[0].all.mae - plain.mae) < 1e-12)
        #expect(errors[0] == errors[1] && errors[0] == errors[2])
    }

    @Test("a rating is predicted before it is learned, those of one second together, by hand")
    func prequential() {
        // No damping: the prediction is the mean of the user's ratings so far, 3 at first.
        let head = BiasHead(mean: 3, itemBiases: [0, 0, 0, 0], userDamping: 0)
        let later = matrix(
            [(0, 2, 5, 10), (0, 0, 1, 20), (0, 1, 3, 20), (0, 3, 4, 30)], users: 2, items: 4)
        let history = RatingMatrix(RatingColumns(), userCount: 2, itemCount: 4)
        let errors = PrequentialErrors(of: head, history: history, later: later, scale: scale)
        // Predictions 3; then 5 and 5; then (5 + 1 + 3) / 3 = 3.
        #expect(errors.learned.map(\.count) == [1, 2, 1, 0, 0, 0, 0])
        #expect(errors.learned[0].signed == -2)
        #expect(errors.learned[1].signed == 6)
        #expect(abs(errors.learned[2].signed + 1) < 1e-12)
        #expect(errors.frozen.map(\.signed)[..<3] == [-2, 2, -1])
    }

    @Test("going through time agrees with profiles made one by one")
    func prequentialReference() throws {
        var random = TestRandom(3)
        var (early, late): ([(Int, Int, Float, Int64)], [(Int, Int, Float, Int64)]) = ([], [])
        for user in 0..<12 {
            for item in 0..<30 where random.uniform() > -0.3 {
                let rating = (
                    user, item, Float(Int.random(in: 1...5, using: &random)),
                    Int64.random(in: 0...9, using: &random)
                )
                if rating.3 < 3 && user != 4 { early.append(rating) } else { late.append(rating) }
            }
        }
        let history = matrix(early, users: 12, items: 30)
        let later = matrix(late, users: 12, items: 30)
        let head = try BayesianTrainer.train(
            history, options: .init(factors: 5, sweeps: 3, burnIn: 1))
        var squared = 0.0
        for (user, item, value, time) in late {
            let known = matrix(
                early + late.filter { $0.0 == user && $0.3 < time }, users: 12, items: 30)
            let vector = head.foldIn(known.profile(of: UserIndex(user))).vector
            let error =
                scale.clamp(head.score(of: ItemIndex(item), for: vector)) - Double(value)
            squared += error * error
        }
        let runs = (1...3).map {
            PrequentialErrors(
                of: head, history: history, later: later, scale: scale, threads: $0)
        }
        let sum = runs[0].learned.reduce(PredictionErrors(), +)
        #expect(sum.count == late.count && abs(sum.squared - squared) < 1e-9)
        #expect(runs[0] == runs[1] && runs[0] == runs[2])
        let frozen = runs[0].frozen.reduce(PredictionErrors(), +)
        let plain = WarmColdErrors(of: head, train: history, test: later, scale: scale).all
        #expect(abs(frozen.squared - plain.squared) < 1e-9)
    }

    @Test("a later rating of a known item replaces it")
    func replaced() {
        let head = BiasHead(mean: 3, itemBiases: [0, 0], userDamping: 0)
        let history = matrix([(0, 0, 1, 1)], users: 1, items: 2)
        let later = matrix([(0, 0, 5, 2), (0, 1, 4, 3)], users: 1, items: 2)
        let errors = PrequentialErrors(of: head, history: history, later: later, scale: scale)
        // Predicts 1 for the first, then 5 and not the mean of 1 and 5.
        #expect(errors.learned[1].signed == -4 + 1)
    }

    @Test("new users give their first ratings, and the same later ones are predicted")
    func newUsers() {
        var ratings: [(Int, Int, Float, Int64)] = []
        for user in 0..<10 {
            for item in 0..<(user == 0 ? 3 : 8) {
                ratings.append((user, item, Float(item % 5 + 1), Int64(100 - item)))
            }
        }
        let whole = matrix(ratings, users: 10, items: 8)
        let split = NewUserSplit(whole, part: 0.5, largest: 3, targetsMax: 4, seed: 1)
        #expect(split.users.count == 4 && !split.users.contains(UserIndex(0)))
        #expect(split.others.count == whole.count - 4 * 8)
        for user in split.users {
            #expect(split.others.profile(of: user).isEmpty)
            // Times fall with the item, so the first given is the last item.
            #expect(split.given(2).profile(of: user).items == [6, 7])
            #expect(split.targets.profile(of: user).items == [1, 2, 3, 4])
        }
        #expect(split.given(0).count == 0 && split.given(3).count == 12)
        #expect(split.joined(2).count == split.others.count + 8)
        #expect(
            split.joined(2).profile(of: split.users[1])
                == split.given(2).profile(of: split.users[1]))
        let again = NewUserSplit(whole, part: 0.5, largest: 3, targetsMax: 4, seed: 1)
        #expect(again.users == split.users)
    }

    @Test("a blank user of the mean gets the population's mean")
    func blankUser() throws {
        let data = SmallData.random(users: 30, items: 20, density: 0.4, seed: 1)
        let mean = try MeanHead.train(data)
        let blank = BlankUser(of: mean, train: data, scale: scale)
        #expect(abs(blank.populationMean - mean.mean) < 1e-12)
        #expect(abs(blank.meanPrediction - mean.mean) < 1e-12)
        // Item 0 has two ratings, item 1 one: (2·(3 + 1) + (3 − 1)) / 3.
        let two = SmallData.matrix([(0, 0, 3), (1, 0, 4), (0, 1, 2)], users: 2, items: 2)
        let biased = BlankUser(
            of: BiasHead(mean: 3, itemBiases: [1, -1], userDamping: 1), train: two, scale: scale)
        #expect(biased.populationMean == 3 && abs(biased.meanPrediction - 10.0 / 3) < 1e-12)
    }
}
