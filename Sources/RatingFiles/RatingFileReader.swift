// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Reads single ratings files: `user, item, rating[, timestamp]` lines.
///
/// Fields stand between commas (RFC 4180 quotes allowed), tabs or `::`, the same in all lines;
/// the first line may name the columns (`userId,movieId,rating,timestamp`, or RecBole's
/// `user_id:token…`), in any order and among others. Text is UTF-8 (`::` files may be Latin-1); a
/// byte order mark, CR LF and a missing final newline are accepted. Other files beside the named
/// one (`movies.dat` …) are not opened.
///
/// Repeated ratings of one user and item within a file: the latest time wins, of equal times the
/// last line; they are counted. Bad lines are refused, or with `ReadOptions.skipBadLines` left out
/// and counted by reason.
public enum RatingFileReader {
    /// Reads files into one space of users and items, for example training and test data.
    ///
    /// Users and items are in ascending numeric order where all identifiers of their kind are
    /// integers, else in the order they are first seen. The scale is the range of the ratings.
    ///
    /// The result has one part per file. Traps when `paths` is empty.
    public static func read(
        _ paths: [String], options: ReadOptions = ReadOptions()
    ) throws(ReadError) -> JointRatings {
        precondition(!paths.isEmpty, "no file to read")
        var parser = RatingParser()
        var ledger = BadLineLedger(options)
        var parts: [RatingColumns] = []
        for path in paths {
            parts.append(try parse(path, with: &parser, ledger: &ledger))
        }
        let users = Numbering(parser.users)
        let items = Numbering(parser.items)
        var repeatedCount = 0
        for index in parts.indices {
            let renumbered = RatingColumns(
                users: users.renumbered(parts[index].users),
                items: items.renumbered(parts[index].items), values: parts[index].values,
                timestamps: parts[index].timestamps)
            let distinct = RepeatedRatings.removed(
                from: renumbered, userCount: users.tokens.count, itemCount: items.tokens.count)
            parts[index] = distinct.ratings
            repeatedCount += distinct.repeatedCount
        }
        return JointRatings(
            users: UserTable(IdentifierField.users(users.tokens)),
            items: Catalogue(IdentifierField.items(items.tokens)), parts: parts,
            scale: RatingScale(covering: parts),
            sharedPairCount: sharedPairCount(
                parts, userCount: users.tokens.count, itemCount: items.tokens.count),
            report: ReadReport(
                format: .plain, files: paths, ratingLineCount: parser.lineCount,
                repeatedCount: repeatedCount, skipped: ledger.counts, samples: ledger.samples))
    }

    /// Reads one file of ratings by the users and of the items of `dataset`, on its scale.
    ///
    /// A line that names another user or item, or is off the scale, is a bad line.
    public static func read(
        _ path: String, against dataset: Dataset, options: ReadOptions = ReadOptions()
    ) throws(ReadError) -> (ratings: RatingColumns, report: ReadReport) {
        var ledger = BadLineLedger(options)
        // Because the identifiers of a Dataset are distinct, the tables are never nil.
        var parser = RatingParser(
            users: TokenTable(dataset.users.ids.lazy.map(\.token)) ?? TokenTable(),
            usersSource: "the users of \(dataset.name)",
            items: TokenTable(dataset.items.items.lazy.map(\.id.token)) ?? TokenTable(),
            itemsSource: "the items of \(dataset.name)", scale: dataset.scale)
        let columns = try parse(path, with: &parser, ledger: &ledger)
        let distinct = RepeatedRatings.removed(
            from: columns, userCount: dataset.users.count, itemCount: dataset.items.count)
        let report = ReadReport(
            format: .plain, files: [path], ratingLineCount: parser.lineCount,
            repeatedCount: distinct.repeatedCount, skipped: ledger.counts, samples: ledger.samples)
        return (distinct.ratings, report)
    }

    /// Parses one file whose layout its first line tells.
    private static func parse(
        _ path: String, with parser: inout RatingParser, ledger: inout BadLineLedger
    ) throws(ReadError) -> RatingColumns {
        var columns = RatingColumns()
        try parser.parse(path, into: &columns, ledger: &ledger) { first throws(ReadError) in
            try RatingLayout.detect(firstLine: first, path: path)
        }
        return columns
    }

    private static func sharedPairCount(
        _ parts: [RatingColumns], userCount: Int, itemCount: Int
    ) -> Int {
        guard parts.count > 1 else { return 0 }
        let joined = RatingColumns(
            users: parts.flatMap(\.users), items: parts.flatMap(\.items),
            values: parts.flatMap(\.values), timestamps: parts.flatMap(\.timestamps))
        return RepeatedRatings.removed(
            from: joined, userCount: userCount, itemCount: itemCount
        ).repeatedCount
    }
}
