// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The layout of MovieLens 100K.
///
/// `u.data` user, item, rating, timestamp between tabs; `u.item` item|title|date|date|URL and a
/// flag for each line of `u.genre`; `u.user` user|age|gender|occupation|zip code (not loaded);
/// `u.occupation` orders the occupations, where there is one.
enum MovieLens100KFiles {
    private static let need =
        "u.data beside it needs it; to read the ratings alone, name u.data itself"

    /// Reads the side files in `folder`.
    static func source(
        in folder: String, names: [String], ledger: inout BadLineLedger
    ) throws(ReadError) -> RatingSource {
        let genres = try genres(folder + "/u.genre", &ledger)
        let items = try items(folder + "/u.item", genres: genres, &ledger)
        let users = try users(folder + "/u.user", &ledger)
        var categories = UserRows.movieLensCategories
        categories["occupation"] = []
        var sidePaths = [folder + "/u.genre", items.source, users.source]
        if names.contains("u.occupation") {
            let path = folder + "/u.occupation"
            categories["occupation"] = try occupations(path, &ledger)
            sidePaths.append(path)
        }
        return RatingSource(
            format: .movieLens100K, ratingsPath: folder + "/u.data",
            layout: .fixed(RatingLayout(.tab, fieldCount: 4)),
            scale: RatingScale(minimum: 1, maximum: 5),
            users: (users, users.attributes(preferred: categories)), items: items,
            sidePaths: sidePaths)
    }

    private static func genres(
        _ path: String, _ ledger: inout BadLineLedger
    ) throws(ReadError) -> [String] {
        var names: [String] = []
        let table = SideTable(
            path: path, need: need, delimiter: .bar, fieldCount: 2, shape: "genre|number",
            encoding: .utf8OrLatin1)
        try table.read(&ledger) { fields, encoding throws(LineFault) in
            guard FieldNumber.decimal(fields[1]) == Double(names.count) else {
                throw LineFault(
                    .attribute, found: BadLine.excerpt(fields[1]),
                    expected: "the genre number \(names.count)")
            }
            names.append(try encoding.text(fields[0]))
        }
        return names
    }

    private static func items(
        _ path: String, genres: [String], _ ledger: inout BadLineLedger
    ) throws(ReadError) -> ItemRows {
        var rows = ItemRows(source: path)
        let flagsStart = 5
        let table = SideTable(
            path: path, need: need, delimiter: .bar, fieldCount: flagsStart + genres.count,
            shape: "item|title|date|video date|URL|\(genres.count) genre flags",
            encoding: .utf8OrLatin1)
        try table.read(&ledger) { fields, encoding throws(LineFault) in
            var itemGenres: [String] = []
            for (position, genre) in genres.enumerated() {
                let flag = fields[flagsStart + position]
                guard flag.count == 1, flag[0] == 0x30 || flag[0] == 0x31 else {
                    throw LineFault(
                        .attribute, found: BadLine.excerpt(flag),
                        expected: "0 or 1 for the genre \(genre)")
                }
                if flag[0] == 0x31 && genre != "unknown" { itemGenres.append(genre) }
            }
            let title = try encoding.text(fields[1])
            try rows.append(
                fields[0], encoding: encoding, title: title, genres: itemGenres,
                year: ItemRows.year(inTitle: title))
        }
        return rows
    }

    private static func users(
        _ path: String, _ ledger: inout BadLineLedger
    ) throws(ReadError) -> UserRows {
        var rows = UserRows(source: path, attributeNames: ["gender", "age", "occupation"])
        let table = SideTable(
            path: path, need: need, delimiter: .bar, fieldCount: 5,
            shape: "user|age|gender|occupation|zip code", encoding: .utf8OrLatin1)
        try table.read(&ledger) { fields, encoding throws(LineFault) in
            guard let years = Int(String(decoding: fields[1], as: UTF8.self)),
                (0...150).contains(years)
            else {
                throw LineFault(
                    .attribute, found: BadLine.excerpt(fields[1]), expected: "an age in years")
            }
            let gender = try encoding.text(fields[2])
            guard Demographics.genders.contains(gender) else {
                throw LineFault(
                    .attribute, found: BadLine.excerpt(fields[2]), expected: "gender F or M")
            }
            let age = Demographics.ageBrackets[Demographics.ageBracket(years: years)]
            try rows.append(
                fields[0], encoding: encoding,
                labels: [gender, age, try encoding.text(fields[3])])
        }
        return rows
    }

    private static func occupations(
        _ path: String, _ ledger: inout BadLineLedger
    ) throws(ReadError) -> [String] {
        var labels: [String] = []
        let table = SideTable(
            path: path, need: need, delimiter: .bar, fieldCount: 1, shape: "occupation",
            encoding: .utf8OrLatin1)
        try table.read(&ledger) { fields, encoding throws(LineFault) in
            let label = try encoding.text(fields[0])
            guard !labels.contains(label) else {
                throw LineFault(.attribute, expected: "every occupation once")
            }
            labels.append(label)
        }
        return labels
    }
}
