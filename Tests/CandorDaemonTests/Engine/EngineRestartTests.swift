// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Engine: restarts")
struct EngineRestartTests {
    private static let questions = ["fresh", "u01", "u02", "u03"].flatMap { user in
        [
            "SHOW user \(user) limit=100", "RECOMMEND \(user) k=100", "PREDICT \(user) i7",
            "EXPLAIN \(user) i8 top=100", "EXPLAIN \(user) i8 head=rating top=100",
        ]
    }

    @Test("after a restart every answer has the bytes it had before, and sequences go on")
    func ratingsSurvive() throws {
        let (scratch, before) = try rate()
        let harness = try EngineHarness(reopening: scratch)
        #expect(try harness.bytes(Self.questions) == before)
        #expect(try harness.info("ratings_since_training") == .integer(4))
        #expect(try harness.reply("RATE u01 i1 3")["sequence"] == .integer(5))
    }

    @Test("a retrain after a restart learns from the ratings given before it")
    func retrainAfterRestart() throws {
        let scratch = try rate().scratch
        let harness = try EngineHarness(reopening: scratch)
        #expect(try harness.reply("RETRAIN")["users"] == .integer(PlantedData.userCount + 2))
        #expect(try harness.info("journal_sequence") == .integer(4))
        #expect(try harness.reply("RECOMMEND fresh")["source"] == .text("personal"))
    }

    /// Changes ratings of three users and ends the engine; the answers are those it gave last.
    private func rate() throws -> (scratch: ScratchDirectory, answers: [UInt8]) {
        let harness = try EngineHarness()
        for line in [
            "RATE fresh i1 5", "RATE fresh i2 1", "RATE u01 unseen 4 at=978300000",
            "UNRATE u02 \(try #require(harness.reply("SHOW user u02").texts("item").first))",
        ] {
            try harness.reply(line)
        }
        return (harness.scratch, try harness.bytes(Self.questions))
    }
}
