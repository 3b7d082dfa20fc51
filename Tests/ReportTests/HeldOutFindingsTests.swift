// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Glibc
import RatingFiles
import Ratings
import Testing
import Trust

@testable import Report

@Suite("models on a part of every user's ratings")
struct HeldOutFindingsTests {
    private static let data = SmallReport.data()
    private static let parts = Split.perUser(data.matrix, heldOut: 0.2, seed: 1)
    private static let heads = Result {
        try SmallReport.heads(parts.kept, data.scale)
    }
    private static let findings = Result {
        try SmallReport.measured(parts.kept, parts.heldOut, data.scale)
    }

    @Test("the served model's errors are those of a plain loop, and baselines stand beside it")
    func errors() throws {
        let found = try #require(try Self.findings.get())
        let head = try Self.heads.get().rating
        var (squares, absolute, signed, count) = (0.0, 0.0, 0.0, 0.0)
        for user in 0..<Self.data.users.count {
            let vector = head.foldIn(Self.parts.kept.profile(of: UserIndex(user))).vector
            let truth = Self.parts.heldOut.profile(of: UserIndex(user))
            for (item, value) in zip(truth.items, truth.values) {
                let score = head.score(of: ItemIndex(rawValue: item), for: vector)
                let error = min(max(score, 1), 5) - Double(value)
                squares += error * error
                absolute += abs(error)
                signed += error
                count += 1
            }
        }
        let served = try #require(found.ratings.last)
        #expect(served.isServed && found.testCount == Int(count))
        #expect(abs(served.rmse - (squares / count).squareRoot()) < 1e-12)
        #expect(abs(served.mae - absolute / count) < 1e-12)
        #expect(abs(served.bias - signed / count) < 1e-12)
        #expect(
            found.ratings.map(\.id) == ["mean", "svd-zero", "biases", "svd-residual", "served"])
        #expect(found.lists.map(\.id) == ["popular", "svd-zero", "stars", "served"])
        #expect(found.splitHash == SplitHash.of(Self.parts.heldOut, ContentHash.sha256))
        #expect(Set(found.ratings.map(\.hash)).count == 5)
    }

    @Test("lists are judged as the audit judges them")
    func lists() throws {
        let found = try #require(try Self.findings.get())
        let served = try #require(found.lists.last)
        let qualities = found.measurements.users.compactMap(\.quality)
        let mean = qualities.reduce(0) { $0 + $1.nDCG } / Double(qualities.count)
        #expect(abs(served.ndcg - mean) < 1e-12)
        for row in found.lists {
            for value in [row.ndcg, row.recall, row.precision, row.coverage, row.gini] {
                #expect((0...1).contains(value))
            }
        }
    }

    @Test("a calibration curve of known predictions: one star too much everywhere")
    func calibration() {
        let users = (0..<100).map { user in
            HeldOutUser(
                user: UserIndex(user), profileSize: 5, items: [0, 1, 2], ratings: [1, 2, 3],
                errors: [1, 1, 1], list: [], cutoff: 10, relevanceThreshold: 4)
        }
        let curve = CalibrationCurve(
            HeldOutMeasurements(users: users, itemCount: 3, cutoff: 10, relevanceThreshold: 4),
            scale: RatingScale(minimum: 1, maximum: 5))
        #expect(curve.bins.map(\.count) == [100, 100, 100])
        #expect(curve.bins.map(\.predicted) == [2, 3, 4])
        #expect(curve.bins.map(\.actual) == [1, 2, 3])
        #expect(curve.largestError == 1)
    }

    @Test("coverage is that of intervals made by hand")
    func coverage() throws {
        let coverage = try #require(try Self.findings.get()?.coverage)
        let head = try #require(try Self.heads.get().rating as? BayesianHead)
        // Quantiles of the normal distribution for 50%, 80%, 90% and 95%.
        let factors = [0.5: 0.6744897502, 0.8: 1.2815515655, 0.9: 1.6448536270, 0.95: 1.9599639845]
        for (place, level) in CoverageCurve.levels.enumerated() {
            guard let factor = factors[level] else { continue }
            var inside = 0
            for user in 0..<Self.data.users.count {
                let profile = Self.parts.kept.profile(of: UserIndex(user))
                let foldIn = head.foldIn(profile)
                let truth = Self.parts.heldOut.profile(of: UserIndex(user))
                for (item, value) in zip(truth.items, truth.values) {
                    let item = ItemIndex(rawValue: item)
                    let half = factor * head.deviation(of: item, profile: profile, with: foldIn)
                    let score = head.score(of: item, for: foldIn.vector)
                    inside += abs(score - Double(value)) <= half ? 1 : 0
                }
            }
            #expect(coverage.inside[place] == inside, "\(level)")
        }
        #expect(coverage.count == Self.parts.heldOut.count)
        #expect(coverage.inside == coverage.inside.sorted())
    }

    @Test("explanations keep their word on made-up data, and the check would notice if not")
    func fidelity() throws {
        let heads = try SmallReport.heads(Self.data.matrix, Self.data.scale)
        for head in [heads.rating, heads.ranking] {
            let found = SmallReport.fidelity(head, Self.data.matrix)
            #expect(found.users == ExplanationFidelity.usersMax)
            #expect(found.effects > 500)
            #expect(found.sumError < 1e-9 && found.effectError < 1e-9)
            #expect(found.meanRatio > 0)
        }
        // A mean explains nothing by ratings: no effects, no error.
        let mean = SmallReport.fidelity(try MeanHead.train(Self.data.matrix), Self.data.matrix)
        #expect(mean.sumError == 0 && mean.effectError == 0)
    }

    @Test("made-up tastes get lists of ten that leave out what they rated and follow their genre")
    func examples() throws {
        let facts = GenreFacts(Self.data)
        let heads = try SmallReport.heads(Self.data.matrix, Self.data.scale)
        let lists = ExampleLists(
            ranking: heads.ranking, rating: heads.rating, data: Self.data, facts: facts)
        #expect(!lists.examples.isEmpty && lists.examples.count <= 4)
        for example in lists.examples {
            #expect(example.list.count == 10 && example.rated.count == 8)
            #expect(Set(example.list.map(\.item)).isDisjoint(with: example.rated))
            #expect(
                example.rated.allSatisfy { Self.data.items[$0].genres.contains(example.genre) })
            #expect(example.list.map(\.score) == example.list.map(\.score).sorted(by: >))
            for entry in example.list {
                #expect(entry.reason.map { example.rated.contains($0) } ?? false)
                #expect((1...5).contains(entry.stars))
            }
        }
    }
}
