// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Foundation
import Ratings
import TestSupport
import Testing

@testable import CandorDaemon

@Suite("Parquet exports")
struct ParquetExportTests {
    private let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    /// The planted generation with changes since: somebody new, a rating more and one taken back.
    private func overlay() throws -> RatingOverlay {
        var overlay = RatingOverlay()
        overlay.apply(try .sample("newcomer", "i1", 4, at: 978_307_200))
        overlay.apply(try .sample("u01", "unseen", 3, at: 0))
        overlay.apply(try .sample("u01", "i1", nil))
        return overlay
    }

    private func export(
        _ generation: Generation, _ overlay: RatingOverlay = RatingOverlay(), top: Int? = nil,
        threads: Int = 2, tables: [ExportTable] = ExportTable.allCases
    ) throws -> [ExportedFile] {
        try ParquetExport(
            generation, overlay: overlay, listLength: 5, predictionCount: top, threads: threads
        ).write(tables, into: scratch.path) { _, _ in true }
    }

    private func read(_ name: String) throws -> [String: [ReadColumn.Cell]] {
        let reader = try TinyParquetReader(scratch.bytes(name + ".parquet"))
        return Dictionary(uniqueKeysWithValues: reader.columns.map { ($0.name, $0.cells) })
    }

    @Test("predictions are PREDICT's stars of every pair without a rating, bit for bit")
    func predictions() throws {
        let generation = try PlantedGeneration.first()
        let overlay = try overlay()
        _ = try export(generation, overlay)
        let table = try read("pred_df")
        let harness = try EngineHarness(generation)
        try harness.reply("RATE newcomer i1 4 at=978307200")
        try harness.reply("RATE u01 unseen 3 at=0")
        try harness.reply("UNRATE u01 i1")
        var place = 0
        for user in generation.users.ids.map(\.token) + ["newcomer"] where user != "nobody" {
            let rated = Set(try harness.reply("SHOW user \(user) limit=100").texts("item"))
            for item in generation.items.items.map(\.id.token) where !rated.contains(item) {
                let prediction = try harness.reply("PREDICT \(user) \(item)")
                let stars = try #require(prediction["stars"]?.double)
                #expect(table["user_id"]?[place] == .text(user))
                #expect(table["movie_id"]?[place] == .text(item))
                #expect(table["predicted_rating"]?[place] == .double(stars))
                place += 1
            }
        }
        #expect(table["user_id"]?.count == place)
    }

    @Test("lists are RECOMMEND's, ratings and titles those that count")
    func lists() throws {
        let generation = try PlantedGeneration.first()
        _ = try export(generation)
        let harness = try EngineHarness(generation)
        let lists = try read("top_k")
        let ratings = try read("ratings")
        var (listed, rated) = (0, 0)
        for user in generation.users.ids.map(\.token) {
            let reply = try harness.reply("RECOMMEND \(user) k=5")
            for row in reply.rows {
                #expect(lists["user_id"]?[listed] == .text(user))
                #expect(lists["rank"]?[listed] == .integer(Int64(row[0].double ?? 0)))
                #expect(lists["movie_id"]?[listed] == .text(row[1].string ?? ""))
                #expect(lists["score"]?[listed] == .double(row[3].double ?? .nan))
                #expect(lists["predicted_rating"]?[listed] == .double(row[4].double ?? .nan))
                listed += 1
            }
            let id = try #require(UserID(user))
            let index = try #require(generation.users.index(of: id))
            let profile = generation.matrix.profile(of: index)
            for entry in profile.items.indices {
                let item = generation.items[ItemIndex(rawValue: profile.items[entry])]
                #expect(ratings["user_id"]?[rated] == .text(user))
                #expect(ratings["movie_id"]?[rated] == .text(item.id.token))
                #expect(ratings["rating"]?[rated] == .float(profile.values[entry]))
                #expect(
                    ratings["timestamp"]?[rated] == .integer(profile.timestamps[entry] * 1000))
                rated += 1
            }
        }
        #expect(listed == lists["rank"]?.count && rated == ratings["rating"]?.count)
        let movies = try read("movie_map")
        #expect(movies["movie_id"] == generation.items.items.map { .text($0.id.token) })
        #expect(movies["title"] == generation.items.items.map { .text($0.title) })
    }

    @Test("base + item factors · user factors, and neighbours, are the score of either head")
    func factors() throws {
        let generation = try PlantedGeneration.first()
        _ = try export(generation)
        for (name, head) in [
            ("rating", generation.ratingHead as any LinearHead),
            ("ranking", generation.rankingHead),
        ] {
            let items = try read("\(name)_item_factors")
            let users = try read("\(name)_user_factors")
            func number(_ cell: ReadColumn.Cell?) -> Double {
                if case .double(let number)? = cell { number } else { .nan }
            }
            for user in [0, 7, 40] {
                let profile = generation.matrix.profile(of: UserIndex(user))
                let vector = head.foldIn(profile).vector
                let plain = (0..<generation.items.count).map { item in
                    (1...head.dimensions).reduce(number(items["base"]?[item])) {
                        $0 + number(items["f\($1)"]?[item]) * number(users["f\($1)"]?[user])
                    }
                }
                for item in plain.indices {
                    let score = try neighbours(of: item, name, profile, generation).reduce(
                        plain[item]
                    ) { $0 + $1.weight * ($1.value - plain[$1.item]) }
                    #expect(abs(score - head.score(of: ItemIndex(item), for: vector)) < 1e-9)
                }
            }
        }
    }

    /// Rated neighbours as the table has them; none of the ranking head.
    private func neighbours(
        of item: Int, _ name: String, _ profile: Profile, _ generation: Generation
    ) throws -> [(item: Int, weight: Double, value: Double)] {
        guard name == "rating" else { return [] }
        let table = try read("rating_item_neighbours")
        let token = ReadColumn.Cell.text(generation.items[ItemIndex(item)].id.token)
        return (table["movie_id"] ?? []).enumerated().filter { $1 == token }.compactMap { row, _ in
            let neighbour = table["neighbour_id"]?[row]
            guard
                let place = generation.items.items.firstIndex(where: {
                    .text($0.id.token) == neighbour
                }), let position = profile.position(of: ItemIndex(place)),
                case .float(let weight)? = table["weight"]?[row]
            else { return nil }
            return (place, Double(weight), Double(profile.values[position]))
        }
    }

    @Test("top= keeps a user's highest predictions, highest first")
    func highest() throws {
        let generation = try PlantedGeneration.first()
        _ = try export(generation, top: 4, tables: [.predictions])
        let table = try read("pred_df")
        #expect(table["user_id"]?.count == 40 * 4)
        let harness = try EngineHarness(generation)
        let best = try harness.reply("RECOMMEND u09 k=4 rank=rating")
        let first = try #require(table["user_id"]?.firstIndex(of: .text("u09")))
        #expect(
            table["movie_id"]?[first..<first + 4] == best.texts("item").map { .text($0) }[...])
    }

    @Test("identifiers are whole numbers where all of them are, and a missing time is missing")
    func numbers() throws {
        let planted = PlantedData.dataset()
        let data = Dataset(
            name: "numbers", isSynthetic: true,
            users: UserTable(
                try planted.users.ids.indices.map { try #require(UserID("\($0 * 3 + 1)")) }),
            items: Catalogue(
                try planted.items.items.enumerated().map { place, item in
                    Item(
                        id: try #require(ItemID(place == 3 ? "007" : "\(place)")),
                        title: item.title)
                }),
            ratings: RatingColumns(
                users: planted.ratings.users, items: planted.ratings.items,
                values: planted.ratings.values,
                timestamps: planted.ratings.timestamps.map { $0 % 2 == 0 ? 0 : $0 }),
            scale: planted.scale)
        _ = try export(PlantedGeneration.train(data), tables: [.ratings])
        let table = try read("ratings")
        #expect(table["user_id"]?.first == .integer(1))
        // 007 is another identifier than 7, and so all of them are texts.
        #expect(table["movie_id"]?.contains(.text("007")) == true)
        #expect(table["timestamp"]?.contains(.missing) == true)
    }

    @Test("files do not depend on threads; a cancelled export leaves no file half-written")
    func files() throws {
        let generation = try PlantedGeneration.first()
        let files = try export(generation, threads: 1)
        let bytes = try files.map { try scratch.bytes($0.name) }
        #expect(bytes.map(\.count) == files.map(\.byteCount))
        #expect(try export(generation, threads: 3) == files)
        #expect(try files.map { try scratch.bytes($0.name) } == bytes)
        let export = ParquetExport(generation, listLength: 5, predictionCount: nil, threads: 1)
        #expect(throws: ExportError.cancelled) {
            try export.write([.movies, .predictions], into: scratch.path) { done, _ in done < 0.4 }
        }
        #expect(try scratch.names() == files.map(\.name).sorted())
    }

    @Test(
        "pandas and pyarrow read the files and compute them from one another",
        .enabled(if: PythonProgram.hasParquet, "SKIPPED: no python3 with pandas and pyarrow"))
    func agreement() throws {
        _ = try export(PlantedGeneration.first(), overlay())
        let result = try PythonProgram.run("parquet_agreement.py", [scratch.path])
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("ok   pred_df joins movie_map"))
    }
}
