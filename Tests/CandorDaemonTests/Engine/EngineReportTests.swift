// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Report
import Testing

@testable import CandorDaemon

@Suite("Engine: reports")
struct EngineReportTests {
    @Test("both forms are of one measurement, made once a generation")
    func forms() throws {
        let harness = try EngineHarness()
        let page = try harness.reply("REPORT")
        let numbers = try harness.reply("REPORT form=numbers")
        #expect(page["numbers"] == numbers["numbers"])
        #expect(numbers["numbers"] == .integer(numbers.rows.count))
        let lines = page.texts("text")
        #expect(lines.first == "<!DOCTYPE html>" && lines.last == "</html>")
        for id in numbers.texts("id") {
            #expect(lines.contains { $0.contains("<code>\(id)</code>") })
        }
        #expect(try harness.reply("REPORT") == page)
        _ = try harness.reply("RETRAIN seed=5")
        #expect(try harness.reply("REPORT form=numbers").texts("id") != numbers.texts("id"))
    }

    @Test("the audit's numbers are those of AUDIT, and so is where the frontier begins")
    func audit() throws {
        let harness = try EngineHarness()
        let report = try harness.reply("REPORT form=numbers")
        let audit = try harness.reply("AUDIT section=all")
        func number(_ name: String) throws -> Double {
            try #require(report.cell("value", where: "number", is: name)?.double, "\(name)")
        }
        var compared = 0
        for place in audit.rows.indices {
            let group = audit.texts("group")[place]
            let name = [
                "audit", audit.texts("metric")[place], audit.texts("attribute")[place], group,
                "value",
            ].joined(separator: ".")
            guard report.texts("number").contains(name) else { continue }
            #expect(audit.column("value")[place].double == (try number(name)), "\(name)")
            compared += 1
        }
        #expect(compared > 10)
        let plain = try number("frontier.0.00.ndcg@10")
        #expect(abs(try number("audit.ndcg@10.all.all.value") - plain) < 1e-9)
        let first = try number("frontier.0.00.miscalibration")
        #expect(try number("frontier.1.00.miscalibration") <= first)
    }

    @Test("figures are those of the generation's model trained on the first 70% by time")
    func recomputation() throws {
        let harness = try EngineHarness()
        let reply = try harness.reply("REPORT form=numbers")
        let generation = try PlantedGeneration.first()
        let parts = ChronologicalParts(generation.matrix)
        let head = try BayesianTrainer.train(
            parts.train, features: ItemFeatures(generation.items),
            options: PlantedGeneration.options.bayesian)
        var (squares, count) = (0.0, 0.0)
        let test = parts.later[1].matrix
        for user in 0..<test.userCount {
            let vector = head.foldIn(parts.train.profile(of: UserIndex(user))).vector
            let truth = test.profile(of: UserIndex(user))
            for (item, value) in zip(truth.items, truth.values) {
                let score = head.score(of: ItemIndex(rawValue: item), for: vector)
                let error = min(max(score, 1), 5) - Double(value)
                squares += error * error
                count += 1
            }
        }
        let rmse = (squares / count).squareRoot()
        let found = reply.cell("value", where: "number", is: "later.test.rmse.served")
        guard case .number(let value)? = found else {
            Issue.record("no such number")
            return
        }
        #expect(abs(value - rmse) < 1e-12)
        let source = reply.cell("data", where: "number", is: "later.test.rmse.served")
        #expect(source == .text(generation.manifest.dataHash))
    }
}
