// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Testing

@testable import CandorDaemon

@Suite("Engine: audits")
struct EngineAuditTests {
    /// One row of an audit's answer.
    private struct Row {
        let value: Double
        let low: Double
        let high: Double
        let users: Double
    }

    private func row(_ reply: Reply, _ group: String, _ metric: String) throws -> Row {
        let places = reply.rows.indices.filter {
            reply.texts("group")[$0] == group && reply.texts("metric")[$0] == metric
        }
        try #require(places.count == 1, "\(group) \(metric)")
        return Row(
            value: reply.numbers("value")[places[0]], low: reply.numbers("low")[places[0]],
            high: reply.numbers("high")[places[0]], users: reply.numbers("users")[places[0]])
    }

    /// Made-up data whose users of gender F rate with this much more noise.
    private static func noisy(gap: Double) throws -> Generation {
        var options = SyntheticOptions()
        options.userCount = 400
        options.itemCount = 160
        options.ratingCount = 14_000
        options.groupCount = 4
        options.noise = 0.7
        options.genderGap = gap
        return try PlantedGeneration.train(SyntheticRatings(options).dataset)
    }

    @Test("every group is measured, with its size and an interval about its number")
    func groups() throws {
        let harness = try EngineHarness()
        let reply = try harness.reply("AUDIT resamples=200 seed=3")
        #expect(reply["users"] == .integer(PlantedData.userCount))
        #expect(reply["resamples"] == .integer(200))
        #expect(reply["seed"] == .integer(3))
        #expect(reply["suppressed"] == .integer(0))
        #expect(Set(reply.texts("group")) == ["all", "F", "M"])
        // Two of twelve ratings of each of the forty users are held out.
        #expect(try row(reply, "all", "rmse").users == 40)
        #expect(reply.cell("ratings", where: "group", is: "all") == .integer(80))
        for group in ["F", "M"] {
            #expect(try row(reply, group, "rmse").users == 20)
            #expect(try row(reply, group, "rmse").value < 1, "planted tastes are easy to learn")
        }
        for place in reply.rows.indices {
            #expect(reply.numbers("low")[place] <= reply.numbers("value")[place])
            #expect(reply.numbers("value")[place] <= reply.numbers("high")[place])
        }
        #expect(try harness.reply("AUDIT resamples=200 seed=3") == reply)
        #expect(try harness.reply("AUDIT resamples=200 seed=4").rows != reply.rows)
    }

    @Test("the overall error is that of a head trained without the held-out ratings")
    func recomputation() throws {
        let harness = try EngineHarness()
        let reply = try harness.reply("AUDIT resamples=100")
        let generation = try PlantedGeneration.first()
        let parts = Split.perUser(
            generation.data.dataset().ratings, heldOut: 0.2,
            seed: PlantedGeneration.options.seed)
        let (users, items) = (generation.users.count, generation.items.count)
        let train = RatingMatrix(parts.kept, userCount: users, itemCount: items)
        let head = try BayesianTrainer.train(
            train, features: ItemFeatures(generation.items),
            options: PlantedGeneration.options.bayesian)
        var squares = 0.0
        for entry in 0..<parts.heldOut.count {
            let user = UserIndex(rawValue: parts.heldOut.users[entry])
            let item = ItemIndex(rawValue: parts.heldOut.items[entry])
            let vector = head.foldIn(train.profile(of: user)).vector
            let stars = min(max(head.score(of: item, for: vector), 1), 5)
            let error = stars - Double(parts.heldOut.values[entry])
            squares += error * error
        }
        let rmse = (squares / Double(parts.heldOut.count)).squareRoot()
        #expect(abs(try row(reply, "all", "rmse").value - rmse) < 1e-12)
    }

    @Test("groups of under ten users, and one that would reveal them, are not shown")
    func suppression() throws {
        let data = PlantedData.dataset()
        // 4 X, 16 Y, 20 Z: X is too small, and all minus Y and Z would tell about it.
        let codes = data.users.ids.indices.map { user -> Int32 in
            user >= 40 ? -1 : user < 4 ? 0 : user < 20 ? 1 : 2
        }
        let users = UserTable(
            data.users.ids,
            attributes: [
                UserAttribute(name: "club", categories: ["X", "Y", "Z"], codes: codes)
            ])
        let harness = try EngineHarness(
            PlantedGeneration.train(
                Dataset(
                    name: "clubs", isSynthetic: true, users: users, items: data.items,
                    ratings: data.ratings, scale: data.scale)))
        let reply = try harness.reply("AUDIT by=club resamples=100")
        #expect(Set(reply.texts("group")) == ["all", "Z"])
        #expect(reply["suppressed"] == .integer(2))
    }

    @Test("a planted gap is found by its interval, and none is found where none was planted")
    func plantedGap() throws {
        let unequal = try EngineHarness(Self.noisy(gap: 0.5), threads: 2)
            .reply("AUDIT by=gender resamples=300")
        let gap = try row(unequal, "F", "rmse-gap")
        #expect(gap.low > 0.1, "F is served worse by \(gap.value), \(gap.low)…\(gap.high)")
        #expect((gap.low...gap.high).contains(0.5) || gap.value > 0.25)
        #expect(try row(unequal, "M", "rmse-gap").high < -0.1)
        let equal = try EngineHarness(Self.noisy(gap: 0), threads: 2)
            .reply("AUDIT by=gender resamples=300")
        let none = try row(equal, "F", "rmse-gap")
        #expect((none.low...none.high).contains(0), "\(none.low)…\(none.high)")
    }

    @Test("the second audit of a generation measures nothing again; that of the next one does")
    func reuse() throws {
        let harness = try EngineHarness()
        func stages(_ line: String) throws -> Set<String> {
            let ticket = try harness.begin(line)
            _ = try harness.answer(to: ticket).response.get()
            return Set(harness.progress[ticket, default: []].map(\.stage))
        }
        let whole = try stages("AUDIT resamples=100")
        #expect(whole.count > 3)
        #expect(try stages("AUDIT resamples=100 by=gender") == ["resampling users"])
        try harness.reply("RETRAIN seed=5")
        #expect(try stages("AUDIT resamples=100") == whole)
    }

    @Test("an attribute that the data lacks is refused, its case ignored where it has it")
    func attributes() throws {
        let harness = try EngineHarness()
        #expect(try harness.refusal(of: "AUDIT by=shoe_size") == .unknownAttribute)
        #expect(try harness.refusal(of: "AUDIT by=GENDER resamples=100") == nil)
    }

    @Test("an audit needs users with enough ratings to hold some out")
    func tooLittleData() throws {
        let harness = try EngineHarness(PlantedGeneration.sparse())
        #expect(try harness.refusal(of: "AUDIT") == .notEnoughData)
    }

    @Test("only one audit runs at a time, beside a retrain, and it ends with its connection")
    func oneAtATime() throws {
        let harness = try EngineHarness(PlantedGeneration.slowToRetrain())
        let audit = try harness.begin("AUDIT", connection: 1)
        let retrain = try harness.begin("RETRAIN", connection: 2)
        #expect(try harness.refusal(of: "AUDIT by=gender") == .auditRunning)
        harness.engine.abandon(connection: 1)
        if case .failure(let error) = try harness.answer(to: audit).response {
            #expect(error.code == .cancelled)
        } else {
            Issue.record("the abandoned audit succeeded")
        }
        #expect(try harness.refusal(of: "RETRAIN") == .retrainRunning)
        harness.engine.abandon(connection: 2)
        _ = try harness.answer(to: retrain)
        #expect(try harness.refusal(of: "RECOMMEND u01") == nil)
    }

    @Test("ratings since the training do not move an audit of the generation")
    func pinned() throws {
        let harness = try EngineHarness()
        let before = try harness.reply("AUDIT resamples=100")
        for item in 1...20 { try harness.reply("RATE u01 i\(item) 1") }
        #expect(try harness.reply("AUDIT resamples=100") == before)
    }
}
