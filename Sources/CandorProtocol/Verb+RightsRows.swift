// SPDX-License-Identifier: GPL-3.0-or-later

extension Verb {
    static let exportRow = VerbSpecification(
        .export, role: .operator,
        arguments: [
            .init("what", .choice(ExportKind.allCases.map(\.rawValue)), "what to export"),
            .init("user", .user, optional: true, "whose data"),
            .init("item", .item, optional: true, "of an explanation: of what"),
        ],
        options: [
            .init(
                "from", .integer(1...Int.max),
                "user: the first record wanted, where an answer said next=; default 1"),
            .init(
                "table", .choice(ExportTable.allCases.map(\.rawValue)),
                "parquet: one table; default all"),
            .init(
                "k", .integer(1...Limits.rowsMax),
                "parquet: items of each list; default \(Request.Default.count)"),
            .init(
                "top", .integer(1...Int.max),
                "parquet: only a user's so many highest predictions; default all"),
            .init(
                "head", .choice(HeadName.allCases.map(\.rawValue)),
                "explanation: by which head; default \(Request.Default.head.rawValue)"),
        ],
        tables: [
            [
                "record", "origin", "name", "value", "item", "title", "rating", "time", "date",
                "sequence", "recorded",
            ],
            ["name", "sample", "item", "precision", "values"],
            ["file", "rows", "bytes"],
        ],
        summary: "All that is held of one user, one explanation's numbers, or whole tables.",
        detail: [
            "EXPORT user answers with everything that is held of the user, complete.",
            "record is attribute (what the data says of the user), rating (one that counts",
            "now), replaced (one of the data that a change stands in for), change (an entry",
            "of the journal, whether it still counts or not), generation (a kept generation's",
            "file that holds or embeds the user) or derived (what is made of the ratings).",
            "origin is data or journal, for a generation its number. time and recorded are",
            "seconds since 1970. records counts all there are; only where they exceed one",
            "reply does next= say which from= continues.",
            "EXPORT explanation gives all parameters of a user's score of an item, so that",
            "anybody can compute it, its shares and the effects of deleting ratings again",
            "without the daemon: REPLAY.md has the formulas, candor verify does it. name says",
            "what the values of a row are, sample and item what they belong to; read values",
            "of single precision as 32-bit numbers first.",
            "EXPORT parquet writes files into the folder exports of the state directory, with",
            "the ratings of this moment: pred_df (user_id, movie_id, predicted_rating: all",
            "pairs without a rating), top_k, movie_map, ratings, item and user factors of",
            "both heads, and the rating head's item neighbours, which add to what factors",
            "make. Identifiers are whole numbers where all are, else text. Progress lines",
            "come while it runs.",
        ],
        errors: [
            .unknownUser, .unknownItem, .noHistory, .exportRunning, .forgetRunning,
            .limitExceeded, .storageFailed, .diskFull, .cancelled, .shuttingDown,
        ],
        example: "EXPORT user 1", isLong: true)

    static let forgetRow = VerbSpecification(
        .forget, role: .operator,
        arguments: [.init("user", .user, "whom")],
        tables: [["place", "state"]],
        summary: "Erase everything that is held of one user; it cannot be undone.",
        detail: [
            "Acknowledged means gone from the disk: ratings and attributes from the data of",
            "every kept generation, all changes from the journal, exported files. Answers,",
            "counts and lists are those without the user from then on; whoever rates under",
            "this identifier again is a new user. embedded names the generations whose item",
            "factors were trained with the user's ratings: a RETRAIN makes factors that are,",
            "bit for bit, those of data that never had the user. The files that the data was",
            "read from, imported files and backups are not touched.",
            "Retrains, audits, reports, exports and FIDELITY wait for it, and it for them.",
        ],
        errors: [
            .unknownUser, .retrainRunning, .auditRunning, .exportRunning, .reportRunning,
            .forgetRunning, .promotionRunning, .limitExceeded, .storageFailed, .diskFull,
            .shuttingDown,
        ],
        example: "FORGET 1", isLong: true)
}
