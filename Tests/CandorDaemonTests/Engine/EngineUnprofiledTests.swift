// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings
import Testing

@testable import CandorDaemon

@Suite("Engine: lists without a profile")
struct EngineUnprofiledTests {
    private let harness: EngineHarness

    init() throws { harness = try EngineHarness() }

    @Test("are the same for everybody, whatever they have rated", arguments: ["ranking", "rating"])
    func sameForAll(rank: String) throws {
        func list(_ user: String) throws -> Reply {
            try harness.reply("RECOMMEND \(user) k=21 rank=\(rank) profile=none")
        }
        let first = try list("u01")
        for user in ["u02", "nobody", "stranger"] { #expect(try list(user) == first) }
        let top = try #require(first.texts("item").first)
        try harness.reply("RATE u01 \(top) 1")
        #expect(try list("u01") == first)
        #expect(first["source"] == .text("no-profile"))
        #expect(first["sorted_by"]?.string?.isEmpty == false)
    }

    @Test("are in the order that sorted_by says")
    func order() throws {
        let generation = try PlantedGeneration.first()
        let counts = Dictionary(
            grouping: PlantedData.dataset().ratings.items, by: { Int($0) }
        ).mapValues(\.count)
        let places = (0..<generation.items.count).sorted {
            (-(counts[$0] ?? 0), $0) < (-(counts[$1] ?? 0), $1)
        }
        let popular = try harness.reply("RECOMMEND u01 k=21 profile=none")
        #expect(popular.texts("item") == places.map { generation.items[ItemIndex($0)].id.token })
        #expect(popular.numbers("score") == places.map { Double(counts[$0] ?? 0) })

        let head = generation.ratingHead
        let nobody = head.foldIn(.empty).vector
        let scores = (0..<generation.items.count).map { head.score(of: ItemIndex($0), for: nobody) }
        let starred = try harness.reply("RECOMMEND u01 k=21 rank=rating profile=none")
        let best = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
        #expect(starred.texts("item") == best.map { generation.items[ItemIndex($0)].id.token })
        #expect(starred.numbers("score") == best.map { scores[$0] })
        #expect(
            popular.numbers("stars") == places.map { generation.scale.clamp(scores[$0]) })
    }
}
