// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Testing

@testable import CandorDaemon

/// What would be otherwise: without=, FLIP and WHYNOT against taking the ratings back for real.
@Suite("Engine: counterfactuals")
struct EngineCounterfactualTests {
    /// The reply to `line` of an engine whose user u01 has taken some ratings back.
    private func reply(_ line: String, without items: [String]) throws -> Reply {
        let harness = try EngineHarness()
        for item in items { try harness.reply("UNRATE u01 \(item)") }
        return try harness.reply(line)
    }

    /// The items of u01's ratings.
    private func rated() throws -> [String] {
        try EngineHarness().reply("SHOW user u01 limit=100").texts("item")
    }

    @Test("an explanation without ratings is that of somebody who has not given them")
    func without() throws {
        let rated = try rated()
        for head in HeadName.allCases {
            for count in [1, 4, rated.count - 1] {
                let removed = Array(rated.prefix(count))
                let line = "EXPLAIN u01 i3 head=\(head.rawValue) top=100"
                let told = try EngineHarness().reply(
                    line + " without=" + removed.joined(separator: ","))
                let expected = try reply(line, without: removed)
                let before = try EngineHarness().reply(line)
                #expect(told["score_before"] == before["score"])
                #expect(told["removed"] == .integer(removed.count))
                #expect(told.texts("item") == expected.texts("item"))
                for column in ["share", "effect"] {
                    for (a, b) in zip(told.numbers(column), expected.numbers(column)) {
                        #expect(abs(a - b) < 1e-9)
                    }
                }
                let score = try #require(told["score"]?.double)
                #expect(abs(score - (expected["score"]?.double ?? .nan)) < 1e-9)
                #expect(abs(told.numbers("share").reduce(0, +) - score) < 1e-9)
            }
        }
    }

    @Test("without all ratings what is expected of anybody is left")
    func withoutAll() throws {
        let all = try rated().joined(separator: ",")
        let rating = try EngineHarness().reply("EXPLAIN u01 i3 head=rating without=\(all)")
        let nobody = try EngineHarness().reply("PREDICT nobody i3")
        #expect(
            abs((rating["score"]?.double ?? .nan) - (nobody["score"]?.double ?? 0)) < 1e-9)
        let ranking = try EngineHarness().reply("EXPLAIN u01 i3 without=\(all)")
        #expect(ranking["score"] == .number(0) && ranking.rows.isEmpty)
    }

    @Test("only ratings that were given can be left out")
    func withoutWrong() throws {
        let harness = try EngineHarness()
        #expect(try harness.refusal(of: "EXPLAIN u01 i3 without=i99") == .unknownItem)
        let unrated = try #require(
            (1...20).map { "i\($0)" }.first { item in (try? rated())?.contains(item) == false })
        #expect(try harness.refusal(of: "EXPLAIN u01 i3 without=\(unrated)") == .notRated)
    }

    @Test("without the ratings that FLIP names the list begins with another item")
    func flip() throws {
        for head in HeadName.allCases {
            let harness = try EngineHarness()
            let list = try harness.reply("RECOMMEND u01 k=5 rank=\(head.rawValue)")
            let told = try harness.reply("FLIP u01 head=\(head.rawValue)")
            #expect(told["item"] == .text(list.texts("item")[0]))
            #expect(told["rank"] == .integer(1) && told["k"] == .integer(1))
            let removed = told.texts("item")
            guard case .integer(let size)? = told["size"] else {
                #expect(told["short"] == .text("none-within-50"))
                continue
            }
            #expect(size == removed.count && size > 0)
            let after = try reply(
                "RECOMMEND u01 k=20 rank=\(head.rawValue)", without: removed
            ).texts("item").filter { !removed.contains($0) }
            #expect(told["instead"] == .text(after[0]))
            let place = try #require(after.firstIndex(of: list.texts("item")[0]))
            #expect(told["new_rank"] == .integer(place + 1) && place > 0)
        }
    }

    @Test("an item that is not in the list needs no flip, and says why")
    func notListed() throws {
        let harness = try EngineHarness()
        let list = try harness.reply("RECOMMEND u01 k=20").texts("item")
        let last = try #require(list.last)
        let low = try harness.reply("FLIP u01 \(last) k=2")
        #expect(low["size"] == .integer(0) && low["short"] == .text("not-listed"))
        let rated = try rated()[0]
        let known = try harness.reply("FLIP u01 \(rated)")
        #expect(known["size"] == .integer(0) && known["short"] == .text("rated"))
        let in2 = try harness.reply("FLIP u01 \(list[1]) k=2")
        #expect(in2["rank"] == .integer(2) && in2["k"] == .integer(2))
    }

    @Test("WHYNOT tells rank and gap, and each lift lifts")
    func whyNot() throws {
        for head in HeadName.allCases {
            let harness = try EngineHarness()
            let list = try harness.reply("RECOMMEND u01 k=20 rank=\(head.rawValue)")
            let (items, scores) = (list.texts("item"), list.numbers("score"))
            let told = try harness.reply("WHYNOT u01 \(items[4]) k=3 head=\(head.rawValue)")
            #expect(told["rank"] == .integer(5) && told["listed"] == .flag(false))
            #expect(told["last"] == .text(items[2]))
            #expect(abs((told["gap"]?.double ?? .nan) - (scores[2] - scores[4])) < 1e-12)
            for row in told.rows where row[0] == .text("lift") {
                guard case .text(let item) = row[1], case .text(let change) = row[6],
                    case .integer(let rank) = row[8]
                else { continue }
                let other = try EngineHarness()
                try other.reply(
                    change == "remove"
                        ? "UNRATE u01 \(item)" : "RATE u01 \(item) \(change.dropFirst(5))")
                let after = try other.reply("RECOMMEND u01 k=20 rank=\(head.rawValue)")
                    .texts("item").filter { $0 != item }
                #expect(after.firstIndex(of: items[4]) == rank - 1, "\(change) \(item)")
            }
            let first = try harness.reply("WHYNOT u01 \(items[0]) head=\(head.rawValue)")
            #expect(first["listed"] == .flag(true) && first["rank"] == .integer(1))
            let known = try rated()[0]
            let out = try harness.reply("WHYNOT u01 \(known) k=3 head=\(head.rawValue)")
            #expect(out["filter"] == .text("rated") && out["listed"] == .flag(false))
        }
    }

    @Test("questions about nobody and nothing are refused")
    func unknown() throws {
        let harness = try EngineHarness()
        #expect(try harness.refusal(of: "FLIP stranger") == .unknownUser)
        #expect(try harness.refusal(of: "FLIP nobody") == .noHistory)
        #expect(try harness.refusal(of: "WHYNOT u01 i99") == .unknownItem)
        #expect(try harness.refusal(of: "EXPORT explanation nobody i1") == .noHistory)
    }

    @Test("so many searches run at a time and not one more, until one has ended")
    func limit() throws {
        let harness = try EngineHarness()
        let tickets = try (0..<Engine.searchesMax).map { number in
            try harness.begin(number % 2 == 0 ? "FLIP u01" : "WHYNOT u01 i3")
        }
        #expect(try harness.refusal(of: "FLIP u02") == .limitExceeded)
        #expect(try harness.refusal(of: "WHYNOT u02 i3") == .limitExceeded)
        #expect(try harness.refusal(of: "EXPLAIN u02 i3") == nil)
        for ticket in tickets {
            #expect(throws: Never.self) { try harness.answer(to: ticket).response.get() }
        }
        #expect(try harness.refusal(of: "FLIP u02") == nil)
    }

    @Test("parameters of a score are exported for every head")
    func export() throws {
        let harness = try EngineHarness()
        for (head, kind) in [("ranking", "ranking"), ("rating", "bayesian")] {
            let reply = try harness.reply("EXPORT explanation u01 i3 head=\(head)")
            #expect(reply["kind"] == .text(kind))
            #expect(Set(reply.texts("item")) == Set(try rated()))
            let told = try harness.reply("EXPLAIN u01 i3 head=\(head)")
            #expect(reply["score"] == told["score"])
        }
    }

    @Test("FIDELITY is measured, quoted by EXPLAIN and INFO, and there after a restart")
    func fidelity() throws {
        let (scratch, slope) = try measured()
        let again = try EngineHarness(reopening: scratch)
        #expect(try again.reply("EXPLAIN u01 i3")["retrain_slope"] == slope)
    }

    /// Measures, asks who quotes it and ends the engine; the slope is the ranking head's.
    private func measured() throws -> (scratch: ScratchDirectory, slope: Value?) {
        let harness = try EngineHarness()
        #expect(try harness.info("retrain_slope_ranking") == .text("unmeasured"))
        #expect(try harness.reply("EXPLAIN u01 i3")["retrain_slope"] == nil)
        let told = try harness.reply("FIDELITY users=10 seed=3")
        #expect(told.texts("head") == ["ranking", "rating"])
        for head in HeadName.allCases {
            let slope = told.cell("slope", where: "head", is: head.rawValue)
            let explained = try harness.reply("EXPLAIN u01 i3 head=\(head.rawValue)")
            #expect(explained["retrain_slope"] == slope && slope?.double != nil)
            #expect(try harness.info("retrain_slope_" + head.rawValue) == slope)
        }
        return (harness.scratch, told.cell("slope", where: "head", is: "ranking"))
    }
}
