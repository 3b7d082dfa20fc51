// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol
import Factors
import Parquet
import Ratings

/// Writes what a generation predicts and holds as Parquet files, for other programs.
///
/// | file | columns |
/// |---|---|
/// | `pred_df.parquet` | user_id, movie_id, predicted_rating: every pair without a rating, or each user's best |
/// | `top_k.parquet` | user_id, rank, movie_id, score, predicted_rating |
/// | `movie_map.parquet` | movie_id, title |
/// | `ratings.parquet` | user_id, movie_id, rating, timestamp |
/// | `rating_item_factors.parquet`, `ranking_item_factors.parquet` | movie_id, base, f1 … |
/// | `rating_item_neighbours.parquet` | movie_id, neighbour_id, weight |
/// | `rating_user_factors.parquet`, `ranking_user_factors.parquet` | user_id, f1 … |
///
/// Rows are in the order of users and then items (lists: rank). Users without ratings are left out of
/// the predictions. predicted_rating is PREDICT's stars and score RECOMMEND's, bit for bit;
/// base + Σ item fₖ · user fₖ is a head's score, and where the user has rated neighbours weight · (rating
/// − the same sum for the neighbour) more for each. Identifiers are whole numbers where all of them are
/// written as such, else text. Memory is bounded by one row group, whatever the number of rows.
public struct ParquetExport: Sendable {
    /// Rows that are made at a time, over all threads.
    static let batchRows = 1 << 17

    let generation: Generation
    let overlay: RatingOverlay
    let threads: Int
    /// The items of each list.
    private let listLength: Int
    /// How many of a user's predictions are written, the highest; nil for all.
    private let predictionCount: Int?
    let userIDs: [UserID]
    let users: TokenColumn
    let items: TokenColumn

    /// Exports `generation` with the ratings that came since.
    ///
    /// - Parameters:
    ///   - generation: What predicts.
    ///   - overlay: The ratings that came since it was trained.
    ///   - listLength: The items of each list.
    ///   - predictionCount: How many of a user's predictions are written, the highest; nil for all.
    ///   - threads: Threads to predict with; the files do not depend on it.
    public init(
        _ generation: Generation, overlay: RatingOverlay = RatingOverlay(), listLength: Int,
        predictionCount: Int?, threads: Int
    ) {
        self.generation = generation
        self.overlay = overlay
        self.listLength = listLength
        self.predictionCount = predictionCount
        self.threads = threads
        userIDs =
            generation.users.ids
            + overlay.newUsers(users: generation.users, items: generation.items)
        users = TokenColumn(userIDs.map(\.token))
        items = TokenColumn(generation.items.items.map(\.id.token))
    }

    /// Writes `tables` into the existing folder at `path`.
    ///
    /// A file of the same name is replaced at once or not at all, and durable on return. `progress`
    /// gets 0…1 and a stage, and returns false to cancel.
    public func write(
        _ tables: [ExportTable], into path: String, progress: (Double, String) -> Bool
    ) throws(ExportError) -> [ExportedFile] {
        var files: [ExportedFile] = []
        for (place, table) in tables.enumerated() {
            func report(_ fraction: Double) throws(ExportError) {
                let done = (Double(place) + fraction) / Double(tables.count)
                guard progress(done, "writing \(table.rawValue)") else { throw .cancelled }
            }
            try report(0)
            switch table {
            case .predictions: files.append(try predictions(path, report))
            case .lists: files.append(try lists(path, report))
            case .movies: files.append(try movies(path))
            case .ratings: files.append(try ratings(path, report))
            case .itemFactors:
                for (name, head) in heads {
                    files.append(try itemFactors(path, name, head))
                    if let neighbours = head.designs.neighbours {
                        files.append(try itemNeighbours(path, name, neighbours))
                    }
                }
            case .userFactors:
                for (name, head) in heads {
                    files.append(try userFactors(path, name, head, report))
                }
            }
        }
        return files
    }

    private var heads: [(name: String, head: any LinearHead)] {
        [("rating", generation.ratingHead), ("ranking", generation.rankingHead)]
    }

    typealias Report = (Double) throws(ExportError) -> Void

    private func predictions(_ path: String, _ report: Report) throws(ExportError) -> ExportedFile {
        let columns = [
            users.column("user_id"), items.column("movie_id"),
            ParquetColumn("predicted_rating", .double),
        ]
        let rowsPerUser = predictionCount ?? generation.items.count
        return try write("pred_df", columns, path) { write throws(ExportError) in
            try forEachBatch(rowsPerUser, report) { user in
                Self.predictions(generation, profile(of: user), count: predictionCount)
            } body: { (batch: [(user: Int, rows: [ScoredItem])]) throws(ExportError) in
                try write([
                    users.values(batch.flatMap { batch in batch.rows.map { _ in batch.user } }),
                    items.values(batch.flatMap { $0.rows.map(\.item.position) }),
                    .doubles(batch.flatMap { $0.rows.map(\.score) }),
                ])
            }
        }
    }

    /// The stars of all items without a rating, in the catalogue's order, or of the best `count`.
    private static func predictions(
        _ generation: Generation, _ profile: Profile, count: Int?
    ) -> [ScoredItem] {
        guard !profile.isEmpty else { return [] }
        let head = generation.ratingHead
        let vector = head.foldIn(profile).vector
        if let count {
            return TopK.select(head, vector, count: count, excluding: profile).map {
                ScoredItem(item: $0.item, score: generation.scale.clamp($0.score))
            }
        }
        var scored: [ScoredItem] = []
        scored.reserveCapacity(generation.items.count - profile.count)
        var rated = profile.items[...]
        for position in 0..<generation.items.count {
            if rated.first.map(Int.init) == position {
                rated.removeFirst()
                continue
            }
            let item = ItemIndex(position)
            scored.append(
                ScoredItem(
                    item: item, score: generation.scale.clamp(head.score(of: item, for: vector))))
        }
        return scored
    }

    private func lists(_ path: String, _ report: Report) throws(ExportError) -> ExportedFile {
        let columns = [
            users.column("user_id"), ParquetColumn("rank", .integer), items.column("movie_id"),
            ParquetColumn("score", .double), ParquetColumn("predicted_rating", .double),
        ]
        return try write("top_k", columns, path) { write throws(ExportError) in
            try forEachBatch(listLength, report) { user in
                list(of: profile(of: user))
            } body: {
                (batch: [(user: Int, rows: [(scored: ScoredItem, stars: Double)])])
                    throws(ExportError) in
                try write([
                    users.values(batch.flatMap { batch in batch.rows.map { _ in batch.user } }),
                    .integers(batch.flatMap { $0.rows.indices.map { Int64($0 + 1) } }),
                    items.values(batch.flatMap { $0.rows.map { $0.scored.item.position } }),
                    .doubles(batch.flatMap { $0.rows.map { $0.scored.score } }),
                    .doubles(batch.flatMap { $0.rows.map { $0.stars } }),
                ])
            }
        }
    }

    /// What RECOMMEND lists for somebody with these ratings.
    private func list(of profile: Profile) -> [(scored: ScoredItem, stars: Double)] {
        let rating = generation.ratingHead.foldIn(profile).vector
        let list =
            if profile.isEmpty {
                generation.popularity.select(count: listLength, excluding: profile)
            } else {
                TopK.select(
                    generation.rankingHead, generation.rankingHead.foldIn(profile).vector,
                    count: listLength, excluding: profile)
            }
        return list.map { scored in
            let score = generation.ratingHead.score(of: scored.item, for: rating)
            return (scored, generation.scale.clamp(score))
        }
    }

    private func movies(_ path: String) throws(ExportError) -> ExportedFile {
        let columns = [items.column("movie_id"), ParquetColumn("title", .text)]
        return try write("movie_map", columns, path) { write throws(ExportError) in
            for start in stride(from: 0, to: generation.items.count, by: Self.batchRows) {
                let range = start..<min(start + Self.batchRows, generation.items.count)
                try write([
                    items.values(Array(range)),
                    .texts(range.map { generation.items[ItemIndex($0)].title }),
                ])
            }
        }
    }

    private func ratings(_ path: String, _ report: Report) throws(ExportError) -> ExportedFile {
        let columns = [
            users.column("user_id"), items.column("movie_id"), ParquetColumn("rating", .float),
            ParquetColumn("timestamp", .time, isOptional: true),
        ]
        let mean = generation.matrix.count / max(1, generation.users.count) + 1
        return try write("ratings", columns, path) { write throws(ExportError) in
            try forEachBatch(mean, report) {
                profile(of: $0)
            } body: {
                (batch: [(user: Int, rows: Profile)]) throws(ExportError) in
                try write([
                    users.values(
                        batch.flatMap { batch in batch.rows.items.map { _ in batch.user } }),
                    items.values(batch.flatMap { $0.rows.items.map(Int.init) }),
                    .floats(batch.flatMap { $0.rows.values }),
                    .times(
                        batch.flatMap { batch in
                            batch.rows.timestamps.map { $0 == 0 ? nil : $0 &* 1000 }
                        }),
                ])
            }
        }
    }
}
