// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Engine: mitigated lists")
struct EngineMitigationTests {
    private let harness: EngineHarness

    init() throws { harness = try EngineHarness() }

    private static let requests = [
        "calibrated=0.5", "novelty=0.05", "floor=1960s:3", "floor=Drama:50%",
        "calibrated=0.3 novelty=0.02 floor=tail:1,1970s:2",
    ]

    @Test("EXPLAIN's lines add up to the score that RECOMMEND lists", arguments: requests)
    func sums(options: String) throws {
        for user in ["u01", "u08", "u40"] {
            for rank in ["ranking", "rating"] {
                let list = try harness.reply("RECOMMEND \(user) k=5 rank=\(rank) \(options)")
                #expect(list.rows.count == 5)
                for (place, item) in list.texts("item").enumerated() {
                    let explanation = try harness.reply(
                        "EXPLAIN \(user) \(item) head=\(rank) k=5 top=3 \(options)")
                    let score = try #require(explanation["score"]?.double)
                    #expect(score == list.numbers("score")[place])
                    #expect(abs(explanation.numbers("share").reduce(0, +) - score) < 1e-9)
                    #expect(explanation["rank"] == .integer(place + 1))
                    #expect(explanation["before"] == list.column("before")[place])
                    let plain = try harness.reply("EXPLAIN \(user) \(item) head=\(rank) top=3")
                    let kept = explanation.rows.filter { $0[0] != .text("adjustment") }
                    #expect(kept == plain.rows)
                }
            }
        }
    }

    @Test("before is the rank without the options")
    func before() throws {
        let plain = try harness.reply("RECOMMEND u05 k=1000").texts("item")
        for options in Self.requests {
            let list = try harness.reply("RECOMMEND u05 k=6 \(options)")
            for (item, before) in zip(list.texts("item"), list.numbers("before")) {
                #expect(plain.firstIndex(of: item) == Int(before) - 1)
            }
        }
    }

    @Test("floors are met, whatever the case of a genre's name")
    func floors() throws {
        let list = try harness.reply("RECOMMEND u01 k=6 floor=dRAMA:50%")
        #expect(list.texts("title").count { $0.hasPrefix("Garden") } >= 3)
        let decade = try harness.reply("RECOMMEND u01 k=4 floor=1970s:4")
        #expect(decade.texts("title").allSatisfy { $0.contains("(197") })
        let popular = try harness.reply("RECOMMEND nobody k=4 floor=1970s:2")
        #expect(popular.texts("title").count { $0.contains("(197") } >= 2)
    }

    @Test("an item outside the list is explained by what it would have added last")
    func outside() throws {
        let reply = try harness.reply("EXPLAIN u01 unseen k=2 calibrated=0.5")
        #expect(reply["rank"] == .missing)
        let score = try #require(reply["score"]?.double)
        #expect(abs(reply.numbers("share").reduce(0, +) - score) < 1e-9)
    }

    @Test("what makes no sense is refused")
    func refusals() throws {
        for (line, code) in [
            ("RECOMMEND nobody calibrated=0.5", WireCode.noHistory),
            ("RECOMMEND stranger novelty=0.1", .noHistory),
            ("RECOMMEND u01 floor=Western:1", .badValue),
            ("RECOMMEND u01 floor=1930s:1", .noCandidates),
            ("RECOMMEND u01 k=2 floor=1960s:2,1970s:2", .noCandidates),
            ("EXPLAIN u01 unseen novelty=0.1", .noRatings),
        ] {
            #expect(try harness.refusal(of: line) == code, "\(line)")
        }
    }
}
