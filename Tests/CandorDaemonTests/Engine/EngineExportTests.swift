// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Ratings
import Testing

@testable import CandorDaemon

@Suite("Engine: export")
struct EngineExportTests {
    private let harness: EngineHarness

    init() throws { harness = try EngineHarness() }

    /// The rows of one kind, each as a dictionary of its cells by column.
    private func records(_ kind: String, of reply: Reply) -> [[String: Value]] {
        reply.rows.filter { $0[0] == .text(kind) }.map { row in
            Dictionary(uniqueKeysWithValues: zip(reply.columns, row))
        }
    }

    @Test("all ratings of a user come out as the data has them, beyond the limit of other replies")
    func complete() throws {
        let data = PlantedData.dataset()
        let user = try #require(UserID("everything"))
        let itemCount = 1_500
        let items = try (0..<itemCount).map {
            Item(id: try #require(ItemID("item-\($0)")), title: "Title \($0)")
        }
        var ratings = RatingColumns()
        for (place, _) in items.enumerated() {
            for person in [0, 1, 2] where person < 2 || place % 3 == 0 {
                ratings.append(
                    user: UserIndex(person), item: ItemIndex(place),
                    value: Float(1 + (place + person) % 5), timestamp: Int64(1 + place))
            }
        }
        let big = Dataset(
            name: "big", isSynthetic: true,
            users: UserTable([user] + data.users.ids.prefix(2)), items: Catalogue(items),
            ratings: ratings, scale: data.scale)
        let harness = try EngineHarness(PlantedGeneration.train(big))
        let reply = try harness.reply("EXPORT user everything")
        let exported = records("rating", of: reply)
        #expect(exported.count == itemCount)
        for (place, record) in exported.enumerated() {
            #expect(record["item"] == .text("item-\(place)"))
            #expect(record["rating"] == .number(Double(1 + place % 5)))
            #expect(record["time"] == .integer(1 + place))
            #expect(record["origin"] == .text("data"))
        }
        #expect(reply["records"] == .integer(reply.rows.count))
        #expect(reply["next"] == nil)
    }

    @Test(
        "an answer that would exceed a reply's limit says where it continues, and nothing is lost")
    func continued() throws {
        let long = String(repeating: "\u{1}", count: 1 << 20)
        let items = try (0..<40).map {
            Item(id: try #require(ItemID("i\($0)")), title: "\($0) " + long)
        }
        var ratings = RatingColumns()
        for place in items.indices {
            for person in 0..<2 {
                ratings.append(
                    user: UserIndex(person), item: ItemIndex(place),
                    value: Float(1 + (place + person) % 5), timestamp: 0)
            }
        }
        let users = PlantedData.dataset().users.ids.prefix(2)
        let harness = try EngineHarness(
            PlantedGeneration.train(
                Dataset(
                    name: "long", isSynthetic: true, users: UserTable(Array(users)),
                    items: Catalogue(items), ratings: ratings,
                    scale: RatingScale(minimum: 1, maximum: 5))))
        var seen: [String] = []
        var next: Value? = .integer(1)
        while case .integer(let first)? = next {
            let line = "EXPORT user u01 from=\(first)"
            #expect(try harness.bytes([line]).count <= Limits.replyBytesMax)
            let reply = try harness.reply(line)
            #expect(!reply.rows.isEmpty)
            seen += records("rating", of: reply).compactMap { $0["item"]?.string }
            next = reply["next"]
        }
        #expect(seen == items.map(\.id.token))
    }

    @Test("ratings are told by where they come from, also once they are part of the data")
    func origins() throws {
        try harness.reply("RATE u03 unseen 4 at=1000")
        try harness.reply("RATE u03 unseen 5 at=2000")
        for line in [nil, "RETRAIN seed=4"] {
            if let line { try harness.reply(line) }
            let reply = try harness.reply("EXPORT user u03")
            let ratings = records("rating", of: reply)
            #expect(ratings.count == 13)
            let unseen = try #require(ratings.first { $0["item"] == .text("unseen") })
            #expect(unseen["origin"] == .text("journal"))
            #expect(unseen["rating"] == .number(5))
            #expect(unseen["sequence"] == .integer(2))
            #expect(ratings.count { $0["origin"] == .text("data") } == 12)
            #expect(
                records("change", of: reply).map { $0["sequence"] } == [.integer(1), .integer(2)])
        }
        let generations = records("generation", of: try harness.reply("EXPORT user u03"))
        #expect(generations.map { $0["origin"]?.string } == ["2", "2", "1", "1"])
        #expect(generations[0]["value"] == .text("identifier, attributes and 13 ratings"))
        #expect(generations[2]["value"] == .text("identifier, attributes and 12 ratings"))
    }

    @Test("somebody whom only the journal knows is exported, nobody else's records come along")
    func newcomer() throws {
        try harness.reply("RATE fresh i1 4 at=1000")
        try harness.reply("RATE other i2 3 at=1000")
        try harness.reply("UNRATE fresh i1")
        let reply = try harness.reply("EXPORT user fresh")
        #expect(reply.texts("record") == ["change", "change"])
        #expect(reply.texts("name") == ["rate", "unrate"])
        #expect(reply.texts("item") == ["i1", "i1"])
        #expect(try harness.refusal(of: "EXPORT user stranger") == .unknownUser)
    }
}
