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

    /// Reads the data set at `path`, a folder or a single ratings file, in its order.
    public static func read(
        _ path: String, options: ReadOptions = ReadOptions()
    ) throws(ReadError) -> (dataset: Dataset, report: ReadReport) {
        var columns = RatingColumns()
        let parsed = try parse(path, options, BadLineLedger(options), into: &columns)
        let distinct = RepeatedRatings.removed(
            from: RatingColumns(
                users: parsed.users.renumbered(columns.users),
                items: parsed.items.renumbered(columns.items),
                values: columns.values, timestamps: columns.timestamps),
            userCount: parsed.users.tokens.count, itemCount: parsed.items.tokens.count)
        let dataset = Dataset(
            name: parsed.name, isSynthetic: parsed.isSynthetic, users: parsed.userTable,
            items: parsed.catalogue, ratings: distinct.ratings,
            scale: parsed.scale ?? RatingScale(covering: [distinct.ratings]))
        return (dataset, parsed.report(repeatedCount: distinct.repeatedCount))
    }

    /// Reads the data set at `path` sorted by user and item.
    ///
    /// Needs 21 bytes a rating where values are at most 256 different ones and times fit in 32
    /// bits, and 14 afterwards; see `RatingMatrixBuilder`.
    ///
    /// - Parameters:
    ///   - path: A folder, or a single ratings file.
    ///   - options: How strictly it is read.
    ///   - isWanted: Asked all along, at least once for each MiB of text and between the steps of
    ///     sorting, each of which is O(ratings); false ends the reading there.
    /// - Returns: The data, and what else was found.
    /// - Throws: When the data cannot be read, or `isWanted` ends it (`ReadError.cancelled`).
    public static func readSorted(
        _ path: String, options: ReadOptions = ReadOptions(), isWanted: () -> Bool = { true }
    ) throws(ReadError) -> (dataset: SortedDataset, report: ReadReport) {
        try withoutActuallyEscaping(isWanted) { isWanted in
            Result { () throws(ReadError) in
                try readSorted(path, options, BadLineLedger(options, isWanted: isWanted))
            }
        }.get()
    }

    private static func readSorted(
        _ path: String, _ options: ReadOptions, _ ledger: BadLineLedger
    ) throws(ReadError) -> (dataset: SortedDataset, report: ReadReport) {
        var builder = RatingMatrixBuilder()
        let parsed = try parse(path, options, ledger, into: &builder)
        try ledger.goOn()
        if let final = parsed.users.final { builder.renumberUsers(final) }
        if let final = parsed.items.final { builder.renumberItems(final) }
        let sorted = try builder.finish(
            userCount: parsed.users.tokens.count, itemCount: parsed.items.tokens.count,
            repeated: .latest, betweenSteps: ledger.goOn)
        let dataset = SortedDataset(
            name: parsed.name, isSynthetic: parsed.isSynthetic, users: parsed.userTable,
            items: parsed.catalogue, matrix: sorted.matrix,
            scale: parsed.scale ?? RatingScale(covering: sorted.matrix.byUser.values))
        return (dataset, parsed.report(repeatedCount: sorted.repeatedCount))
    }

    private static func parse(
        _ path: String, _ options: ReadOptions, _ ledger: BadLineLedger,
        into sink: inout some RatingSink & ~Copyable
    ) throws(ReadError) -> ParsedRatings {
        let name = options.name ?? lastComponent(path)
        var ledger = ledger
        guard try FileBytes.isDirectory(path) else {
            return try parseFile(path, name: name, ledger: ledger, into: &sink)
        }
        let names = try FileBytes.entries(path)
        let source = try source(in: path, names: names, ledger: &ledger)
        var parser = RatingParser(
            users: source.users?.rows.table ?? TokenTable(), usersSource: source.users?.rows.source,
            items: source.items?.table ?? TokenTable(), itemsSource: source.items?.source,
            scale: source.scale)
        try parser.parse(source.ratingsPath, into: &sink, ledger: &ledger) {
            first throws(ReadError) in
            switch source.layout {
            case .fixed(let layout): return layout
            case .header(let delimiter, let expected):
                return try RatingLayout.header(
                    first, delimiter: delimiter, path: source.ratingsPath, expected: expected)
            }
        }
        return ParsedRatings(
            name: name, isSynthetic: names.contains(syntheticMarker), format: source.format,
            files: source.sidePaths + [source.ratingsPath],
            users: source.users.map { Numbering(listed: $0.rows.table) } ?? Numbering(parser.users),
            attributes: source.users?.attributes ?? [],
            items: source.items.map { Numbering(listed: $0.table) } ?? Numbering(parser.items),
            listedItems: source.items?.items, scale: source.scale, lineCount: parser.lineCount,
            ledger: ledger)
    }

    private static func parseFile(
        _ path: String, name: String, ledger: BadLineLedger,
        into sink: inout some RatingSink & ~Copyable
    ) throws(ReadError) -> ParsedRatings {
        var ledger = ledger
        var parser = RatingParser()
        try parser.parse(path, into: &sink, ledger: &ledger) { first throws(ReadError) in
            try RatingLayout.detect(firstLine: first, path: path)
        }
        return ParsedRatings(
            name: name, isSynthetic: false, format: .plain, files: [path],
            users: Numbering(parser.users), attributes: [], items: Numbering(parser.items),
            listedItems: nil, scale: nil, lineCount: parser.lineCount, ledger: ledger)
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
            return try MovieLensCSVFiles.source(
                in: folder, names: names, ledger: &ledger)
        default:
            return try RecBoleFiles.source(
                in: folder, inter: ratings, names: names, ledger: &ledger)
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
