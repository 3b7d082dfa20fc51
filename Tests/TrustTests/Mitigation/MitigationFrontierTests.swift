// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@testable import Trust

@Suite("Mitigation frontiers")
struct MitigationFrontierTests {
    private static let attribute = GroupedData.attribute
    private static let parts = Split.perUser(GroupedData.matrix, heldOut: 0.2, seed: 4)
    private static let genres = GenreMix(
        Catalogue(
            (0..<GroupedData.itemCount).compactMap { item in
                ItemID("i\(item)").map {
                    Item(id: $0, title: "Item \(item)", genres: [item % 2 == 0 ? "Even" : "Odd"])
                }
            }))
    private static let groups = attribute.codes.map(Int.init)
    private static let users = FrontierUsers(
        groups: groups, groupCount: 2,
        learners: (0..<GroupedData.userCount).map { $0 % 2 == 0 })
    private static let options = AuditOptions(resamples: 100, seed: 2)

    private static func sample(
        _ method: TrainingMitigation.Method?, _ strength: Double
    ) throws -> FrontierSample {
        let training = MitigatedTraining(
            TrainingMitigation(method ?? .erase, attribute: "side", strength: strength), attribute)
        let influence =
            method == nil
            ? GroupInfluence.none
            : try training.influence(
                parts.kept, scale: GroupedData.scale, seed: 1, threads: 2, progress: { _ in true })
        let head = try BayesianTrainer.train(
            parts.kept,
            options: BayesianOptions(
                factors: 7, sweeps: 12, burnIn: 6, samples: 3, implicitSets: false, sequence: []),
            influence: influence, threads: 2)
        guard method != nil else { return try measured(head, strength) }
        return try measured(training.finished(head, parts.kept, threads: 2), strength)
    }

    private static func measured(
        _ head: some LinearHead, _ strength: Double
    ) throws -> FrontierSample {
        let measured = HeldOutMeasurements(
            rating: head, ranking: head, train: parts.kept, test: parts.heldOut,
            scale: GroupedData.scale, threads: 2, progress: { _ in true })
        let measurements = try #require(measured)
        return FrontierSample(
            strength: strength, measurements: measurements, rating: head, train: parts.kept,
            members: users, genres: genres, threads: 2)
    }

    private func frontier(
        _ samples: [FrontierSample], _ target: FrontierMeasure
    ) throws -> MitigationFrontier {
        try #require(
            MitigationFrontier(
                samples, target: target, users: Self.users,
                isTail: (0..<GroupedData.itemCount).map { $0 >= 30 }, scale: GroupedData.scale,
                options: Self.options, threads: 2, progress: { _ in true }))
    }

    @Test(
        "the plain point is measured as plain sums measure it, and differs from itself by nothing")
    func plain() throws {
        let sample = try Self.sample(nil, 0)
        let point = try #require(try frontier([sample], .rmseGap).points.first)
        #expect(point.status == .plain && !point.levelsDown)
        for figure in point.figures {
            #expect(figure.change.value == 0 && figure.change.low == 0 && figure.change.high == 0)
            #expect(figure.level.low <= figure.level.value + 0.1)
            #expect(figure.level.low <= figure.level.high)
        }
        func rmse(_ group: Int?) -> Double {
            var (sum, count) = (0.0, 0.0)
            for user in sample.measurements.users
            where group == nil || Self.groups[user.user.position] == group {
                for error in user.errors { sum += error * error }
                count += Double(user.errors.count)
            }
            return (sum / count).squareRoot()
        }
        func value(_ measure: FrontierMeasure) -> Double {
            point.figure(measure)?.level.value ?? .nan
        }
        #expect(abs(value(.rmse) - rmse(nil)) < 1e-12)
        #expect(abs(value(.rmseGap) - abs(rmse(0) - rmse(1))) < 1e-12)
        #expect(abs(value(.worstRMSE) - max(rmse(0), rmse(1))) < 1e-12)
        // The few are the less predictable ones by construction.
        #expect(rmse(0) > rmse(1))
        let lists = sample.measurements.users.map(\.list)
        let tail = lists.flatMap(\.self).count { $0.position >= 30 }
        #expect(
            abs(value(.tailShare) - Double(tail) / Double(lists.reduce(0) { $0 + $1.count }))
                < 1e-12)
        #expect(
            abs(value(.gini) - ListExposure(lists, itemCount: GroupedData.itemCount).gini) < 1e-12)
        #expect(value(.leakage) > 0.9)
    }

    @Test("score gaps are those of the mean scores of all items")
    func scoreGap() throws {
        let head = try BayesianTrainer.train(
            Self.parts.kept,
            options: BayesianOptions(
                factors: 7, sweeps: 8, burnIn: 4, samples: 2, implicitSets: false, sequence: []))
        let point = try #require(
            try frontier([try Self.measured(head, 0)], .scoreGap).points.first)
        let plain = head.withoutNeighbours
        var squares = 0.0
        for item in 0..<GroupedData.itemCount {
            let means = (0...1).map { group in
                let users = Self.groups.indices.filter { Self.groups[$0] == group }
                return users.reduce(0.0) { sum, user in
                    let vector = plain.foldIn(Self.parts.kept.profile(of: UserIndex(user))).vector
                    return sum + plain.score(of: ItemIndex(item), for: vector)
                } / Double(users.count)
            }
            squares += (means[0] - means[1]) * (means[0] - means[1])
        }
        let expected = (squares / Double(GroupedData.itemCount)).squareRoot()
        #expect(abs((point.figure(.scoreGap)?.level.value ?? .nan) - expected) < 1e-6)
    }

    @Test("erasure closes the score gap and the leak, and leaves the gap in accuracy")
    func erasure() throws {
        let samples = [
            try Self.sample(nil, 0), try Self.sample(.erase, 0.5), try Self.sample(.erase, 1),
        ]
        let frontier = try frontier(samples, .scoreGap)
        let gaps = frontier.points.map { $0.figure(.scoreGap)?.level.value ?? .nan }
        #expect(gaps[0] > 0.3)
        #expect(abs(gaps[1] - gaps[0] / 2) < 1e-6)
        #expect(gaps[2] < 1e-6)
        let leaks = frontier.points.map { $0.figure(.leakage)?.level.value ?? .nan }
        #expect(leaks[2] < leaks[0] - 0.2)
        let change = try #require(frontier.points[2].figure(.rmseGap)?.change.value)
        #expect(abs(change) < abs(gaps[0]))
        #expect(frontier.points.map(\.strength) == [0, 0.5, 1])
    }

    @Test("points are refused for the reason that holds")
    func statuses() throws {
        let plain = try Self.sample(nil, 0)
        /// The same lists, each error multiplied by its group's factor.
        func scaled(_ few: Double, _ many: Double) -> FrontierSample {
            let users = plain.measurements.users.map { user in
                HeldOutUser(
                    user: user.user, profileSize: user.profileSize, items: user.items,
                    ratings: user.ratings,
                    errors: user.errors.map {
                        $0 * (Self.groups[user.user.position] == 0 ? few : many)
                    },
                    list: user.list, cutoff: plain.measurements.cutoff,
                    relevanceThreshold: plain.measurements.relevanceThreshold)
            }
            return FrontierSample(
                strength: 1,
                measurements: HeldOutMeasurements(
                    users: users, itemCount: plain.measurements.itemCount,
                    cutoff: plain.measurements.cutoff,
                    relevanceThreshold: plain.measurements.relevanceThreshold),
                vectors: plain.vectors, attacked: plain.attacked,
                scoreGramian: plain.scoreGramian, divergences: plain.divergences)
        }
        let samples = [
            plain, scaled(0.99, 1), scaled(0.98, 1), scaled(1.02, 1), scaled(1.001, 1.01),
            scaled(0.99, 1.05),
        ]
        let frontier = try frontier(samples, .rmseGap)
        #expect(
            frontier.points.map(\.status) == [
                .plain, .allowed, .chosen, .noGain, .levellingDown, .cost,
            ])
        #expect(frontier.points.map(\.levelsDown) == [false, false, false, false, true, false])
        let cost = try #require(frontier.points[2].figure(.rmse)?.change)
        #expect(cost.low < cost.value && cost.value < cost.high && cost.high < 0)
    }

    @Test("the same samples and seed give the same figures, and progress can stop it")
    func determinism() throws {
        let samples = [try Self.sample(nil, 0), try Self.sample(.reweight, 1)]
        #expect(try frontier(samples, .rmseGap).points == frontier(samples, .rmseGap).points)
        let stopped = MitigationFrontier(
            samples, target: .rmseGap, users: Self.users,
            isTail: [Bool](repeating: false, count: 40),
            scale: GroupedData.scale, options: Self.options, threads: 1, progress: { $0 < 0.5 })
        #expect(stopped == nil)
    }

    @Test("sweeps begin with nothing and rise within what the method allows")
    func sweeps() {
        for name in ["reweight", "minimax", "parity", "erase", "calibrated", "novelty"] {
            guard let method = FrontierMethod(name) else {
                Issue.record("no method \(name)")
                continue
            }
            for count in 2...9 {
                let strengths = method.sweep(count)
                #expect(strengths.count == count && strengths.first == 0)
                #expect(zip(strengths, strengths.dropFirst()).allSatisfy(<))
                if case .training(let training) = method {
                    #expect(strengths.allSatisfy(training.strengths.contains))
                }
            }
        }
        #expect(FrontierMethod("prayer") == nil)
    }
}
