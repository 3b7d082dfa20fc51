// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Engine: retraining")
struct EngineRetrainTests {
    /// Questions whose answers show data, factors and folded-in ratings.
    private static let questions =
        [
            "SHOW user u01", "RECOMMEND u01", "RECOMMEND fresh", "PREDICT u02 i5", "SIMILAR i1",
            "INFO",
        ]

    @Test("a retrain merges the ratings since, and new users become users of the data")
    func merging() throws {
        let harness = try EngineHarness()
        let before = try #require(harness.info("ratings")?.double)
        for item in ["i1", "i3", "i5"] { try harness.reply("RATE fresh \(item) 5") }
        try harness.reply("RATE u01 unseen 2")
        try harness.reply("UNRATE u01 unseen")
        try harness.reply("RATE u02 unseen 4")
        #expect(try harness.info("ratings_since_training") == .integer(6))
        let reply = try harness.reply("RETRAIN")
        #expect(reply["ratings"]?.double == before + 4)
        #expect(reply["users"] == .integer(PlantedData.userCount + 2))
        #expect(harness.engine.generation == 2)
        #expect(try harness.info("ratings_since_training") == .integer(0))
        #expect(harness.engine.overlay.isEmpty)
        #expect(try harness.info("journal_sequence") == .integer(6))
        for user in ["fresh", "u01", "u02"] {
            #expect(try harness.reply("RECOMMEND \(user)")["source"] == .text("personal"))
        }
        #expect(try harness.reply("SHOW user fresh")["gender"] == .missing)
        #expect(try harness.reply("SHOW item unseen")["ratings"] == .integer(1))
        #expect(try harness.refusal(of: "SIMILAR unseen") == nil)
    }

    @Test("the next generation is kept on disk and serves at the next start")
    func saving() throws {
        let harness = try EngineHarness()
        try harness.reply("RATE fresh i1 5")
        let hash = try harness.reply("RETRAIN seed=9")["hash"]
        let listed = try harness.reply("GENERATIONS")
        #expect(listed.column("generation") == [.integer(2), .integer(1)])
        #expect(listed.texts("status") == ["serving", "previous"])
        #expect(listed.column("seed") == [.integer(9), .integer(1)])
        guard case .ready(let loaded) = try harness.store.start() else {
            Issue.record("the store does not start with the new generation")
            return
        }
        #expect(loaded.number == 2)
        #expect(.text(loaded.manifest.factorHash) == hash)
        #expect(loaded.manifest.journalSequence == 1)
    }

    @Test("ratings given during a retrain survive it, and the next one learns from them")
    func ratingMeanwhile() throws {
        let harness = try EngineHarness()
        let retrain = try harness.begin("RETRAIN force")
        try harness.reply("RATE late i1 5")
        try harness.reply("RATE u01 unseen 5")
        let reply = try harness.answer(to: retrain)
        #expect(reply.generation == 2)
        #expect(try harness.info("ratings_since_training") == .integer(2))
        #expect(try harness.info("journal_sequence") == .integer(0))
        #expect(try harness.reply("PREDICT u01 unseen")["rated"] == .number(5))
        #expect(try harness.reply("RECOMMEND late")["source"] == .text("folded-in"))
        try harness.reply("RETRAIN")
        #expect(try harness.info("ratings_since_training") == .integer(0))
        #expect(try harness.reply("RECOMMEND late")["source"] == .text("personal"))
    }

    @Test("a rating on disk whose acknowledgement comes after the swap counts once")
    func acknowledgementAfterSwap() throws {
        let harness = try EngineHarness()
        let retrain = try harness.begin("RETRAIN force")
        // Its result lies ready, but is not collected yet.
        try #require(harness.engine.retrainJob).join()
        let rating = try harness.begin("RATE u01 unseen 5")
        harness.engine.writer.drain()
        #expect(try harness.answer(to: retrain).generation == 2)
        #expect(try harness.answer(to: rating).response.get()["sequence"] == .integer(1))
        #expect(try harness.info("ratings_since_training") == .integer(1))
        #expect(try harness.reply("PREDICT u01 unseen")["rated"] == .number(5))
    }

    @Test("the same data, options and seed give the same factors at any number of threads")
    func determinism() throws {
        let harness = try EngineHarness()
        let first = try harness.info("factor_hash")
        let data = try harness.info("data_hash")
        let rows = try harness.reply("RECOMMEND u01").rows
        for line in ["RETRAIN force threads=1", "RETRAIN force threads=2 seed=1"] {
            #expect(try harness.reply(line)["hash"] == first)
            #expect(try harness.info("data_hash") == data)
            #expect(try harness.reply("RECOMMEND u01").rows == rows)
        }
        #expect(try harness.reply("RETRAIN seed=2")["hash"] != first)
        #expect(try harness.reply("RETRAIN seed=1")["hash"] == first)
    }

    @Test("options of a retrain are kept by the next one")
    func options() throws {
        let harness = try EngineHarness()
        try harness.reply("RETRAIN rating_factors=3 ranking_factors=5 sweeps=2 seed=4")
        for _ in 1...2 {
            #expect(try harness.info("rating_factors") == .integer(3))
            #expect(try harness.info("ranking_factors") == .integer(5))
            #expect(try harness.info("rating_sweeps") == .integer(2))
            #expect(try harness.info("seed") == .integer(4))
            try harness.reply("RETRAIN force")
        }
    }

    @Test("progress never falls, names every stage and ends with the saving")
    func progress() throws {
        let harness = try EngineHarness()
        let ticket = try harness.begin("RETRAIN force")
        _ = try harness.answer(to: ticket).response.get()
        let fractions = try #require(harness.progress[ticket]).map(\.fraction)
        #expect(fractions.count > 5)
        #expect(fractions == fractions.sorted())
        let stages = harness.progress[ticket, default: []].map(\.stage)
        #expect(stages.first?.hasPrefix("takes up to ") == true)
        #expect(
            Set(stages.dropFirst()) == [
                "training the rating head", "training the ranking head", "saving",
            ])
        #expect(stages.last == "saving")
    }

    @Test(
        "a retrain whose connection goes, or whose daemon stops, changes nothing",
        arguments: [false, true])
    func cancelling(byStopping: Bool) throws {
        let harness = try EngineHarness(PlantedGeneration.slowToRetrain())
        try harness.reply("RATE fresh i1 5")
        let before = try harness.bytes(Self.questions)
        let ticket = try harness.begin("RETRAIN", connection: 7)
        try harness.waitForProgress(of: ticket)
        harness.engine.abandon(connection: 8)
        if byStopping {
            harness.engine.stop()
        } else {
            harness.engine.abandon(connection: 7)
        }
        let answer = try harness.answer(to: ticket)
        #expect(throws: WireError.self) { try answer.response.get() }
        if case .failure(let error) = answer.response { #expect(error.code == .cancelled) }
        #expect(harness.engine.generation == 1)
        #expect(try harness.bytes(Self.questions) == before)
        #expect(try harness.generationFolders() == ["000001"])
    }

    @Test("only one retrain runs at a time, and a refusal leaves it alone")
    func oneAtATime() throws {
        let harness = try EngineHarness(PlantedGeneration.slowToRetrain())
        let first = try harness.begin("RETRAIN force", connection: 1)
        #expect(try harness.refusal(of: "RETRAIN sweeps=1") == .retrainRunning)
        #expect(try harness.refusal(of: "RECOMMEND u01") == nil, "serving goes on")
        harness.engine.abandon(connection: 1)
        _ = try harness.answer(to: first)
        #expect(
            try harness.refusal(of: "RETRAIN sweeps=1 rating_factors=4 ranking_factors=4") == nil)
        #expect(harness.engine.generation == 2)
    }

    @Test("a retrain that fails inside says so and leaves the serving generation")
    func failing() throws {
        let harness = try EngineHarness(PlantedGeneration.failingToRetrain())
        let before = try harness.bytes(["PREDICT stranger i1", "GENERATIONS"])
        #expect(try harness.refusal(of: "RETRAIN force") == .internalFailure)
        #expect(try harness.bytes(["PREDICT stranger i1", "GENERATIONS"]) == before)
        #expect(try harness.generationFolders() == ["000001"])
    }

    @Test("a retrain without any rating left is refused")
    func nothingToLearn() throws {
        let harness = try EngineHarness(PlantedGeneration.train(PlantedData.single()))
        try harness.reply("UNRATE u01 i1")
        #expect(try harness.refusal(of: "RETRAIN") == .notEnoughData)
        #expect(harness.engine.generation == 1)
    }
}
