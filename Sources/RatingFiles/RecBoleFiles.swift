// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// RecBole's atomic files: tab-separated, the header naming each column and its type.
///
/// `NAME.inter` needs columns for user, item and rating; `NAME.item` may give a title
/// (`movie_title`, `title`, `name`), a year (`release_year`, `year`) and genres between spaces
/// (`genre`, `genres`, `class`); every further column of `NAME.user` is an attribute of users
/// (`UserColumns`). The year is added to a title that lacks it, so that `Toy Story` of 1995 reads as
/// in MovieLens' own files.
enum RecBoleFiles {
    /// Reads the side files of `NAME.inter` in `folder`, those there are.
    static func source(
        in folder: String, inter: String, names: [String], ledger: inout BadLineLedger
    ) throws(ReadError) -> RatingSource {
        let stem = folder + "/" + inter.dropLast(".inter".count)
        let isThere = { (suffix: String) in names.contains(inter.dropLast(6) + suffix) }
        let items = isThere(".item") ? try items(stem + ".item", &ledger) : nil
        let users = isThere(".user") ? try users(stem + ".user", &ledger) : nil
        return RatingSource(
            format: .recBole, ratingsPath: stem + ".inter",
            layout: .header(
                .tab,
                expected: "at least user_id:token, item_id:token and rating:float between tabs"),
            scale: nil,
            users: users.map { ($0, $0.attributes(preferred: UserRows.movieLensCategories)) },
            items: items, sidePaths: [items?.source, users?.source].compactMap { $0 })
    }

    /// The columns of a side file by name, types dropped.
    private struct Header {
        let names: [String]
        /// The names with their types.
        let typed: [String]
        let shape: String

        init(
            _ path: String, idName: String, _ ledger: BadLineLedger
        ) throws(ReadError) {
            typed = try SideTable.columnNames(
                of: path, need: "", delimiter: .tab, ledger)
            names = typed.map { String($0.prefix { $0 != ":" }) }
            shape = typed.joined(separator: "<TAB>")
            guard names.contains(idName) else {
                throw .header(
                    path: path, found: BadLine.excerpt(Array(shape.utf8)),
                    expected: "a column \(idName):token")
            }
        }

        func position(_ accepted: [String]) -> Int? {
            accepted.lazy.compactMap { names.firstIndex(of: $0) }.first
        }
    }

    private static func items(
        _ path: String, _ ledger: inout BadLineLedger
    ) throws(ReadError) -> ItemRows {
        let header = try Header(path, idName: "item_id", ledger)
        let id = header.position(["item_id"]) ?? 0
        let titleField = header.position(["movie_title", "title", "name"])
        let yearField = header.position(["release_year", "year"])
        let genresField = header.position(["genre", "genres", "class"])
        var rows = ItemRows(source: path)
        let table = SideTable(
            path: path, need: "", delimiter: .tab, fieldCount: header.names.count,
            shape: header.shape, hasHeader: true)
        try table.read(&ledger) { fields, encoding throws(LineFault) in
            var title = try encoding.text(fields[titleField ?? id])
            var year = ItemRows.year(inTitle: title)
            if year == nil, let yearField {
                year = Int(String(decoding: fields[yearField], as: UTF8.self))
                if let year, titleField != nil { title += " (\(year))" }
            }
            var genres: [String] = []
            if let genresField {
                genres = try encoding.text(fields[genresField]).split(separator: " ")
                    .map(String.init).filter { $0 != "unknown" }
            }
            try rows.append(
                fields[id], encoding: encoding, title: title, genres: genres, year: year)
        }
        return rows
    }

    private static func users(
        _ path: String, _ ledger: inout BadLineLedger
    ) throws(ReadError) -> UserRows {
        let header = try Header(path, idName: "user_id", ledger)
        let id = header.position(["user_id"]) ?? 0
        let columns = UserColumns(header.typed, id: id)
        var rows = UserRows(source: path, attributeNames: columns.names)
        let table = SideTable(
            path: path, need: "", delimiter: .tab, fieldCount: header.names.count,
            shape: header.shape, hasHeader: true)
        try table.read(&ledger) { fields, encoding throws(LineFault) in
            try rows.append(
                fields[id], encoding: encoding, labels: try columns.labels(fields, encoding))
        }
        return rows
    }
}
