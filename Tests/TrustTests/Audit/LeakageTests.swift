// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Testing

@testable import Trust

@Suite("Leakage")
struct LeakageTests {
    @Test("an area is the part of pairs in the right order, weights and ties included")
    func area() {
        let random = CounterRandom(seed: 4)
        let scores = (0..<60).map { Double(random.integer(below: 12, UInt64($0))) }
        let labels = (0..<60).map { random.uniform(UInt64(100 + $0)) < 0.4 }
        let weights = (0..<60).map { Double(random.integer(below: 3, UInt64(200 + $0))) }
        var (pairs, right) = (0.0, 0.0)
        for one in 0..<60 where labels[one] {
            for other in 0..<60 where !labels[other] {
                let weight = weights[one] * weights[other]
                pairs += weight
                right +=
                    weight
                    * (scores[one] > scores[other] ? 1 : scores[one] == scores[other] ? 0.5 : 0)
            }
        }
        let ranked = RankedScores(scores, places: (0..<60).map { Int32($0) })
        let area = ranked.area(labels.map { $0 ? 7 : 2 }, group: 7, weights: weights)
        #expect(abs(area - right / pairs) < 1e-12)
        let ascending = RankedScores([1, 2, 3, 4], places: [3, 2, 1, 0])
        #expect(ascending.area([1, 1, 0, 0], group: 1) == 1)
        #expect(RankedScores([1, 1], places: [0, 1]).area([1, 0], group: 1) == 0.5)
    }

    /// Two taste groups of users; with `telling`, group and attribute are the same thing.
    private static func leaks(telling: Bool) throws -> [AuditRow] {
        var options = SyntheticOptions()
        options.userCount = 400
        options.itemCount = 200
        options.ratingCount = 14_000
        options.groupCount = 2
        let made = SyntheticRatings(options)
        let matrix = made.dataset.matrix()
        let parts = Split.perUser(matrix, heldOut: 0.2, seed: 1)
        var bayesian = RatingModelName.fast.bayesianOptions
        bayesian.sweepCount = 8
        let rating = try BayesianTrainer.train(parts.kept, options: bayesian)
        let ranking = try RankingTrainer.train(
            parts.kept, scale: made.dataset.scale, options: RankingHeadOptions(factors: 8))
        let measurements = try #require(
            HeldOutMeasurements(
                rating: rating, ranking: ranking, train: parts.kept, test: parts.heldOut,
                scale: made.dataset.scale, threads: 2
            ) { _ in true })
        let coin = CounterRandom(seed: 8)
        let codes = made.truth.userGroups.indices.map { user in
            telling ? made.truth.userGroups[user] : Int32(coin.bits(UInt64(user)) & 1)
        }
        let subject = AuditSubject(
            measurements, train: parts.kept, catalogue: made.dataset.items,
            attributes: [
                AuditAttribute(name: "side", groups: ["a", "b"], codes: codes, kind: .attribute)
            ], refusals: [],
            heads: [.init(name: "rating", head: rating), .init(name: "ranking", head: ranking)])
        let report = try #require(GeneratedMeasures.report(subject))
        return report.exactRows.filter { $0.section == .leakage }
    }

    @Test("tastes that are the attribute are given away by both heads to both attackers")
    func telling() throws {
        let rows = try Self.leaks(telling: true)
        #expect(
            Set(rows.map(\.metric)) == [
                "auc-linear-rating", "auc-neighbours-rating", "auc-linear-ranking",
                "auc-neighbours-ranking",
            ])
        for row in rows {
            #expect(row.value > 0.9, "\(row.metric) \(row.value)")
            #expect(row.isSignificant == true)
            let (low, high) = (try #require(row.low), try #require(row.high))
            #expect(low > 0.8 && high <= 1)
            #expect(try #require(row.chance) < 0.56)
        }
    }

    @Test("an attribute that is a coin is given away by nothing")
    func coin() throws {
        for row in try Self.leaks(telling: false) {
            #expect(row.isSignificant == false, "\(row.metric) \(row.value)")
            #expect(row.value < 0.62)
        }
    }

    @Test("an attacker never learns from those whom it guesses, and the seed draws them")
    func halves() {
        let subject = GeneratedMeasures.make(61, seed: 1)
        let halves = subject.attackHalves(seed: 7)
        #expect(Set(halves.known).isDisjoint(with: halves.guessed))
        #expect(halves.known.count == 30 && halves.guessed.count == 31)
        #expect(subject.attackHalves(seed: 7).known == halves.known)
        #expect(subject.attackHalves(seed: 8).known != halves.known)
    }
}
