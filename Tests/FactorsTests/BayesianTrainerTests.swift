// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@Suite("BayesianTrainer")
struct BayesianTrainerTests {
    private let data = SmallData.random(users: 40, items: 30, density: 0.4, seed: 1)
    private let timed = SmallData.timed(
        SmallData.random(users: 30, items: 25, density: 0.5, seed: 2))
    static let short = BayesianOptions(factors: 5, sweeps: 9, burnIn: 4, samples: 3)

    /// `data` with every rating r replaced by factor · r + shift.
    private func moved(_ data: RatingMatrix, by factor: Float, _ shift: Float) -> RatingMatrix {
        RatingMatrix(
            byUser: SparseRows(
                columnCount: data.itemCount, offsets: data.byUser.offsets,
                columns: data.byUser.columns,
                values: RatingValues(data.byUser.values.map { $0 * factor + shift })),
            timestamps: data.timestamps)
    }

    @Test("the head has the same bits at any thread count", arguments: [2, 3, 7])
    func threads(count: Int) throws {
        for matrix in [data, timed] {
            let one = try BayesianTrainer.train(matrix, options: Self.short, threads: 1)
            let many = try BayesianTrainer.train(matrix, options: Self.short, threads: count)
            #expect(one == many)
            #expect(one.factorBytes == many.factorBytes)
        }
    }

    @Test("another seed gives another head")
    func seed() throws {
        var options = Self.short
        let one = try BayesianTrainer.train(data, options: options)
        options.seed = 2
        #expect(try BayesianTrainer.train(data, options: options) != one)
    }

    @Test("planted tastes are recovered far beyond what biases can say, and intervals hold")
    func planted() throws {
        let (train, test) = SmallData.planted(users: 150, items: 100, noise: 0.3, seed: 3)
        let scale = RatingScale(minimum: -3, maximum: 9)
        let head = try BayesianTrainer.train(
            train, options: BayesianOptions(factors: 7, sweeps: 60, burnIn: 20, samples: 8))
        let biases = DampedBiases(train)
        let trained = RatingMetrics(of: head, train: train, test: test, scale: scale)
        let baseline = RatingMetrics(test: test, scale: scale) { user in
            { item, _ in biases.predict(user, item) }
        }
        #expect(trained.rmse < 0.36, "noise is 0.3")
        #expect(baseline.rmse > 0.5)
        var (inside, total) = (0, 0)
        for user in 0..<test.userCount {
            let profile = train.profile(of: UserIndex(user))
            let foldIn = head.foldIn(profile)
            for entry in test.byUser.range(ofRow: user) {
                let item = ItemIndex(rawValue: test.byUser.columns[entry])
                let deviation = head.deviation(of: item, profile: profile, with: foldIn)
                let error =
                    Double(test.byUser.values[entry]) - head.score(of: item, for: foldIn.vector)
                inside += abs(error) < 1.281_55 * deviation ? 1 : 0
                total += 1
            }
        }
        let covered = Double(inside) / Double(total)
        #expect((0.7...0.9).contains(covered), "80% intervals hold \(covered)")
    }

    @Test("intervals are wider for items that little is known of, and hold")
    func sparse() throws {
        let (all, _) = SmallData.planted(users: 150, items: 100, noise: 0.3, seed: 5)
        var (train, test) = (RatingColumns(), RatingColumns())
        var counts = [Int](repeating: 0, count: 100)
        for user in 0..<all.userCount {
            for entry in all.byUser.range(ofRow: user) {
                let item = all.byUser.columns[entry]
                counts[Int(item)] += 1
                // Items of even number keep three ratings.
                let isKept = item % 2 == 1 || counts[Int(item)] <= 3
                let row = (UserIndex(user), ItemIndex(rawValue: item), all.byUser.values[entry])
                if isKept {
                    train.append(user: row.0, item: row.1, value: row.2, timestamp: 0)
                } else {
                    test.append(user: row.0, item: row.1, value: row.2, timestamp: 0)
                }
            }
        }
        let matrix = RatingMatrix(train, userCount: 150, itemCount: 100)
        let head = try BayesianTrainer.train(
            matrix, options: BayesianOptions(factors: 7, sweeps: 60, burnIn: 20, samples: 8))
        let coverage = IntervalCoverage(
            of: head, train: matrix,
            test: RatingMatrix(test, userCount: 150, itemCount: 100), threads: 2)
        #expect((0.74...0.86).contains(coverage.share), "80% intervals hold \(coverage.share)")
        let profile = matrix.profile(of: UserIndex(9))
        let foldIn = head.foldIn(profile)
        func mean(_ items: [Int]) -> Double {
            items.reduce(0) {
                $0 + head.deviation(of: ItemIndex($1), profile: profile, with: foldIn)
            } / Double(items.count)
        }
        let (few, many) = (stride(from: 0, to: 100, by: 2), stride(from: 1, to: 100, by: 2))
        #expect(mean(Array(few)) > 1.2 * mean(Array(many)))
    }

    @Test(
        "ratings times a number and moved by another give predictions moved likewise",
        arguments: [(5, -15), (0.5, 0), (-1, 6), (1000, 0)] as [(Float, Float)])
    func scales(factor: Float, shift: Float) throws {
        for matrix in [data, timed] {
            let moved = moved(matrix, by: factor, shift)
            let head = try BayesianTrainer.train(matrix, options: Self.short)
            let other = try BayesianTrainer.train(moved, options: Self.short)
            // Turned upside down the draws differ, so only the sign of the factor keeps them.
            guard factor > 0 else { continue }
            for user in stride(from: 0, to: matrix.userCount, by: 3) {
                let profile = matrix.profile(of: UserIndex(user))
                let (own, wide) = (
                    head.foldIn(profile).vector,
                    other.foldIn(moved.profile(of: UserIndex(user))).vector
                )
                for item in 0..<matrix.itemCount {
                    let expected =
                        head.score(of: ItemIndex(item), for: own) * Double(factor) + Double(shift)
                    let score = other.score(of: ItemIndex(item), for: wide)
                    #expect(abs(score - expected) < 1e-3 * Double(abs(factor)))
                }
            }
        }
    }

    @Test("constant ratings, of which there is nothing to learn, give scores about them")
    func constant() throws {
        let matrix = SmallData.matrix([(0, 0, 4), (0, 1, 4), (1, 1, 4)], users: 3, items: 3)
        // What three ratings leave open is drawn from the prior, so single chains stray.
        let seeds = 8
        var scores = [Double](repeating: 0, count: 9)
        for seed in 1...seeds {
            var options = BayesianOptions()
            options.seed = UInt64(seed)
            let head = try BayesianTrainer.train(matrix, options: options)
            for user in 0..<3 {
                let vector = head.foldIn(matrix.profile(of: UserIndex(user))).vector
                for item in 0..<3 {
                    scores[3 * user + item] +=
                        head.score(of: ItemIndex(item), for: vector) / Double(seeds)
                }
            }
        }
        for score in scores { #expect(abs(score - 4) < 1) }
    }

    @Test("one rating by one user of one item is enough")
    func single() throws {
        let matrix = SmallData.matrix([(0, 0, 2)], users: 1, items: 1)
        let head = try BayesianTrainer.train(matrix)
        let vector = head.foldIn(matrix.profile(of: UserIndex(0))).vector
        #expect(abs(head.score(of: ItemIndex(0), for: vector) - 2) < 1)
    }

    @Test("no ratings and bad options are refused with a reason")
    func refused() {
        for count in [0, 2] {
            let empty = RatingMatrix(RatingColumns(), userCount: count, itemCount: count)
            #expect(throws: TrainingError.noRatings) { try BayesianTrainer.train(empty) }
        }
        let bad: [(BayesianOptions, String)] = [
            (.init(factors: 0), "factors"), (.init(factors: 256), "factors"),
            (.init(sweeps: 0), "sweeps"), (.init(sweeps: 5, burnIn: 5), "burnIn"),
            (.init(samples: 0), "samples"), (.init(userLinkStrength: 0), "userLinkStrength"),
            (.init(itemLinkStrength: .nan), "itemLinkStrength"),
            (.init(userNoiseShape: -1), "userNoiseShape"),
            (.init(itemNoiseShape: .infinity), "itemNoiseShape"),
            (.init(priorScale: 0), "priorScale"), (.init(neighbours: 17), "neighbours"),
            (.init(neighbours: -1), "neighbours"),
        ]
        for (options, name) in bad {
            do throws(TrainingError) {
                _ = try BayesianTrainer.train(data, options: options)
                Issue.record("accepted a bad \(name)")
            } catch {
                #expect(error.description.contains("training option \(name) must be"))
            }
        }
    }

    @Test("fewer sweeps also shorten the burn-in, and there is always something to keep")
    func sweepCount() throws {
        for count in [1, 2, 3, 12, 300] {
            var options = BayesianOptions(factors: 3)
            options.sweepCount = count
            #expect(options.sweeps == count && options.burnIn <= count / 2)
            if count < 100 { _ = try BayesianTrainer.train(data, options: options) }
        }
    }

    @Test("progress rises from 0 to 1, and refusing it at any step cancels")
    func progress() throws {
        var seen: [Double] = []
        let options = BayesianOptions(factors: 3, sweeps: 4, burnIn: 1)
        _ = try BayesianTrainer.train(data, options: options) {
            seen.append($0)
            return true
        }
        #expect(seen.first == 0 && seen.last == 1)
        #expect(zip(seen, seen.dropFirst()).allSatisfy(<))
        for stop in seen.indices {
            var calls = 0
            #expect(throws: TrainingError.cancelled) {
                try BayesianTrainer.train(data, options: options) { _ in
                    calls += 1
                    return calls <= stop
                }
            }
        }
    }
}
