// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The layout of MovieLens since 2014: comma-separated with a header, half stars.
///
/// `ratings.csv` userId,movieId,rating,timestamp; `movies.csv` movieId,title,genre|genre, titles
/// with commas in quotes. MovieLens has no users file; where there is a `users.csv`, `userId` and any
/// further columns, these are attributes of users (`UserColumns`). `tags.csv` and `links.csv` are not
/// read.
enum MovieLensCSVFiles {
    /// Reads the side file in `folder` and the header of the ratings.
    static func source(
        in folder: String, names: [String], ledger: inout BadLineLedger
    ) throws(ReadError) -> RatingSource {
        let items = try movies(folder + "/movies.csv", &ledger)
        let users = names.contains("users.csv") ? try users(folder + "/users.csv", &ledger) : nil
        let ratingsPath = folder + "/ratings.csv"
        return RatingSource(
            format: .movieLensCSV, ratingsPath: ratingsPath,
            layout: .header(.comma, expected: "userId,movieId,rating,timestamp"),
            scale: RatingScale(minimum: 0.5, maximum: 5),
            users: users.map { ($0, $0.attributes(preferred: UserRows.movieLensCategories)) },
            items: items, sidePaths: [items.source, users?.source].compactMap { $0 })
    }

    private static func movies(
        _ path: String, _ ledger: inout BadLineLedger
    ) throws(ReadError) -> ItemRows {
        let need =
            "ratings.csv beside it needs it; to read the ratings alone, name ratings.csv "
            + "itself"
        let names = try SideTable.columnNames(
            of: path, need: need, delimiter: .comma, ledger)
        let shape = "movieId,title,genres"
        guard names.prefix(3) == ["movieId", "title", "genres"] else {
            throw .header(
                path: path, found: BadLine.excerpt(Array(names.joined(separator: ",").utf8)),
                expected: shape)
        }
        var rows = ItemRows(source: path)
        let table = SideTable(
            path: path, need: need, delimiter: .comma, fieldCount: names.count, shape: shape,
            hasHeader: true)
        try table.read(&ledger) { fields, encoding throws(LineFault) in
            let title = try encoding.text(fields[1])
            let listed = try encoding.text(fields[2])
            let genres = listed == "(no genres listed)" ? [] : listed.split(separator: "|")
            try rows.append(
                fields[0], encoding: encoding, title: title, genres: genres.map(String.init),
                year: ItemRows.year(inTitle: title))
        }
        return rows
    }

    private static func users(
        _ path: String, _ ledger: inout BadLineLedger
    ) throws(ReadError) -> UserRows {
        let names = try SideTable.columnNames(
            of: path, need: "", delimiter: .comma, ledger)
        let shape = names.joined(separator: ",")
        guard let id = names.firstIndex(of: "userId") else {
            throw .header(
                path: path, found: BadLine.excerpt(Array(shape.utf8)),
                expected: "a column userId, and others that become attributes")
        }
        let columns = UserColumns(names, id: id)
        var rows = UserRows(source: path, attributeNames: columns.names)
        let table = SideTable(
            path: path, need: "", delimiter: .comma, fieldCount: names.count, shape: shape,
            hasHeader: true)
        try table.read(&ledger) { fields, encoding throws(LineFault) in
            try rows.append(
                fields[id], encoding: encoding, labels: try columns.labels(fields, encoding))
        }
        return rows
    }
}
