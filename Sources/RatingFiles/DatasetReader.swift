// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
public import Ratings

/// Reads whole data sets, recognising their layout by the files that are there.
///
/// - A folder with `ratings.dat` is MovieLens 1M's layout, with `u.data` MovieLens 100K's, with
///   `ratings.csv` that of newer MovieLens data, with one `.inter` file RecBole's (`DatasetFormat`
///   tells the files of each). A file is read alone, as `RatingFileReader` describes.
/// - Items are in the order of the movies file and users in that of the users file; without such
///   a file in ascending numeric order where all identifiers are integers, else as first seen.
/// - Every line is checked. A wrong number of fields, an unfit identifier, a rating that is no
///   number or off the declared scale (1…5 for 1M and 100K, 0.5…5 for CSV and for `.dat` without
///   users; otherwise the data's own range), a user or item that the side file lacks, an unknown
///   demographic code, invalid UTF-8 where UTF-8 is expected, a NUL byte or an over-long line is
///   refused with file and line; with `ReadOptions.skipBadLines` such lines are left out and counted.
/// - Of several ratings of one user and item the latest counts (of equal times the last line);
///   the others are counted as repeated.
/// - Zip codes are never loaded.
/// - A file named `SYNTHETIC` in the folder marks made-up data (`DatasetWriter` leaves one).
public enum DatasetReader {
    /// The name of the file that marks synthetic data.
    public static let syntheticMarker = "SYNTHETIC"

    /// Reads the data set at `path`, a folder or a single ratings file.
    public static func read(
        _ path: String, options: ReadOptions = ReadOptions()
    ) throws(ReadError) -> (dataset: Dataset, report: ReadReport) {
        guard try FileBytes.isDirectory(path) else { return try readFile(path, options) }
        let names = try FileBytes.entries(path)
        var ledger = BadLineLedger(options)
        let source = try source(in: path, names: names, ledger: &ledger)
        return try assemble(
            source, name: options.name ?? lastComponent(path),
            isSynthetic: names.contains(syntheticMarker), ledger: &ledger)
    }

    private static func readFile(
        _ path: String, _ options: ReadOptions
    ) throws(ReadError) -> (dataset: Dataset, report: ReadReport) {
        let read = try RatingFileReader.read([path], options: options)
        let dataset = Dataset(
            name: options.name ?? lastComponent(path), users: read.users, items: read.items,
            ratings: read.parts[0], scale: read.scale)
        return (dataset, read.report)
    }

    private static func source(
        in folder: String, names: [String], ledger: inout BadLineLedger
    ) throws(ReadError) -> RatingSource {
        let candidates = names.filter {
            ["ratings.dat", "u.data", "ratings.csv"].contains($0) || $0.hasSuffix(".inter")
        }
        guard let ratings = candidates.first else {
            throw .unrecognised(path: folder, found: Array(names.prefix(8)))
        }
        guard candidates.count == 1 else {
            throw .ambiguous(path: folder, candidates: candidates)
        }
        switch ratings {
        case "ratings.dat":
            return try MovieLensDatFiles.source(in: folder, names: names, ledger: &ledger)
        case "u.data":
            return try MovieLens100KFiles.source(in: folder, names: names, ledger: &ledger)
        case "ratings.csv":
            return try MovieLensCSVFiles.source(in: folder, ledger: &ledger)
        default:
            return try RecBoleFiles.source(
                in: folder, inter: ratings, names: names, ledger: &ledger)
        }
    }

    private static func assemble(
        _ source: RatingSource, name: String, isSynthetic: Bool, ledger: inout BadLineLedger
    ) throws(ReadError) -> (dataset: Dataset, report: ReadReport) {
        let bytes = try FileBytes.read(source.ratingsPath)
        let layout = try layout(of: source, bytes)
        var parser = RatingParser(
            users: source.users?.rows.table ?? TokenTable(), usersSource: source.users?.rows.source,
            items: source.items?.table ?? TokenTable(), itemsSource: source.items?.source,
            scale: source.scale)
        let columns = try parser.parse(
            bytes, layout: layout, path: source.ratingsPath, ledger: &ledger)
        guard columns.count > 0 else {
            throw .nothingLeft(path: source.ratingsPath, sample: ledger.samples.first)
        }
        let users = source.users.map { Numbering(listed: $0.rows.table) } ?? Numbering(parser.users)
        let items = source.items.map { Numbering(listed: $0.table) } ?? Numbering(parser.items)
        let distinct = RepeatedRatings.removed(
            from: RatingColumns(
                users: users.renumbered(columns.users), items: items.renumbered(columns.items),
                values: columns.values, timestamps: columns.timestamps),
            userCount: users.tokens.count, itemCount: items.tokens.count)
        let dataset = Dataset(
            name: name, isSynthetic: isSynthetic,
            users: UserTable(
                IdentifierField.users(users.tokens), attributes: source.users?.attributes ?? []),
            items: Catalogue(source.items?.items ?? IdentifierField.items(items.tokens)),
            ratings: distinct.ratings,
            scale: source.scale ?? RatingScale(covering: [distinct.ratings]))
        let report = ReadReport(
            format: source.format, files: source.sidePaths + [source.ratingsPath],
            ratingLineCount: parser.lineCount, repeatedCount: distinct.repeatedCount,
            skipped: ledger.counts, samples: ledger.samples)
        return (dataset, report)
    }

    private static func layout(
        of source: RatingSource, _ bytes: [UInt8]
    ) throws(ReadError) -> RatingLayout {
        try bytes.withUnsafeBufferPointer { buffer throws(ReadError) in
            var cursor = LineCursor(buffer)
            guard let first = cursor.next() else { throw .empty(path: source.ratingsPath) }
            switch source.layout {
            case .fixed(let layout): return layout
            case .header(let delimiter, let expected):
                return try RatingLayout.header(
                    first, delimiter: delimiter, path: source.ratingsPath, expected: expected)
            }
        }
    }

    /// The last component of a path, resolved where it is `.` or `..`.
    private static func lastComponent(_ path: String) -> String {
        let last = path.split(separator: "/").last.map(String.init) ?? ""
        guard last.isEmpty || last == "." || last == "..", let resolved = realpath(path, nil)
        else { return last }
        defer { free(resolved) }
        return String(cString: resolved).split(separator: "/").last.map(String.init) ?? "/"
    }
}
