// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import RatingFiles
import TestSupport
import Testing

@testable import CandorDaemon

@Suite("Engine: frontiers")
struct EngineFrontierTests {
    /// What a frontier says of one measure at one strength.
    private struct Cell {
        let value: Double
        let change: Double
        let low: Double
        let high: Double
    }

    private func cell(_ reply: Reply, _ strength: Double, _ metric: String) throws -> Cell {
        let places = reply.rows.indices.filter {
            reply.numbers("strength")[$0] == strength && reply.texts("metric")[$0] == metric
        }
        try #require(places.count == 1, "\(strength) \(metric)")
        func number(_ column: String) throws -> Double {
            try #require(reply.column(column)[places[0]].double, "\(column) of \(metric)")
        }
        return Cell(
            value: try number("value"), change: try number("change"),
            low: try number("change_low"), high: try number("change_high"))
    }

    @Test("erasing an attribute lowers score gaps and leakage; strength 0 is plain training")
    func erasure() throws {
        let harness = try EngineHarness(PlantedGeneration.first(), threads: 2)
        let line = "AUDIT frontier ERASE by=gender points=3 resamples=100 seed=5"
        let reply = try harness.reply(line)
        #expect(reply["method"] == .text("erase"))
        #expect(reply["attribute"] == .text("gender"))
        #expect(reply["target"] == .text("score_gap"))
        #expect(reply["users"] == .integer(40))
        #expect(Set(reply.numbers("strength")) == [0, 0.5, 1])
        #expect(try cell(reply, 0, "score_gap").change == 0)
        let (half, whole) = (
            try cell(reply, 0.5, "score_gap"), try cell(reply, 1, "score_gap")
        )
        #expect(half.change < 0)
        #expect(whole.value < half.value)
        #expect(whole.low <= whole.change && whole.change <= whole.high)
        #expect(try harness.reply(line) == reply)
        // The plain point is what AUDIT measures.
        let audit = try harness.reply("AUDIT resamples=100")
        let rmse = audit.rows.indices.filter {
            audit.texts("group")[$0] == "all" && audit.texts("metric")[$0] == "rmse"
        }.compactMap { audit.column("value")[$0].double }
        #expect(abs(try cell(reply, 0, "rmse").value - (try #require(rmse.first))) < 1e-12)
        // Nothing that serves has changed.
        #expect(try harness.info("mitigation") == .text("none"))
    }

    @Test("calibrated lists come nearer to what users like, the more the stronger")
    func calibration() throws {
        let harness = try EngineHarness(PlantedGeneration.first(), threads: 2)
        let reply = try harness.reply(
            "AUDIT frontier calibrated by=gender points=3 resamples=100")
        #expect(reply["target"] == .text("miscalibration"))
        let levels = try [0, 0.5, 1].map { try cell(reply, $0, "miscalibration").value }
        #expect(levels[0] >= levels[1] && levels[1] >= levels[2])
        // Lists are ranked again, stars are the same.
        #expect(try cell(reply, 1, "rmse").change == 0)
    }

    @Test("what a frontier cannot do is refused at once, with what to do")
    func refusals() throws {
        let harness = try EngineHarness()
        #expect(try harness.refusal(of: "AUDIT frontier erase by=shoe") == .unknownAttribute)
        #expect(try harness.refusal(of: "AUDIT frontier erase by=activity") == .unknownAttribute)
    }

    @Test(
        "on real data, erasure takes the linear trace of gender away at next to no cost",
        .enabled(if: RealData.directory("ml-100k") != nil, "\(RealData.absent)"))
    func realErasure() throws {
        let data = try DatasetReader.read(#require(RealData.directory("ml-100k"))).dataset
        let harness = try EngineHarness(
            PlantedGeneration.train(
                data,
                options: TrainingOptions(
                    bayesian: BayesianOptions(
                        factors: 15, sweeps: 8, burnIn: 4, samples: 2, neighbours: 0),
                    implicit: RankingHeadOptions(factors: 16, sweeps: 4))), threads: 2)
        let reply = try harness.reply("AUDIT frontier erase by=gender points=2 resamples=100")
        let leakage = try cell(reply, 1, "leakage")
        #expect(try cell(reply, 0, "leakage").value > 0.6)
        #expect(leakage.change < -0.05)
        #expect(try cell(reply, 1, "score_gap").change < 0)
        #expect(abs(try cell(reply, 1, "rmse").change) < 0.01)
    }
}
