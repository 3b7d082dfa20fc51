// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Engine: rating")
struct EngineRatingTests {
    private let harness: EngineHarness

    init() throws { harness = try EngineHarness() }

    /// Gives `twin` the ratings that `user` has in the data.
    private func copyRatings(of user: String, to twin: String) throws {
        let history = try harness.reply("SHOW user \(user) limit=1000")
        for (item, rating) in zip(history.texts("item"), history.numbers("rating")) {
            try harness.reply("RATE \(twin) \(item) \(rating)")
        }
    }

    /// Every answer about a user, without the fields that say whose and from where.
    private func answers(about user: String) throws -> [[[Value]]] {
        let items = try harness.reply("SEARCH story limit=100").texts("item") + ["unseen"]
        var answers = [try harness.reply("RECOMMEND \(user) k=1000").rows]
        for item in items {
            for head in HeadName.allCases {
                let reply = try harness.reply(
                    "EXPLAIN \(user) \(item) head=\(head.rawValue) top=99")
                answers.append(reply.rows + [[try #require(reply["score"])]])
            }
            let prediction = try harness.reply("PREDICT \(user) \(item)")
            answers.append([[try #require(prediction["score"]), try #require(prediction["stars"])]])
        }
        return answers
    }

    @Test("a rating counts in the next request, and its item is offered no more")
    func effect() throws {
        let before = try harness.reply("RECOMMEND u01")
        let first = try #require(before.texts("item").first)
        let reply = try harness.reply("RATE u01 \(first) 1")
        #expect(reply["ratings"] == .integer(13))
        #expect(reply["rating"] == .number(1))
        let after = try harness.reply("RECOMMEND u01")
        #expect(after["source"] == .text("folded-in"))
        #expect(!after.texts("item").contains(first))
        #expect(after.numbers("score") != Array(before.numbers("score").dropFirst()))
        #expect(try harness.reply("PREDICT u01 \(first)")["rated"] == .number(1))
    }

    @Test("a new user is served from the first rating on")
    func newUser() throws {
        for (user, loved, item) in [("fresh", "Space", "i1"), ("other", "Garden", "i2")] {
            let reply = try harness.reply("RATE \(user) \(item) 5 at=1000000000")
            #expect(reply["ratings"] == .integer(1))
            let list = try harness.reply("RECOMMEND \(user) k=5")
            #expect(list["source"] == .text("folded-in"))
            #expect(list.texts("title").first?.hasPrefix(loved) == true)
            #expect(list.texts("title").count { $0.hasPrefix(loved) } >= 3)
            let history = try harness.reply("SHOW user \(user)")
            #expect(history.texts("item") == [item])
            #expect(history.texts("date") == ["2001-09-09"])
        }
    }

    @Test("ratings that came by RATE give the same bits as the same ratings in the data")
    func foldIn() throws {
        for user in ["u01", "u16", "u40"] {
            let twin = "twin-of-\(user)"
            try copyRatings(of: user, to: twin)
            #expect(try harness.reply("RECOMMEND \(user)")["source"] == .text("personal"))
            #expect(try harness.reply("RECOMMEND \(twin)")["source"] == .text("folded-in"))
            #expect(try answers(about: twin) == answers(about: user))
        }
    }

    @Test("UNRATE, or rating as before, restores the earlier answers bit for bit")
    func restoring() throws {
        let before = try answers(about: "u05")
        let history = try harness.reply("SHOW user u05")
        let rated = try #require(history.texts("item").first)
        let rating = try #require(history.numbers("rating").first)
        let offered = try #require(try harness.reply("RECOMMEND u05").texts("item").first)
        try harness.reply("RATE u05 \(offered) 3")
        try harness.reply("RATE u05 \(rated) 2")
        #expect(try answers(about: "u05") != before)
        #expect(try harness.reply("UNRATE u05 \(offered)")["rating"] == .missing)
        try harness.reply("RATE u05 \(rated) \(rating)")
        #expect(try answers(about: "u05") == before)
    }

    @Test("a user who takes every rating back is known, without history")
    func takingAllBack() throws {
        try harness.reply("RATE fresh i1 4")
        try harness.reply("UNRATE fresh i1")
        let reply = try harness.reply("RECOMMEND fresh")
        #expect(reply["source"] == .text("popular"))
        #expect(reply["reason"] == .text("no-history"))
        #expect(try harness.refusal(of: "UNRATE fresh i1") == .notRated)
        #expect(try harness.reply("SHOW user fresh")["ratings"] == .integer(0))
    }

    @Test("who has rated everything gets a refusal, not an empty list")
    func nothingLeft() throws {
        for item in (1...20).map({ "i\($0)" }) + ["unseen"] {
            try harness.reply("RATE glutton \(item) 3")
        }
        #expect(try harness.refusal(of: "RECOMMEND glutton") == .noCandidates)
        try harness.reply("UNRATE glutton i7")
        #expect(try harness.reply("RECOMMEND glutton").texts("item") == ["i7"])
    }

    @Test(
        "what cannot be a rating is refused and changes nothing",
        arguments: [
            ("RATE u01 i1 5.01", WireCode.ratingOutOfScale), ("RATE u01 i1 0.9", .ratingOutOfScale),
            ("RATE u01 i99 3", .unknownItem), ("UNRATE u01 i99", .unknownItem),
            ("UNRATE u01 unseen", .notRated),
        ])
    func refusals(line: String, code: WireCode) throws {
        let before = try harness.bytes(["SHOW user u01", "RECOMMEND u01"])
        #expect(try harness.refusal(of: line) == code)
        #expect(try harness.bytes(["SHOW user u01", "RECOMMEND u01"]) == before)
        #expect(harness.journal.count == 0)
    }

    @Test("a rating that cannot be written is refused and does not count")
    func fullDisk() throws {
        let harness = try EngineHarness(PlantedGeneration.first(), hasFullJournal: true)
        let questions = ["SHOW user u01", "RECOMMEND u01", "PREDICT u01 i1"]
        let before = try harness.bytes(questions)
        for line in ["RATE u01 i1 3", "UNRATE u01 i1", "RATE fresh i1 3"] {
            #expect(try harness.refusal(of: line) == .diskFull)
        }
        #expect(try harness.bytes(questions) == before)
        #expect(try harness.reply("RECOMMEND fresh")["reason"] == .text("unknown-user"))
    }

    @Test("once the daemon stops, ratings are refused and questions answered")
    func stopping() throws {
        harness.engine.stop()
        for line in ["RATE u01 i1 3", "UNRATE u01 i1", "RETRAIN", "AUDIT"] {
            #expect(try harness.refusal(of: line) == .shuttingDown)
        }
        #expect(try harness.refusal(of: "RECOMMEND u01") == nil)
    }

    @Test("ratings begun before the daemon stops are acknowledged")
    func ratingsUnderWay() throws {
        let ticket = try harness.begin("RATE u01 i1 3")
        harness.engine.stop()
        #expect(throws: Never.self) { try harness.answer(to: ticket).response.get() }
        #expect(harness.journal.count == 1)
    }
}
