// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Ratings
import Testing

@testable import CandorDaemon

@Suite("Engine: forgetting")
struct EngineForgetTests {
    /// A user of the data, u05 under a name that nothing else resembles.
    private static let token = "zq-distinctive-4711"
    private let harness: EngineHarness

    init() throws { harness = try EngineHarness(PlantedGeneration.train(Self.data())) }

    /// The planted data with u05 renamed, or as if u05 had never been there.
    private static func data(withUser: Bool = true) throws -> Dataset {
        let planted = PlantedData.dataset()
        let position = 4
        var kept = Array(planted.users.ids.indices)
        if !withUser { kept.remove(at: position) }
        let ids = try kept.map { place in
            place == position ? try #require(UserID(token)) : planted.users.ids[place]
        }
        var ratings = RatingColumns()
        for entry in 0..<planted.ratings.count {
            guard let user = kept.firstIndex(of: Int(planted.ratings.users[entry])) else {
                continue
            }
            ratings.append(
                user: UserIndex(user), item: ItemIndex(rawValue: planted.ratings.items[entry]),
                value: planted.ratings.values[entry],
                timestamp: planted.ratings.timestamps[entry])
        }
        return Dataset(
            name: planted.name, isSynthetic: true,
            users: UserTable(
                ids,
                attributes: planted.users.attributes.map { attribute in
                    UserAttribute(
                        name: attribute.name, categories: attribute.categories,
                        codes: kept.map { attribute.codes[$0] })
                }), items: planted.items, ratings: ratings, scale: planted.scale)
    }

    /// The files below the state directory that hold the token.
    private func filesWithToken() throws -> [String] {
        try FolderSearch.files(in: harness.scratch.file("state"), holding: Self.token)
    }

    private func rateAndRetrain() throws {
        for (user, item, rating) in [
            (Self.token, "i1", 2), ("fresh", "i3", 5), (Self.token, "unseen", 4), ("u07", "i2", 1),
            ("fresh", "i2", 1),
        ] {
            try harness.reply("RATE \(user) \(item) \(rating) at=978400000")
        }
        try harness.reply("RETRAIN seed=3")
        try harness.reply("RATE \(Self.token) i2 5")
        try harness.reply("RATE u08 i2 5 at=978500000")
    }

    @Test("no answer knows the user any more, and the answer says what was done")
    func answers() throws {
        try rateAndRetrain()
        let ratings = try harness.reply("SHOW user \(Self.token)")["ratings"]
        let count = try harness.reply("SHOW item unseen")["ratings"]
        #expect(count == .integer(1))
        let reply = try harness.reply("FORGET \(Self.token)")
        #expect(reply["ratings"] == ratings)
        #expect(reply["changes"] == .integer(3))
        #expect(reply["rewritten"] == .text("2,1"))
        #expect(reply["embedded"] == .text("2,1"))
        #expect(reply.texts("place").contains("sources"))
        for verb in ["SHOW user", "EXPORT user", "FORGET"] {
            #expect(try harness.refusal(of: "\(verb) \(Self.token)") == .unknownUser)
        }
        #expect(try harness.refusal(of: "EXPLAIN \(Self.token) i5") == .unknownUser)
        #expect(try harness.reply("RECOMMEND \(Self.token)")["reason"] == .text("unknown-user"))
        #expect(try harness.reply("SHOW item unseen")["ratings"] == .integer(0))
        #expect(try harness.refusal(of: "SIMILAR unseen") == .noRatings)
        #expect(try harness.info("users") == .integer(41))
        #expect(try harness.info("forgotten_users") == .integer(1))
    }

    @Test("everybody else's answers keep their bits")
    func others() throws {
        try rateAndRetrain()
        let lines =
            ["u01", "u04", "u06", "u40", "fresh", "nobody", "u08"].flatMap { user in
                ["SHOW user \(user)", "PREDICT \(user) i5"]
                    + (user == "nobody" ? [] : ["RECOMMEND \(user) k=50"])
            } + ["EXPLAIN u06 i5", "EXPLAIN u40 i5 head=rating", "SIMILAR i5"]
        // Of the deviations the common part of those whose noise is unknown may move.
        func answers() throws -> [[[Value]]] {
            try lines.map { line in
                let reply = try harness.reply(line)
                return reply.rows + [
                    reply.fields.filter { field in
                        !["deviation", "low", "high"].contains(field.name)
                    }.map(\.value)
                ]
            }
        }
        let before = try answers()
        try harness.reply("FORGET \(Self.token)")
        #expect(try answers() == before)
    }

    @Test("no file of the state directory holds the user's identifier any more")
    func bytes() throws {
        try rateAndRetrain()
        try harness.reply("EXPORT parquet")
        let holding = try filesWithToken()
        #expect(holding.contains("generations/000001/data.sections"))
        #expect(holding.contains("generations/000002/data.sections"))
        #expect(holding.contains { $0.hasPrefix("journal.sqlite") })
        #expect(holding.contains("exports/ratings.parquet"))
        try harness.reply("FORGET \(Self.token)")
        #expect(try filesWithToken() == [])
    }

    @Test("a restart finds the user gone")
    func restart() throws {
        let scratch: ScratchDirectory
        do {
            let harness = try EngineHarness(PlantedGeneration.train(Self.data()))
            try harness.reply("RATE \(Self.token) unseen 5")
            try harness.reply("FORGET \(Self.token)")
            scratch = harness.scratch
        }
        let reopened = try EngineHarness(reopening: scratch)
        #expect(try reopened.refusal(of: "SHOW user \(Self.token)") == .unknownUser)
        #expect(try reopened.info("users") == .integer(40))
    }

    @Test("a retrain afterwards has the hash of one that never saw the user")
    func retrain() throws {
        try rateAndRetrain()
        try harness.reply("FORGET \(Self.token)")
        let hash = try #require(try harness.reply("RETRAIN seed=11")["hash"])
        let data = try harness.info("data_hash")
        let never = try EngineHarness(PlantedGeneration.train(Self.data(withUser: false)))
        for (user, item, rating) in [("fresh", "i3", 5), ("u07", "i2", 1), ("fresh", "i2", 1)] {
            try never.reply("RATE \(user) \(item) \(rating) at=978400000")
        }
        try never.reply("RATE u08 i2 5 at=978500000")
        #expect(try never.reply("RETRAIN seed=11")["hash"] == hash)
        #expect(try never.info("data_hash") == data)
        #expect(try harness.info("forgotten_users") == nil)
        // With the user it is another one, so that the hash can tell.
        let other = try EngineHarness(PlantedGeneration.train(Self.data()))
        #expect(try other.reply("RETRAIN seed=11")["hash"] != hash)
    }

    @Test("a kept generation loads without the user, proved by its new hashes")
    func keptGenerations() throws {
        try rateAndRetrain()
        try harness.reply("FORGET \(Self.token)")
        let user = try #require(UserID(Self.token))
        for number in [1, 2] {
            let generation = try harness.store.load(number)
            #expect(generation.users.index(of: user) == nil)
            #expect(generation.manifest.userCount == generation.users.count)
            #expect(generation.manifest.ratingCount == generation.matrix.count)
            #expect(generation.manifest.forgottenUserCount == 1)
        }
        #expect(try harness.generationFolders() == ["000001", "000002"])
    }

    @Test("whoever rates under the identifier again is a new user")
    func again() throws {
        try harness.reply("FORGET \(Self.token)")
        #expect(try harness.reply("RATE \(Self.token) i7 5")["ratings"] == .integer(1))
        let shown = try harness.reply("SHOW user \(Self.token)")
        #expect(shown["source"] == .text("folded-in"))
        #expect(shown.texts("item") == ["i7"])
        try harness.reply("FORGET \(Self.token)")
        #expect(try harness.refusal(of: "SHOW user \(Self.token)") == .unknownUser)
        #expect(try filesWithToken() == [])
    }

    @Test(
        "a rating of the user that comes while it runs is forgotten too or a new user's, for good")
    func meanwhile() throws {
        let scratch: ScratchDirectory
        var shown: [String]?
        do {
            let harness = try EngineHarness(PlantedGeneration.train(Self.data()))
            try harness.reply("RATE \(Self.token) i2 5")
            let forgetting = try harness.begin("FORGET \(Self.token)")
            let rating = try harness.begin("RATE \(Self.token) i9 1", connection: 2)
            _ = try harness.answer(to: rating).response.get()
            _ = try harness.answer(to: forgetting).response.get()
            if try harness.refusal(of: "SHOW user \(Self.token)") == nil {
                shown = try harness.reply("SHOW user \(Self.token)").texts("item")
                #expect(shown == ["i9"])
            }
            scratch = harness.scratch
        }
        let reopened = try EngineHarness(reopening: scratch)
        if let shown {
            #expect(try reopened.reply("SHOW user \(Self.token)").texts("item") == shown)
        } else {
            #expect(try reopened.refusal(of: "SHOW user \(Self.token)") == .unknownUser)
        }
    }

    @Test("what could bring the user back waits, and forgetting waits for it")
    func exclusion() throws {
        let forgetting = try harness.begin("FORGET \(Self.token)")
        let waiting = [
            "RETRAIN", "EXPORT user u01", "EXPORT parquet", "FORGET u01", "FIDELITY", "REPORT",
            "AUDIT by=gender", "AUDIT diff 1 2", "AUDIT frontier erase by=gender",
        ]
        for line in waiting {
            #expect(try harness.refusal(of: line) == .forgetRunning)
        }
        _ = try harness.answer(to: forgetting).response.get()
        let slow = try EngineHarness(PlantedGeneration.slowToRetrain())
        _ = try slow.begin("RETRAIN force")
        #expect(try slow.refusal(of: "FORGET u01") == .retrainRunning)
    }

    @Test(
        "what began with the user's ratings ends before the user is forgotten",
        arguments: [("AUDIT by=gender", WireCode.auditRunning), ("REPORT", .reportRunning)])
    func readers(line: String, code: WireCode) throws {
        let running = try harness.begin(line)
        #expect(try harness.refusal(of: "FORGET \(Self.token)") == code)
        _ = try harness.answer(to: running).response.get()
        try harness.reply("FORGET \(Self.token)")
    }

    @Test("an audit of before does not stand for one of the data without the user")
    func audit() throws {
        let before = try harness.reply("AUDIT by=gender resamples=100")
        try harness.reply("FORGET \(Self.token)")
        let after = try harness.reply("AUDIT by=gender resamples=100")
        #expect(before["users"] == .integer(40))
        #expect(after["users"] == .integer(39))
    }

    @Test("a disk without room refuses it, and the user is still there")
    func fullDisk() throws {
        let harness = try EngineHarness(PlantedGeneration.first(), hasFullJournal: true)
        #expect(try harness.refusal(of: "FORGET u01") == .diskFull)
        #expect(try harness.reply("SHOW user u01")["ratings"] == .integer(12))
    }

    @Test("a start finishes what a crash cut short after the journal had lost the user")
    func interrupted() throws {
        try rateAndRetrain()
        let user = try #require(UserID(Self.token))
        _ = try harness.journal.beginForgetting(user)
        #expect(try !filesWithToken().isEmpty)
        try UnfinishedForgetting.finish(
            harness.journal, harness.store, log: LogRecorder().logger)
        #expect(try filesWithToken() == [])
        #expect(try harness.store.load(2).users.index(of: user) == nil)
    }
}
