// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Writes a data set in MovieLens 1M's layout, so that `DatasetReader` gives it back as it was.
///
/// `ratings.dat`, `movies.dat` and `users.dat` in UTF-8, unknown demographics as empty fields, the
/// zip code always `00000`; a `README`; and for made-up data the file `SYNTHETIC` that marks it.
public enum DatasetWriter {
    /// Creates the folder `path` with the data in it; an existing folder must be empty.
    ///
    /// The files are written aside and the folder renamed into place, so that `path` holds either
    /// everything or what it held before. Refused is what the layout cannot express: a scale
    /// other than 1…5, `::` or control characters in texts, `|` in genres, other categories than
    /// MovieLens 1M's, years that are not in the title.
    public static func write(_ dataset: Dataset, to path: String) throws(WriteError) {
        try write(dataset, to: path) { lines in
            let ratings = dataset.ratings
            for position in 0..<ratings.count {
                lines.append(
                    user: UserIndex(rawValue: ratings.users[position]),
                    item: ItemIndex(rawValue: ratings.items[position]),
                    value: ratings.values[position], timestamp: ratings.timestamps[position])
            }
        }
    }

    /// Writes made-up data as it is made, in memory for users and items alone.
    ///
    /// The files are those that `write(_:to:)` makes of the same data in memory.
    public static func write(_ source: SyntheticSource, to path: String) throws(WriteError) {
        let frame = Dataset(
            name: SyntheticSource.name, isSynthetic: true, users: source.users,
            items: source.items, ratings: RatingColumns(), scale: SyntheticSource.scale)
        try write(frame, to: path) { source.write(to: &$0) }
    }

    /// Writes the users and items of `frame` and the ratings that `addRatings` adds.
    private static func write(
        _ frame: Dataset, to path: String, addRatings: (inout RatingLines) -> Void
    ) throws(WriteError) {
        let files = try sideFiles(of: frame)
        let target = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let parent = target.lastIndex(of: "/").map { String(target[..<$0]) } ?? "."
        try FileWriting.createDirectory(parent.isEmpty ? "/" : parent)
        let temporary = try FileWriting.temporaryDirectory(in: parent)
        do throws(WriteError) {
            for file in files { try FileWriting.write(file.bytes, to: temporary + "/" + file.name) }
            var lines = try RatingLines(
                temporary + "/ratings.dat", users: frame.users, items: frame.items)
            addRatings(&lines)
            let readme = readme(frame, ratingCount: lines.count)
            try lines.finish()
            try FileWriting.write(Array(readme.utf8), to: temporary + "/README")
            try FileWriting.rename(temporary, to: target)
        } catch {
            FileWriting.removeDirectory(temporary)
            throw error
        }
    }

    /// The files beside the ratings by name; throws for what the layout cannot hold.
    private static func sideFiles(
        of dataset: Dataset
    ) throws(WriteError) -> [(name: String, bytes: [UInt8])] {
        guard dataset.scale == RatingScale(minimum: 1, maximum: 5) else {
            throw .inexpressible(
                what: "ratings from \(dataset.scale.minimum) to \(dataset.scale.maximum)")
        }
        var files: [(name: String, bytes: [UInt8])] = [
            ("movies.dat", try movies(dataset.items)),
            ("users.dat", try users(dataset.users)),
        ]
        if dataset.isSynthetic {
            files.append((DatasetReader.syntheticMarker, Array("made up, no real person\n".utf8)))
        }
        return files
    }

    private static func movies(_ catalogue: Catalogue) throws(WriteError) -> [UInt8] {
        var bytes: [UInt8] = []
        for item in catalogue.items {
            guard item.year == ItemRows.year(inTitle: item.title) else {
                throw .inexpressible(what: "the year of item \(item.id): it is not in the title")
            }
            for genre in item.genres where genre.isEmpty || genre.contains("|") {
                throw .inexpressible(what: "the genre “\(genre)” of item \(item.id)")
            }
            let fields = [item.id.token, item.title, item.genres.joined(separator: "|")]
            try append(fields, to: &bytes)
        }
        return bytes
    }

    private static func users(_ table: UserTable) throws(WriteError) -> [UInt8] {
        for attribute in table.attributes {
            guard UserRows.movieLensCategories[attribute.name] == attribute.categories else {
                throw .inexpressible(what: "the categories of the attribute \(attribute.name)")
            }
        }
        let gender = table.attribute(named: "gender")
        let age = table.attribute(named: "age")
        let occupation = table.attribute(named: "occupation")
        var bytes: [UInt8] = []
        for (position, id) in table.ids.enumerated() {
            let ageCode = age.map { Int($0.codes[position]) } ?? -1
            let occupationCode = occupation.map { Int($0.codes[position]) } ?? -1
            let fields = [
                id.token, gender?.label(of: UserIndex(position)) ?? "",
                ageCode < 0 ? "" : String(Demographics.ageCodes[ageCode]),
                occupationCode < 0 ? "" : String(occupationCode), "00000",
            ]
            try append(fields, to: &bytes)
        }
        return bytes
    }

    private static func append(_ fields: [String], to bytes: inout [UInt8]) throws(WriteError) {
        for field in fields {
            let hasControl = field.utf8.contains { $0 < 0x20 || $0 == 0x7F }
            guard !hasControl && !field.contains("::") && !field.hasSuffix(":") else {
                throw .inexpressible(what: "the text “\(field)”")
            }
        }
        bytes += Array(fields.joined(separator: "::").utf8)
        bytes.append(0x0A)
    }

    private static func readme(_ dataset: Dataset, ratingCount: Int) -> String {
        let origin =
            dataset.isSynthetic
            ? "THIS DATA IS SYNTHETIC. Users, titles and ratings were made up by 'candord generate';\n"
                + "no number in it says anything about real people or films.\n"
            : "Written by Candor from the data set \(dataset.name); that data's terms apply.\n"
        return """
            \(origin)
            \(dataset.users.count) users, \(dataset.items.count) items, \(ratingCount) ratings, in the layout of MovieLens 1M (UTF-8):
            ratings.dat  user::item::rating::timestamp
            movies.dat   item::title::genre|genre
            users.dat    user::gender::age::occupation::zip-code (always 00000)

            """
    }
}
