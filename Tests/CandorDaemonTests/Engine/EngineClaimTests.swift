// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import RatingFiles
import TestSupport
import Testing

@testable import CandorDaemon

@Suite("Engine: claims")
struct EngineClaimTests {
    /// The real generation, read and trained once; few sweeps, as texts hold for any factors.
    private static let real = Result {
        try PlantedGeneration.train(
            DatasetReader.read(#require(RealData.directory("ml-1m"))).dataset,
            options: TrainingOptions(
                bayesian: BayesianOptions(factors: 15, sweeps: 4, burnIn: 2, samples: 2),
                implicit: RankingHeadOptions(factors: 16, sweeps: 4)))
    }

    /// Every sentence that the templates make of an answer must be supported by its claims.
    private func checkText(_ harness: EngineHarness, _ user: String, _ item: String) throws {
        for head in HeadName.allCases {
            let facts = try harness.reply("FACTS \(user) \(item) form=text head=\(head.rawValue)")
            let text = facts.texts("text").joined(separator: " ")
            let quoted = Quoting.word(text)
            let marks = try harness.reply(
                "VERIFY \(user) \(item) \(quoted) head=\(head.rawValue)")
            #expect(marks.texts("text") == facts.texts("text"))
            for (mark, sentence) in zip(marks.texts("mark"), marks.texts("text")) {
                #expect(mark == "supported", "\(user) \(item) \(head): \(sentence)")
            }
        }
    }

    @Test("every sentence of the templates is supported for every user and item of planted data")
    func plantedTexts() throws {
        let harness = try EngineHarness()
        let items = (1...20).map { "i\($0)" } + ["unseen"]
        for user in ["u01", "u02", "u23", "nobody", "stranger"] {
            for item in items { try checkText(harness, user, item) }
        }
        // Ratings that came since.
        try harness.reply("RATE newcomer i1 5")
        for item in items { try checkText(harness, "newcomer", item) }
        try harness.reply("RATE newcomer i2 1")
        for item in items { try checkText(harness, "newcomer", item) }
    }

    @Test(
        "every sentence of the templates is supported for hundreds of real pairs",
        .enabled(if: RealData.directory("ml-1m") != nil, "\(RealData.absent)"))
    func realTexts() throws {
        let harness = try EngineHarness(Self.real.get())
        for step in 0..<120 {
            let user = "\(1 + step * 50)"
            let list = try harness.reply("RECOMMEND \(user) k=3")
            let history = try harness.reply("SHOW user \(user) limit=1")
            let tail = "\(1 + step * 31)"
            var items = list.texts("item").suffix(2) + history.texts("item")
            if try harness.refusal(of: "SHOW item \(tail)") == nil { items.append(tail) }
            for item in items { try checkText(harness, user, item) }
        }
    }

    @Test("what a claim names as its evidence holds the value, bit for bit")
    func evidence() throws {
        let harness = try EngineHarness()
        var checked: Set<String> = []
        for (user, item) in [("u01", "i5"), ("u02", "i2"), ("nobody", "i1"), ("u07", "unseen")] {
            for head in HeadName.allCases {
                let facts = try harness.reply(
                    "FACTS \(user) \(item) head=\(head.rawValue) top=4")
                for (place, evidence) in facts.texts("evidence").enumerated() {
                    let parts = evidence.split(separator: " -> ").map(String.init)
                    guard parts.count == 2, let found = try value(harness, parts[0], parts[1])
                    else { continue }
                    let predicate = facts.texts("predicate")[place]
                    let stated = facts.column("value")[place]
                    switch predicate {
                    case "part of all shares", "rated by user", "short one would be honest",
                        "recommended", "half of the 80% interval", "rank of share", "title":
                        continue
                    case "ratings" where parts[1] == "ratings" && parts[0].hasPrefix("PREDICT"):
                        if facts.texts("subject")[place] != "user" { continue }
                    default: break
                    }
                    checked.insert(predicate)
                    #expect(stated.double ?? -1 == found.double ?? -1, "\(predicate): \(evidence)")
                    if let text = stated.string { #expect(found.string == text) }
                }
            }
        }
        for predicate in [
            "ratings", "mean rating", "rank", "ranking score", "predicted rating", "deviation",
            "share", "rating", "score", "part that holds for everyone", "year", "genres", "source",
        ] { #expect(checked.contains(predicate), "\(predicate)") }
    }

    /// The value at `place` of the reply to `line`; nil for places in words.
    private func value(_ harness: EngineHarness, _ line: String, _ place: String) throws -> Value? {
        guard !line.contains(","), !place.hasPrefix("no row") else { return nil }
        let reply = try harness.reply(line)
        let words = place.split(separator: " ").map(String.init)
        if words.count == 1 { return reply[place] }
        if words[0] == "row", let row = Int(words[1]), words.count == 3 {
            return reply.column(words[2])[row - 1]
        }
        guard words.count == 6, words[0] == "rows", let first = Int(words[1]),
            let last = Int(words[3])
        else { return nil }
        let column = reply.column(String(words[4].dropLast())).compactMap(\.double)
        return .number(column[(first - 1)..<last].reduce(0, +))
    }

    @Test("ranks are places of the list, whatever the item")
    func ranks() throws {
        let harness = try EngineHarness()
        for user in ["u01", "u14", "nobody"] {
            let list = try harness.reply("RECOMMEND \(user) k=1000").texts("item")
            for (place, item) in list.enumerated() {
                let facts = try harness.reply("FACTS \(user) \(item)")
                #expect(facts.cell("value", where: "predicate", is: "rank") == .integer(place + 1))
                let isRecommended = facts.cell("value", where: "predicate", is: "recommended")
                #expect(isRecommended == .flag(place < 10))
            }
        }
    }

    @Test("a text of some paragraphs fits in one request")
    func paragraphs() throws {
        let harness = try EngineHarness()
        let paragraph = String(repeating: "You have rated 12 titles. It is from 1964. ", count: 25)
        let text = [paragraph, paragraph, paragraph].joined(separator: "\n\n")
        let line = "VERIFY u01 i5 " + Quoting.word(text)
        #expect(line.utf8.count < Limits.lineBytesMax)
        let reply = try harness.reply(line)
        #expect(reply["supported"] == .integer(150))
        #expect(reply.rows.count == 150)
    }
}
