// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Logging
import Testing

@testable import CandorDaemon

@Suite("Engine: what serves")
struct EngineLifecycleTests {
    /// Questions whose answers show data, factors and folded-in ratings.
    private static let questions =
        (1...PlantedData.userCount).map { "RECOMMEND u\($0 < 10 ? "0" : "")\($0) k=20" } + [
            "RECOMMEND fresh", "PREDICT u02 i5", "PREDICT fresh i2", "EXPLAIN u03 i4",
            "EXPLAIN u03 i4 head=rating", "SIMILAR i1", "SHOW user u01", "INFO",
        ]

    /// A retrain that the standard gates refuse.
    private static let worse = "RETRAIN rating=mean ranking=popular"

    @Test("after a refused, cancelled or failed retrain every answer has the same bytes as before")
    func unchangedAnswers() throws {
        let refused = try EngineHarness(PlantedGeneration.first(), settings: "")
        try refused.reply("RATE fresh i1 5")
        let before = try refused.bytes(Self.questions)
        #expect(try refused.refusal(of: Self.worse) == .generationRefused)
        #expect(try refused.bytes(Self.questions) == before)
        #expect(try refused.generationFolders() == ["000001", "000002"])

        let cancelled = try EngineHarness(PlantedGeneration.slowToRetrain())
        try cancelled.reply("RATE fresh i1 5")
        let ours = try cancelled.bytes(Self.questions)
        let retrain = try cancelled.begin("RETRAIN", connection: 7)
        try cancelled.waitForProgress(of: retrain)
        let reply = try cancelled.reply("CANCEL")
        #expect(reply["work"] == .text("retrain") && reply["stopped"] == .flag(true))
        guard case .failure(let error) = try cancelled.answer(to: retrain).response else {
            Issue.record("the cancelled retrain succeeded")
            return
        }
        #expect(error.code == .cancelled)
        #expect(try cancelled.bytes(Self.questions) == ours)
        #expect(try cancelled.generationFolders() == ["000001"])

        let failing = try EngineHarness(PlantedGeneration.failingToRetrain())
        let theirs = try failing.bytes(["PREDICT stranger i1", "INFO", "GENERATIONS"])
        #expect(try failing.refusal(of: "RETRAIN force") == .internalFailure)
        #expect(try failing.bytes(["PREDICT stranger i1", "INFO", "GENERATIONS"]) == theirs)
    }

    @Test("a retrain within the limits serves and says what the gates found, and is told why later")
    func passing() throws {
        let harness = try EngineHarness(PlantedGeneration.first(), settings: "")
        for item in ["i1", "i3", "i5"] { try harness.reply("RATE fresh \(item) 5") }
        let reply = try harness.reply("RETRAIN")
        #expect(reply["state"] == .text("promoted"))
        #expect(
            reply.texts("gate") == [
                "gate-rmse", "gate-ndcg", "gate-gap-rmse", "gate-gap-ndcg", "gate-ratings-min",
                "gate-users-min", "gate-data-share",
            ])
        // Twenty men and twenty women are too few to tell their gap from noise.
        #expect(
            reply.texts("outcome") == [
                "passed", "passed", "unmeasured", "unmeasured", "passed", "passed", "passed",
            ])
        #expect(reply.rows[2][6] == .text("under two groups have 100 users with held-out ratings"))
        #expect(try harness.info("gates") == .text("passed"))
        #expect(try harness.info("previous") == .integer(1))
    }

    @Test(
        "a gate that cannot be measured refuses where the configuration says so",
        arguments: ["gate-attribute = shoes", "gate-attribute = gender"])
    func unmeasured(setting: String) throws {
        let settings = EngineHarness.ungated + "\ngate-gap-rmse = 0.1\n" + setting + "\n"
        let harness = try EngineHarness(
            PlantedGeneration.first(),
            settings: settings.replacing("gate-gap-rmse = off\n", with: ""))
        try harness.reply("RETRAIN seed=2")
        harness.settingsFile.write(
            settings.replacing("gate-gap-rmse = off\n", with: "") + "gate-unmeasured = refuse\n")
        #expect(try harness.reply("RELOAD").texts("effect") == ["applied"])
        let answer = try harness.ask("RETRAIN seed=3")
        guard case .failure(let error) = answer.response else {
            Issue.record("the retrain passed")
            return
        }
        #expect(error.code == .generationRefused)
        #expect(error.message.contains("gate-gap-rmse"))
        #expect(harness.engine.generation == 2)
    }

    @Test("too little data, or much less than before, is refused")
    func littleData() throws {
        for (setting, reason) in [
            ("gate-ratings-min = 1000", "gate-ratings-min 480.0"),
            ("gate-users-min = 41", "gate-users-min 40.0"),
            ("gate-data-share = 1", "gate-data-share 480.0 to 479.0"),
        ] {
            let harness = try EngineHarness(
                PlantedGeneration.first(), settings: EngineHarness.ungated + "\n" + setting)
            if setting.contains("share") { try harness.reply("UNRATE u01 i1") }
            guard case .failure(let error) = try harness.ask("RETRAIN seed=2").response else {
                Issue.record("\(setting) let the retrain pass")
                continue
            }
            #expect(error.message.contains(reason), "\(error.message)")
        }
    }

    @Test("what the gates refused never serves at a start, unless it was promoted")
    func refusedAtStart() throws {
        let scratch = try left(by: EngineHarness(PlantedGeneration.first(), settings: "")) {
            (harness: EngineHarness) throws in
            let code = try harness.refusal(of: Self.worse)
            #expect(code == .generationRefused)
        }
        try scratch.write("state/generations/000001/data.sections", [])
        #expect(throws: EngineHarness.NothingToServe.self) {
            try EngineHarness(reopening: scratch)
        }
    }

    @Test("an operator may overrule the gates, and the log keeps it")
    func force() throws {
        let scratch = try left(by: EngineHarness(PlantedGeneration.first(), settings: "")) {
            (harness: EngineHarness) throws in
            #expect(try harness.refusal(of: Self.worse) == .generationRefused)
            #expect(try harness.refusal(of: "PROMOTE 2") == .generationRefused)
            #expect(try harness.reply("PROMOTE 2 force")["overruled"] == .flag(true))
            #expect(try harness.info("gates") == .text("overruled"))
            #expect(
                harness.log.texts(at: .warning).last?.contains(
                    "promoted generation 2 over 1, against the gates: gate-rmse") == true)
        }
        let again = try EngineHarness(reopening: scratch)
        #expect(again.engine.generation == 2)
        #expect(try again.reply("ROLLBACK")["rolled_back"] == .integer(2))
        #expect(try again.reply("GENERATIONS").texts("status") == ["refused", "serving"])
    }

    @Test("ROLLBACK goes back one generation at a time, with every answer as it was")
    func rollingBack() throws {
        let questions = Array(Self.questions.dropLast())
        var first: [UInt8] = []
        let scratch = try left(by: EngineHarness()) { (harness: EngineHarness) throws in
            first = try harness.bytes(questions)
            try harness.reply("RETRAIN seed=2")
            let second = try harness.bytes(questions)
            try harness.reply("RETRAIN seed=3")
            #expect(try harness.reply("ROLLBACK")["previous"] == .integer(1))
            #expect(try harness.bytes(questions) == second)
        }
        let again = try EngineHarness(reopening: scratch)
        #expect(again.engine.generation == 2)
        #expect(try again.reply("ROLLBACK")["previous"] == .missing)
        #expect(try again.bytes(questions) == first)
        #expect(try again.refusal(of: "ROLLBACK") == .noPrevious)
        try again.reply("PROMOTE 3")
        #expect(again.engine.generation == 3)
        // Whoever rated meanwhile has not lost it.
        try again.reply("RATE fresh i1 5")
        try again.reply("ROLLBACK")
        #expect(try again.reply("PREDICT fresh i1")["rated"] == .number(5))
    }

    @Test("a promotion that nobody confirms is taken back, once the time is over")
    func reverting() throws {
        let scratch = try left(by: EngineHarness()) { (harness: EngineHarness) throws in
            try harness.reply("RETRAIN seed=2")
            try harness.reply("ROLLBACK")
            let before = try harness.bytes(Self.questions)
            let reply = try harness.reply("PROMOTE 2 confirm_within=300")
            #expect(reply["confirm_by"] == .integer(EngineHarness.now + 300))
            harness.clock.advance(seconds: 299)
            #expect(try harness.refusal(of: "RETRAIN seed=9") == .unconfirmed)
            #expect(harness.engine.generation == 2)
            harness.clock.advance(seconds: 1)
            while harness.engine.generation == 2 {
                try harness.waitForWake()
                harness.collect()
            }
            #expect(try harness.bytes(Self.questions) == before)
            #expect(try harness.refusal(of: "CONFIRM") == .nothingToConfirm)
            #expect(
                harness.log.texts(at: .warning) == [
                    "generation 2 was not confirmed in time: 1 serves again"
                ])
        }
        #expect(try EngineHarness(reopening: scratch).engine.generation == 1)
    }

    @Test("a confirmed promotion stays, also when the daemon was away in between")
    func confirming() throws {
        let scratch = try left(by: EngineHarness()) { (harness: EngineHarness) throws in
            try harness.reply("RETRAIN seed=2")
            try harness.reply("ROLLBACK")
            try harness.reply("PROMOTE 2 confirm_within=300")
        }
        let harness = try EngineHarness(reopening: scratch)
        #expect(try harness.info("confirm_by") == .integer(EngineHarness.now + 300))
        #expect(harness.engine.confirmationTimer != nil)
        try harness.reply("CONFIRM")
        #expect(harness.engine.confirmationTimer == nil)
        #expect(try harness.info("confirm_by") == .missing)
        guard case .ready(let served) = try harness.store.start(at: EngineHarness.now + 9999) else {
            Issue.record("the store does not start")
            return
        }
        #expect(served.number == 2)
    }

    @Test("what the disk does not tell of what served before is said, logged, and never guessed")
    func unreadableRecord() throws {
        let harness = try EngineHarness()
        try harness.reply("RETRAIN seed=2")
        try harness.scratch.becomesUnreadable("state/CURRENT")
        #expect(try harness.info("previous") == .missing)
        #expect(try harness.info("confirm_by") == .missing)
        for name in ["previous_error", "confirm_by_error"] {
            guard case .text(let reason)? = try harness.info(name) else {
                Issue.record("INFO does not say why \(name)")
                continue
            }
            #expect(reason.contains("cannot open"))
        }
        #expect(harness.log.texts(at: .warning).first?.contains("previous is not known") == true)
        for line in ["ROLLBACK", "CONFIRM", "PROMOTE 1", "RETRAIN seed=3", "GENERATIONS"] {
            #expect(try harness.refusal(of: line) == .storageFailed, "\(line)")
        }
        try harness.scratch.becomesReadable("state/CURRENT")
        #expect(try harness.info("previous") == .integer(1))
        #expect(try harness.info("previous_error") == nil)
        #expect(try harness.reply("ROLLBACK")["rolled_back"] == .integer(2))
    }

    @Test("data that is the same by its content is not trained again")
    func unchanged() throws {
        let harness = try EngineHarness()
        try harness.reply("RATE u01 unseen 5")
        try harness.reply("UNRATE u01 unseen")
        for line in ["RETRAIN", "RETRAIN seed=1", "RETRAIN threads=2"] {
            #expect(try harness.reply(line)["state"] == .text("unchanged"), "\(line)")
        }
        #expect(try harness.generationFolders() == ["000001"])
        #expect(try harness.reply("RETRAIN force")["state"] == .text("promoted"))
        // As many ratings as before, but others.
        try harness.reply("RATE u01 unseen 5")
        try harness.reply("UNRATE u01 i1")
        #expect(try harness.reply("RETRAIN")["state"] == .text("promoted"))
    }

    @Test("a generation is reproduced bit for bit, and one that is not what it says is found out")
    func reproducing() throws {
        let harness = try EngineHarness()
        try harness.reply("RATE fresh i1 5")
        try harness.reply("RETRAIN seed=4")
        #expect(
            try harness.reply("REPRODUCE 1").column("same")
                == [Value](repeating: .flag(true), count: 4))
        #expect(try harness.reply("REPRODUCE 2")["reproduced"] == .flag(true))
        let first = try PlantedGeneration.first()
        var training = first.manifest.training
        training.seed = 77
        try harness.store.save(
            Generation(
                number: 3, data: first.data, ratingHead: first.ratingHead,
                rankingHead: first.rankingHead, training: training, journalSequence: 0,
                trainingSeconds: 0))
        let reply = try harness.reply("REPRODUCE 3")
        #expect(reply["reproduced"] == .flag(false))
        #expect(reply.column("same") == [.flag(true), .flag(false), .flag(false), .flag(false)])
        #expect(harness.engine.generation == 2)
    }

    @Test("lists differ by what DIFF says, and a generation does not differ from its like")
    func comparing() throws {
        let harness = try EngineHarness()
        try harness.reply("RETRAIN force")
        let same = try harness.reply("DIFF 1 2")
        #expect(same["same_factors"] == .flag(true))
        #expect(same["churn"] == .number(0) && same["lists_changed"] == .integer(0))
        try harness.reply("RETRAIN ranking=popular rating=mean")
        let worse = try harness.reply("DIFF 1 3")
        let rmse = try #require(worse.rows.first { $0[4] == .text("rmse") })
        #expect(try #require(rmse[7].double) > 0.5)
        // Of two ratings a user nothing can be held out.
        let sparse = try EngineHarness(PlantedGeneration.sparse())
        try sparse.reply("RETRAIN ranking=popular")
        #expect(try sparse.reply("DIFF 1 2").texts("part") == ["data", "data", "data"])
        // Whoever has rated less has more to be listed than fits.
        let wider = try EngineHarness()
        for item in ["i1", "i2", "i7", "i9", "i11", "i16"] {
            try wider.reply("UNRATE u01 \(item)")
        }
        try wider.reply("RETRAIN")
        try wider.reply("RETRAIN ranking=popular")
        let lists = try wider.reply("DIFF 2 3")
        #expect(try #require(lists["churn"]?.double) > 0)
        #expect(try #require(lists["lists_changed"]?.double) >= 1)
        #expect(try harness.refusal(of: "DIFF 2 2") == .badValue)
        #expect(try harness.refusal(of: "DIFF 2 9") == .unknownGeneration)
    }

    /// What an engine leaves on disk once `body` is done with it.
    private func left(
        by make: @autoclosure () throws -> EngineHarness, _ body: (EngineHarness) throws -> Void
    ) throws -> ScratchDirectory {
        let harness = try make()
        try body(harness)
        return harness.scratch
    }
}
