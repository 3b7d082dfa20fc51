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
            value: try #require(reply.column("value")[places[0]].double),
            low: try #require(reply.column("low")[places[0]].double),
            high: try #require(reply.column("high")[places[0]].double),
            users: try #require(reply.column("users")[places[0]].double))
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
        #expect(Set(reply.texts("group")).isSuperset(of: ["all", "F", "M"]))
        // Two of twelve ratings of each of the forty users are held out.
        #expect(try row(reply, "all", "rmse").users == 40)
        #expect(reply.cell("ratings", where: "group", is: "all") == .integer(80))
        for group in ["F", "M"] {
            #expect(try row(reply, group, "rmse").users == 20)
            #expect(try row(reply, group, "rmse").value < 1, "planted tastes are easy to learn")
        }
        for place in reply.rows.indices {
            guard let low = reply.column("low")[place].double,
                let value = reply.column("value")[place].double,
                let high = reply.column("high")[place].double
            else { continue }
            #expect(low <= value && value <= high)
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
            seed: HeldOutEvaluation.seed(of: generation.manifest.dataHash))
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
        #expect(try stages("AUDIT resamples=100 by=gender section=all").isEmpty)
        #expect(try stages("AUDIT resamples=100 seed=2").allSatisfy { !$0.contains("training") })
        try harness.reply("RETRAIN seed=5")
        #expect(try stages("AUDIT resamples=100") == whole)
    }

    @Test("an attribute that the data lacks is refused, its case ignored where it has it")
    func attributes() throws {
        let harness = try EngineHarness()
        #expect(try harness.refusal(of: "AUDIT by=shoe_size") == .unknownAttribute)
        #expect(try harness.refusal(of: "AUDIT by=gender*gender") == .unknownAttribute)
        #expect(try harness.refusal(of: "AUDIT by=gender*") == .unknownAttribute)
        #expect(try harness.refusal(of: "AUDIT by=activity resamples=100") == nil)
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
        let retrain = try harness.begin("RETRAIN force", connection: 2)
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

    @Test("each section shows its own rows, and all of them the rows of all")
    func sections() throws {
        let harness = try EngineHarness(Self.noisy(gap: 0.3), threads: 2)
        func rows(_ words: String) throws -> [[Value]] {
            let reply = try harness.reply("AUDIT resamples=100 " + words)
            #expect(ReplyShape.problems(reply, for: .audit) == [])
            return reply.rows
        }
        let all = try rows("section=all")
        var parts: [[Value]] = []
        for section in ["data", "rating", "ranking", "items", "leakage"] {
            let own = try rows("section=\(section)")
            #expect(!own.isEmpty && own.allSatisfy { $0[8] == .text(section) })
            parts += own
        }
        #expect(all.count == parts.count && all.allSatisfy(parts.contains))
        let crossed = try rows("section=rating by=AGE*gender")
        #expect(crossed.contains { $0[0] == .text("gender*age") })
        #expect(crossed.allSatisfy { [.text("all"), .text("gender*age")].contains($0[0]) })
        let gender = try rows("by=gender")
        #expect(gender.allSatisfy { [.text("all"), .text("gender")].contains($0[0]) })
    }

    @Test("what is published of groups is rounded, and a change of data draws everything anew")
    func differencing() throws {
        let first = try Self.noisy(gap: 0)
        // The last user goes, as one who asks to be forgotten does.
        let gone = UserIndex(first.users.count - 1)
        let rest = first.matrix.replacing([gone: .empty], userCount: first.users.count)
        let second = Generation(
            number: 2,
            data: GenerationData(
                name: "rest", isSynthetic: true, users: first.users, items: first.items,
                matrix: rest, scale: first.scale),
            ratingHead: first.ratingHead, rankingHead: first.rankingHead,
            training: first.manifest.training, journalSequence: 0, trainingSeconds: 0)
        let parts = [first, second].map { HeldOutEvaluation($0, share: 0.2, threads: 1) }
        let changed = (0..<gone.position).count { user in
            parts[0].test.profile(of: UserIndex(user)) != parts[1].test.profile(of: UserIndex(user))
        }
        #expect(changed > 350, "of 399 users who stay, \(changed) have other ratings held out")
        let replies = try [first, second].map {
            try EngineHarness($0, threads: 2).reply("AUDIT section=rating resamples=100")
        }
        for reply in replies {
            for (place, group) in reply.texts("group").enumerated() where group != "all" {
                #expect(Int(try #require(reply.column("users")[place].double)) % 10 == 0)
            }
        }
        let retrained = HeldOutEvaluation(
            try PlantedGeneration.train(first.data.dataset(), number: 3), share: 0.2, threads: 1)
        #expect(retrained.test == parts[0].test, "the same data is measured on the same ratings")
    }

    @Test("two generations are compared on the same ratings, user by user")
    func difference() throws {
        let harness = try EngineHarness(Self.noisy(gap: 0), threads: 2)
        try harness.reply("RATE newcomer 1 4")
        try harness.reply("RETRAIN rating=mean ranking=popular")
        let reply = try harness.reply("AUDIT diff 1 2 resamples=200")
        #expect(ReplyShape.problems(reply, for: .audit) == [])
        let all = reply.rows.indices.filter { reply.texts("group")[$0] == "all" }
        let worse = try #require(all.first { reply.texts("metric")[$0] == "rmse" })
        #expect(reply.numbers("low")[worse] > 0, "the mean predicts worse")
        #expect(reply.texts("finding")[worse] == "significant")
        #expect(
            abs(
                reply.numbers("second")[worse] - reply.numbers("first")[worse]
                    - reply.numbers("difference")[worse]) < 1e-12)
        let same = try harness.reply("AUDIT DIFF 2 1 resamples=200")
        #expect(
            abs(same.numbers("difference")[worse] + reply.numbers("difference")[worse]) < 0.05)
        #expect(try harness.refusal(of: "AUDIT diff 1 7") == .unknownGeneration)
        #expect(try harness.refusal(of: "AUDIT diff 2 2") == .badValue)
    }

    @Test("a balanced audit trains on as many users of each group")
    func balanced() throws {
        let harness = try EngineHarness(Self.noisy(gap: 0.5), threads: 2)
        let reply = try harness.reply("AUDIT by=gender section=balanced resamples=100")
        #expect(ReplyShape.problems(reply, for: .audit) == [])
        let groups = try ["F", "M"].map { try row(reply, $0, "rmse").users }
        #expect(groups[0] == groups[1])
        #expect(try row(reply, "F", "rmse-gap").low > 0)
        #expect(try harness.refusal(of: "AUDIT by=activity section=balanced") == .badValue)
    }
}
