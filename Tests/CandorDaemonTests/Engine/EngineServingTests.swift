// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Engine: serving")
struct EngineServingTests {
    private let harness: EngineHarness

    init() throws { harness = try EngineHarness() }

    @Test("recommendations respect planted tastes", arguments: 0..<PlantedData.userCount)
    func tastes(user: Int) throws {
        let reply = try harness.reply("RECOMMEND \(PlantedData.token(ofUser: user)) k=21")
        #expect(reply["source"] == .text("personal"))
        // Eight of twenty are unrated; of those the loved ones must all come first.
        let titles = reply.texts("title").filter { $0.contains("Story") }
        let loved = PlantedData.lovedWord(ofUser: user)
        let lovedCount = titles.count { $0.hasPrefix(loved) }
        #expect((1..<titles.count).contains(lovedCount))
        #expect(titles.prefix(lovedCount).allSatisfy { $0.hasPrefix(loved) })
        let stars = zip(reply.texts("title"), reply.numbers("stars"))
        for (title, stars) in stars where title.contains("Story") {
            #expect(title.hasPrefix(loved) ? stars > 3.5 : stars < 2.5, "\(title) gets \(stars)")
        }
    }

    @Test("rated items are never recommended, and all others are")
    func exclusion() throws {
        for user in 0..<PlantedData.userCount {
            let token = PlantedData.token(ofUser: user)
            let rated = Set(try harness.reply("SHOW user \(token)").texts("item"))
            let offered = try harness.reply("RECOMMEND \(token) k=1000")
            #expect(rated.count == 12)
            #expect(rated.isDisjoint(with: offered.texts("item")))
            #expect(rated.count + offered.rows.count == 21)
            #expect(offered["excluded"] == .integer(12))
            #expect(offered["short"] == .text("catalogue-exhausted"))
        }
    }

    @Test("lists are sorted by score and a shorter list is the beginning of a longer one")
    func order() throws {
        let long = try harness.reply("RECOMMEND u07 k=9")
        let scores = long.numbers("score")
        #expect(scores == scores.sorted(by: >))
        #expect(long.column("rank") == (1...9).map { .integer($0) })
        for count in 1...8 {
            let short = try harness.reply("RECOMMEND u07 k=\(count)")
            #expect(short.rows == Array(long.rows.prefix(count)))
            #expect(short["short"] == nil)
        }
    }

    @Test("a user without history gets the popular list and says so")
    func withoutHistory() throws {
        let reply = try harness.reply("RECOMMEND nobody k=20")
        #expect(reply["source"] == .text("popular"))
        #expect(reply["reason"] == .text("no-history"))
        #expect(reply["ratings"] == .integer(0))
        let counts = try reply.texts("item").map { item in
            try #require(harness.reply("SHOW item \(item)")["ratings"]?.double)
        }
        #expect(reply.numbers("score") == counts)
        #expect(counts == counts.sorted(by: >))
        #expect(counts.first == 24)
        let prediction = try harness.reply("PREDICT nobody i1")
        #expect(prediction["source"] == .text("popular"))
        #expect(prediction["reason"] == .text("no-history"))
        #expect(try harness.refusal(of: "EXPLAIN nobody i1") == .noHistory)
    }

    @Test("an unknown user is served what is popular, and is no user to SHOW or EXPLAIN")
    func unknownUser() throws {
        let known = try harness.reply("RECOMMEND nobody")
        let unknown = try harness.reply("RECOMMEND stranger")
        #expect(unknown.rows == known.rows)
        #expect(unknown["reason"] == .text("unknown-user"))
        #expect(try harness.reply("PREDICT stranger i1")["reason"] == .text("unknown-user"))
        #expect(try harness.refusal(of: "SHOW user stranger") == .unknownUser)
        #expect(try harness.refusal(of: "EXPLAIN stranger i1") == .unknownUser)
        #expect(try harness.refusal(of: "UNRATE stranger i1") == .unknownUser)
        #expect(try harness.reply("STATS").column("verb").isEmpty, "the loop counts, not asking")
    }

    @Test("PREDICT and RECOMMEND give one item the same stars, and PREDICT knows what was rated")
    func consistency() throws {
        let list = try harness.reply("RECOMMEND u01 k=1000")
        for (item, stars) in zip(list.texts("item"), list.numbers("stars")) {
            let prediction = try harness.reply("PREDICT u01 \(item)")
            #expect(prediction["stars"] == .number(stars))
            #expect(prediction["rated"] == nil)
            let score = try #require(prediction["score"]?.double)
            #expect(stars == min(max(score, 1), 5))
        }
        let history = try harness.reply("SHOW user u01 limit=1000")
        for (item, rating) in zip(history.texts("item"), history.numbers("rating")) {
            #expect(try harness.reply("PREDICT u01 \(item)")["rated"] == .number(rating))
        }
    }

    @Test("an item's neighbours are those its audience loves too")
    func similar() throws {
        let reply = try harness.reply("SIMILAR i1 k=19")
        let ranked = Array(zip(reply.texts("title"), reply.numbers("similarity")))
        func mean(_ word: String) -> Double {
            let similarities = ranked.filter { $0.0.hasPrefix(word) }.map(\.1)
            return similarities.reduce(0, +) / Double(similarities.count)
        }
        #expect(ranked.count == 19)
        #expect(ranked.first?.0.hasPrefix("Space") == true)
        #expect(mean("Space") > mean("Garden") + 0.1)
        let similarities = reply.numbers("similarity")
        #expect(similarities == similarities.sorted(by: >))
        #expect(try harness.refusal(of: "SIMILAR unseen") == .noRatings)
        #expect(try harness.refusal(of: "SIMILAR i99") == .unknownItem)
    }

    @Test("SHOW and SEARCH tell what the data holds")
    func showing() throws {
        let user = try harness.reply("SHOW user u03 limit=5")
        #expect(user["gender"] == .text("M"))
        #expect(user["ratings"] == .integer(12))
        #expect(user["shown"] == .integer(5))
        #expect(user.numbers("rating") == user.numbers("rating").sorted(by: >))
        #expect(try harness.reply("SHOW user nobody")["gender"] == .missing)
        let item = try harness.reply("SHOW item i1")
        #expect(item.numbers("count").reduce(0, +) == item["ratings"]?.double)
        let found = try harness.reply("SEARCH garden sto")
        #expect(found.rows.count == 10)
        #expect(found.texts("title").allSatisfy { $0.hasPrefix("Garden") })
        #expect(try harness.reply("SEARCH zebra")["short"] == .text("no-match"))
    }
}
