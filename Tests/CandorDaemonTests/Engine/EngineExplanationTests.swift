// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import RatingFiles
import TestSupport
import Testing

@testable import CandorDaemon

@Suite("Engine: explanations")
struct EngineExplanationTests {
    /// The real generation, read and trained once for all tests; few sweeps, as the promises hold
    /// for any factors.
    private static let real = Result {
        try PlantedGeneration.train(
            DatasetReader.read(#require(RealData.directory("ml-1m"))).dataset,
            options: TrainingOptions(
                bayesian: BayesianOptions(factors: 15, sweeps: 4, burnIn: 2, samples: 2),
                implicit: RankingHeadOptions(factors: 16, sweeps: 2)))
    }

    /// Whether a line's amounts sum to the score, and the score is the one that is served.
    private func check(
        _ harness: EngineHarness, user: String, item: String, served: Double?, top: Int
    ) throws {
        for head in HeadName.allCases {
            let line = "EXPLAIN \(user) \(item) head=\(head.rawValue) top=\(top)"
            let reply = try harness.reply(line)
            let score = try #require(reply["score"]?.double)
            let sum = reply.numbers("share").reduce(0, +)
            #expect(abs(sum - score) <= 1e-9, "\(line): \(sum) is not \(score)")
            switch head {
            case .rating:
                let prediction = try harness.reply("PREDICT \(user) \(item)")
                #expect(prediction["score"]?.double?.bitPattern == score.bitPattern, "\(line)")
                #expect(prediction["stars"] == reply["stars"], "\(line)")
            case .ranking:
                guard let served else { continue }
                #expect(served.bitPattern == score.bitPattern, "\(line)")
            }
        }
    }

    @Test("lines add up to the served score for every user and item of the planted data")
    func planted() throws {
        let harness = try EngineHarness()
        let items = (1...20).map { "i\($0)" } + ["unseen"]
        for user in 0..<PlantedData.userCount {
            let token = PlantedData.token(ofUser: user)
            let list = try harness.reply("RECOMMEND \(token) k=1000")
            let served = Dictionary(
                uniqueKeysWithValues: zip(list.texts("item"), list.numbers("score")))
            #expect(served.count == 9)
            for item in items {
                try check(harness, user: token, item: item, served: served[item], top: 5)
            }
        }
    }

    @Test("every rating has its own line if asked for, and the rest is counted if not")
    func lines() throws {
        let harness = try EngineHarness()
        let all = try harness.reply("EXPLAIN u01 i3 head=rating top=1000")
        #expect(all.texts("line").count { $0 == "share" } == 12)
        #expect(!all.texts("line").contains("rest"))
        #expect(all.texts("title").starts(with: ["mean", "item", "population"]))
        let short = try harness.reply("EXPLAIN u01 i3 head=rating top=3")
        #expect(short.texts("line") == ["base", "base", "base", "share", "share", "share", "rest"])
        #expect(short.texts("title").last == "9 further ratings")
        #expect(short.rows.dropLast() == all.rows.prefix(6))
        let shares = short.numbers("share")[3...5].map(\.magnitude)
        #expect(shares == shares.sorted(by: >))
        let rated = try harness.reply("SHOW user u01 limit=100")
        for (item, rating) in zip(all.texts("item"), all.numbers("rating")) {
            #expect(rated.cell("rating", where: "item", is: item) == .number(rating))
        }
    }

    @Test("an effect is what taking that rating back does to the score")
    func effects() throws {
        for head in HeadName.allCases {
            let line = "EXPLAIN u01 i3 head=\(head.rawValue) top=12"
            let before = try EngineHarness().reply(line)
            let score = try #require(before["score"]?.double)
            let rated = before.rows.filter { $0[0] == .text("share") }
            #expect(rated.count == 12)
            for row in rated.prefix(3) {
                guard case .text(let item) = row[1] else { continue }
                let harness = try EngineHarness()
                try harness.reply("UNRATE u01 \(item)")
                let after = try #require(try harness.reply(line)["score"]?.double)
                let effect = try #require(row[5].double)
                #expect(abs(after - score - effect) < 1e-9, "\(item)")
            }
        }
    }

    @Test("ratings of the moment are explained, not those of the training")
    func changes() throws {
        let harness = try EngineHarness()
        try harness.reply("RATE u01 i20 5")
        try harness.reply("RATE fresh i2 5")
        for user in ["u01", "fresh"] {
            let list = try harness.reply("RECOMMEND \(user) k=1000")
            for (item, score) in zip(list.texts("item"), list.numbers("score")) {
                try check(harness, user: user, item: item, served: score, top: 100)
            }
        }
        #expect(try harness.reply("EXPLAIN u01 i3 top=99").texts("item").contains("i20"))
        #expect(try harness.reply("EXPLAIN fresh i3").texts("item") == ["i2"])
    }

    @Test(
        "lines add up to the served score for a sample of real users and items",
        .enabled(if: RealData.directory("ml-1m") != nil, Comment(rawValue: RealData.absent)))
    func real() throws {
        let harness = try EngineHarness(Self.real.get())
        for user in stride(from: 1, through: 6040, by: 251) {
            let list = try harness.reply("RECOMMEND \(user) k=1000")
            let served = Array(zip(list.texts("item"), list.numbers("score")))
            for (item, score) in served.prefix(3) + served.suffix(3) {
                try check(harness, user: "\(user)", item: item, served: score, top: 10)
            }
            let rated = try harness.reply("SHOW user \(user) limit=2").texts("item")
            for item in rated {
                try check(harness, user: "\(user)", item: item, served: nil, top: 10)
            }
        }
    }

    @Test(
        "PREDICT, RECOMMEND and EXPLAIN give the same bits for real users, by both heads",
        .enabled(if: RealData.directory("ml-1m") != nil, Comment(rawValue: RealData.absent)))
    func sameBits() throws {
        let harness = try EngineHarness(Self.real.get())
        for user in stride(from: 7, through: 6040, by: 431) {
            for head in HeadName.allCases {
                let list = try harness.reply("RECOMMEND \(user) k=10 rank=\(head.rawValue)")
                let served = zip(list.numbers("score"), list.numbers("stars"))
                for (item, (score, stars)) in zip(list.texts("item"), served) {
                    let predicted = try harness.reply("PREDICT \(user) \(item)")
                    let told = try harness.reply("EXPLAIN \(user) \(item) head=\(head.rawValue)")
                    #expect(told["score"]?.double?.bitPattern == score.bitPattern)
                    #expect(predicted["stars"]?.double?.bitPattern == stars.bitPattern)
                    guard head == .rating else { continue }
                    #expect(predicted["score"]?.double?.bitPattern == score.bitPattern)
                    #expect(told["stars"]?.double?.bitPattern == stars.bitPattern)
                }
                #expect(list.rows.count == 10)
            }
        }
    }
}
