// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The layout of MovieLens 1M (and 10M, which has half stars and no users file).
///
/// `ratings.dat` user::movie::rating::timestamp, `movies.dat` movie::title::genre|genre,
/// `users.dat` user::gender::age::occupation::zip-code (the zip code is not loaded).
enum MovieLensDatFiles {
    /// Reads the side files in `folder`.
    static func source(
        in folder: String, names: [String], ledger: inout BadLineLedger
    ) throws(ReadError) -> RatingSource {
        let items = try movies(folder + "/movies.dat", &ledger)
        let usersPath = folder + "/users.dat"
        let users = names.contains("users.dat") ? try users(usersPath, &ledger) : nil
        return RatingSource(
            format: .movieLensDat, ratingsPath: folder + "/ratings.dat",
            layout: .fixed(
                RatingLayout(.doubleColon, fieldCount: 4, encoding: .utf8OrLatin1)),
            scale: RatingScale(minimum: users == nil ? 0.5 : 1, maximum: 5),
            users: users.map { ($0, $0.attributes(preferred: UserRows.movieLensCategories)) },
            items: items,
            sidePaths: [items.source] + (users.map { [$0.source] } ?? []))
    }

    private static func movies(
        _ path: String, _ ledger: inout BadLineLedger
    ) throws(ReadError) -> ItemRows {
        var rows = ItemRows(source: path)
        let table = SideTable(
            path: path,
            need: "ratings.dat beside it needs it; to read the ratings alone, name "
                + "ratings.dat itself",
            delimiter: .doubleColon, fieldCount: 3, shape: "movie::title::genre|genre",
            encoding: .utf8OrLatin1)
        try table.read(&ledger) { fields, encoding throws(LineFault) in
            let title = try encoding.text(fields[1])
            let genres = try encoding.text(fields[2]).split(separator: "|").map(String.init)
            try rows.append(
                fields[0], encoding: encoding, title: title, genres: genres,
                year: ItemRows.year(inTitle: title))
        }
        return rows
    }

    private static func users(
        _ path: String, _ ledger: inout BadLineLedger
    ) throws(ReadError) -> UserRows {
        var rows = UserRows(source: path, attributeNames: ["gender", "age", "occupation"])
        let table = SideTable(
            path: path, need: "", delimiter: .doubleColon, fieldCount: 5,
            shape: "user::gender::age::occupation::zip-code", encoding: .utf8OrLatin1)
        try table.read(&ledger) { fields, encoding throws(LineFault) in
            let gender = try encoding.text(fields[1])
            guard gender.isEmpty || Demographics.genders.contains(gender) else {
                throw LineFault(
                    .attribute, found: BadLine.excerpt(fields[1]), expected: "gender F or M")
            }
            let age = try coded(
                fields[2], codes: Demographics.ageCodes, labels: Demographics.ageBrackets,
                expected: "age 1, 18, 25, 35, 45, 50 or 56")
            let occupation = try coded(
                fields[3], codes: Array(Demographics.occupations.indices),
                labels: Demographics.occupations, expected: "occupation 0 to 20")
            try rows.append(fields[0], encoding: encoding, labels: [gender, age, occupation])
        }
        return rows
    }

    /// The label of a numeric code; an empty field is an unknown value.
    private static func coded(
        _ field: LineSplitter.Field, codes: [Int], labels: [String], expected: String
    ) throws(LineFault) -> String {
        if field.isEmpty { return "" }
        guard let code = Int(String(decoding: field, as: UTF8.self)),
            let position = codes.firstIndex(of: code)
        else {
            throw LineFault(.attribute, found: BadLine.excerpt(field), expected: expected)
        }
        return labels[position]
    }
}
