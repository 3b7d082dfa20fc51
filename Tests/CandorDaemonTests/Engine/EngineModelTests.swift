// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Testing

@testable import CandorDaemon

@Suite("Engine: models by name")
struct EngineModelTests {
    @Test("the names of the protocol are those of the models")
    func names() {
        #expect(Request.RetrainOptions.ratingModels == RatingModelName.allCases.map(\.rawValue))
        #expect(Request.RetrainOptions.rankingModels == RankingModelName.allCases.map(\.rawValue))
    }

    @Test(
        "every rating model trains, predicts, explains, audits and is there after a restart",
        arguments: Request.RetrainOptions.ratingModels)
    func rating(_ name: String) throws {
        let lines = ["PREDICT u01 i5", "EXPLAIN u02 i4 head=rating", "RECOMMEND u01", "INFO"]
        let left = try trained("rating=\(name) seed=5", lines) { harness, reply in
            #expect(
                reply["rating_model"] == .text(name) && reply["ranking_model"] == .text("ials"))
            try check(harness, rating: name)
            #expect(try harness.reply("AUDIT resamples=100")["users"] == .integer(40))
        }
        let again = try EngineHarness(reopening: left.scratch)
        #expect(try again.bytes(lines) == left.answers)
        #expect(try again.info("seed") == .integer(5))
        #expect(try again.reply("RETRAIN force")["hash"] == left.hash, "the options were kept")
    }

    /// Retrains with `options`, checks, and ends the engine; the answers are those it gave last.
    private func trained(
        _ options: String, _ lines: [String], _ check: (EngineHarness, Reply) throws -> Void
    ) throws -> (scratch: ScratchDirectory, answers: [UInt8], hash: Value?) {
        let harness = try EngineHarness()
        let reply = try harness.reply("RETRAIN \(options)")
        try check(harness, reply)
        return (harness.scratch, try harness.bytes(lines), reply["hash"])
    }

    private func check(_ harness: EngineHarness, rating name: String) throws {
        #expect(try harness.info("rating_model") == .text(name))
        let isUncertain = name == "bayes" || name == "fast"
        for user in ["u01", "nobody", "stranger"] {
            let prediction = try harness.reply("PREDICT \(user) i5")
            #expect((prediction["deviation"] != nil) == isUncertain)
            #expect((prediction["low"] != nil) == isUncertain)
        }
        let explanation = try harness.reply("EXPLAIN u01 i5 head=rating top=3")
        #expect(explanation.texts("title").contains("population") == isUncertain)
        let sum = explanation.numbers("share").reduce(0, +)
        #expect(abs(sum - (explanation["score"]?.double ?? .nan)) < 1e-9)
    }

    @Test(
        "every ranking model trains, recommends, explains and is there after a restart",
        arguments: Request.RetrainOptions.rankingModels)
    func ranking(_ name: String) throws {
        let lines = ["RECOMMEND u01", "SIMILAR i1"]
        let left = try trained("ranking=\(name)", lines) { harness, reply in
            #expect(
                reply["ranking_model"] == .text(name) && reply["rating_model"] == .text("bayes"))
            try check(harness, ranking: name)
        }
        let again = try EngineHarness(reopening: left.scratch)
        #expect(try again.bytes(lines) == left.answers)
    }

    private func check(_ harness: EngineHarness, ranking name: String) throws {
        let list = try harness.reply("RECOMMEND u01 k=5")
        #expect(list.rows.count == 5)
        #expect((list["caution"] != nil) == (name == "rating"))
        let similar = try harness.reply("SIMILAR i1 k=3")
        #expect(
            similar["short"] == (name == "popular" ? .text("model-has-no-factors") : nil))
        let explanation = try harness.reply("EXPLAIN u01 \(list.texts("item")[0])")
        #expect(explanation["score"]?.double == list.numbers("score")[0])
        let sum = explanation.numbers("share").reduce(0, +)
        #expect(abs(sum - (explanation["score"]?.double ?? .nan)) < 1e-9)
        let files = try harness.scratch.names("state/generations/000002")
        #expect(files.contains("ranking-head.bin") == (name != "rating"))
    }

    @Test("a model that is named begins from its defaults, and keeps its options after that")
    func defaults() throws {
        let harness = try EngineHarness()
        try harness.reply("RETRAIN rating=fast")
        #expect(try harness.info("rating_factors") == .integer(BayesianOptions.fast.factors))
        #expect(try harness.info("rating_implicit_sets") == .flag(false))
        try harness.reply("RETRAIN rating_factors=3 sweeps=4")
        try harness.reply("RETRAIN ranking=popular")
        #expect(try harness.info("rating_factors") == .integer(3))
        #expect(try harness.info("rating_sweeps") == .integer(4))
        #expect(try harness.info("ranking_factors") == nil)
        try harness.reply("RETRAIN ranking=ials sweeps=2")
        #expect(try harness.info("rating_sweeps") == .integer(2))
        #expect(
            try harness.info("ranking_factors") == .integer(RankingHeadOptions().factors))
        try harness.reply("RETRAIN rating=svd-zero rating_factors=4")
        #expect(try harness.info("rating_factors") == .integer(4))
    }

    @Test("options that the models do not have are refused, and nothing is trained")
    func refused() throws {
        let harness = try EngineHarness()
        for line in [
            "RETRAIN rating=mean rating_factors=3", "RETRAIN rating=biases rating_factors=3",
            "RETRAIN ranking=popular ranking_factors=3", "RETRAIN ranking=rating ranking_factors=3",
            "RETRAIN rating=mean ranking=popular sweeps=3",
        ] {
            #expect(try harness.refusal(of: line) == .badValue, "\(line)")
        }
        #expect(harness.engine.generation == 1)
    }

    @Test("the interval is about the score, limited to the scale, and shrinks with knowledge")
    func interval() throws {
        let harness = try EngineHarness()
        func deviation(_ user: String) throws -> Double {
            let reply = try harness.reply("PREDICT \(user) i5")
            let (score, deviation) = (
                try #require(reply["score"]?.double), try #require(reply["deviation"]?.double)
            )
            let (low, high) = (
                try #require(reply["low"]?.double), try #require(reply["high"]?.double)
            )
            #expect(abs(low - max(1, score - 1.281_551_565_5 * deviation)) < 1e-6)
            #expect(abs(high - min(5, score + 1.281_551_565_5 * deviation)) < 1e-6)
            return deviation
        }
        let known = try deviation("u01")
        #expect(try known < deviation("stranger"))
        #expect(try deviation("nobody") == deviation("stranger"))
        #expect(try deviation("u01") == known, "the cached solve gives the same")
        try harness.reply("RATE fresh i1 5")
        #expect(try deviation("fresh") < deviation("stranger"))
    }

    @Test("a time matters near ratings given at that time, and only there")
    func time() throws {
        let harness = try EngineHarness()
        let plain = try harness.reply("PREDICT u01 i5")
        #expect(plain["shift"] == nil)
        let near = try harness.reply("PREDICT u01 i5 at=978300004")
        let (score, shift) = (
            try #require(near["score"]?.double), try #require(near["shift"]?.double)
        )
        #expect(abs(score - shift - (plain["score"]?.double ?? .nan)) < 1e-12)
        #expect(shift != 0)
        #expect(near["stars"]?.double == min(max(score, 1), 5))
        let explained = try harness.reply("EXPLAIN u01 i5 at=978300004 top=3")
        #expect(explained["head"] == .text("rating"))
        #expect(explained["score"]?.double?.bitPattern == score.bitPattern)
        #expect(explained["stars"] == near["stars"])
        #expect(abs(explained.numbers("share").reduce(0, +) - score) <= 1e-9)
        try harness.reply("RETRAIN rating=biases")
        #expect(try harness.reply("PREDICT u01 i5 at=978300004")["shift"] == nil)
    }

    @Test("lists by predicted stars are ordered by the rating head, for strangers too")
    func byStars() throws {
        let harness = try EngineHarness()
        for user in ["u01", "nobody", "stranger"] {
            let list = try harness.reply("RECOMMEND \(user) k=9 rank=rating")
            #expect(list["head"] == .text("rating"))
            #expect(list["caution"] != nil)
            for (item, score) in zip(list.texts("item"), list.numbers("score")) {
                let prediction = try harness.reply("PREDICT \(user) \(item)")
                #expect(prediction["score"]?.double == score)
            }
            #expect(list.numbers("score") == list.numbers("score").sorted(by: >))
        }
        #expect(try harness.reply("RECOMMEND u01")["caution"] == nil)
    }

    @Test("an item that nobody rated is predicted and explained from what is known of it")
    func unrated() throws {
        let harness = try EngineHarness()
        for user in ["u01", "stranger"] {
            let stars = try #require(harness.reply("PREDICT \(user) unseen")["stars"]?.double)
            #expect(stars > 1.5 && stars < 4.5)
        }
        #expect(try harness.refusal(of: "EXPLAIN u01 unseen head=rating") == nil)
    }
}
