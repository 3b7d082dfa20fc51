// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Engine: mitigated training")
struct EngineMitigatedTrainingTests {
    private let harness: EngineHarness

    init() throws { harness = try EngineHarness(PlantedGeneration.first(), threads: 2) }

    private static let methods = [
        ("reweight", "0.5"), ("minimax", "2.0"), ("parity", "100.0"), ("erase", "1.0"),
    ]

    @Test("a mitigated retrain names what it did, is reproducible, and a plain one is plain again")
    func retrains() throws {
        // Groups of equal numbers of ratings weigh the same.
        try harness.reply("UNRATE u01 i1")
        let plain = try harness.reply("RETRAIN force")
        #expect(plain["mitigation"] == nil)
        #expect(try harness.info("mitigation") == .text("none"))
        for (method, strength) in Self.methods {
            let line = "RETRAIN mitigate=\(method) attribute=GENDER strength=\(strength)"
            let first = try harness.reply(line)
            #expect(first["mitigation"] == .text(method))
            #expect(first["mitigation_attribute"] == .text("gender"))
            #expect(first["mitigation_strength"] == .number(try #require(Double(strength))))
            #expect(first["hash"] != plain["hash"], "\(method)")
            #expect(try harness.reply(line + " threads=1 force")["hash"] == first["hash"])
            #expect(try harness.info("mitigation") == .text(method))
            #expect(try harness.info("mitigation_attribute") == .text("gender"))
            #expect(try harness.reply("RETRAIN")["hash"] == plain["hash"])
        }
    }

    @Test("explanations of mitigated models add up, and serve what they explain")
    func sums() throws {
        for (method, strength) in Self.methods {
            try harness.reply("RETRAIN mitigate=\(method) attribute=gender strength=\(strength)")
            for user in ["u02", "u33"] {
                let list = try harness.reply("RECOMMEND \(user) k=3")
                for (item, score) in zip(list.texts("item"), list.numbers("score")) {
                    let ranking = try harness.reply("EXPLAIN \(user) \(item) top=4")
                    #expect(ranking["score"] == .number(score))
                    #expect(abs(ranking.numbers("share").reduce(0, +) - score) < 1e-9)
                    let rating = try harness.reply("EXPLAIN \(user) \(item) head=rating")
                    let prediction = try harness.reply("PREDICT \(user) \(item)")
                    #expect(rating["score"] == prediction["score"])
                    let stars = try #require(rating["score"]?.double)
                    #expect(abs(rating.numbers("share").reduce(0, +) - stars) < 1e-9)
                    let isErased = rating.texts("line").contains("adjustment")
                    #expect(isErased == (method == "erase"))
                }
            }
        }
    }

    @Test("a user's score asks for nobody's group: the same ratings give the same score")
    func groupBlind() throws {
        try harness.reply("RETRAIN mitigate=erase attribute=gender")
        let history = try harness.reply("SHOW user u01 limit=1000")
        for (item, rating) in zip(history.texts("item"), history.numbers("rating")) {
            try harness.reply("RATE stranger \(item) \(rating)")
        }
        for item in ["unseen", "i2", "i4"] {
            #expect(
                try harness.reply("PREDICT stranger \(item)")["score"]
                    == harness.reply("PREDICT u01 \(item)")["score"])
        }
    }

    @Test("what cannot be mitigated is refused before anything is trained")
    func refusals() throws {
        for (line, code) in [
            ("RETRAIN mitigate=erase attribute=shoes", WireCode.unknownAttribute),
            ("RETRAIN mitigate=erase attribute=gender strength=2", .badValue),
            ("RETRAIN mitigate=parity attribute=gender rating=biases", .badValue),
            ("RETRAIN mitigate=parity attribute=gender ranking=popular", .badValue),
        ] {
            #expect(try harness.refusal(of: line) == code, "\(line)")
        }
        #expect(harness.engine.generation == 1)
    }

    @Test("an erased generation is served again after a restart")
    func restart() throws {
        let scratch: ScratchDirectory
        let before: [UInt8]
        let lines = ["PREDICT u05 i1", "RECOMMEND u05 k=4", "INFO"]
        do {
            let harness = try EngineHarness(PlantedGeneration.first())
            try harness.reply("RETRAIN mitigate=erase attribute=gender")
            before = try harness.bytes(lines)
            scratch = harness.scratch
        }
        let again = try EngineHarness(reopening: scratch)
        #expect(try again.bytes(lines) == before)
    }
}
