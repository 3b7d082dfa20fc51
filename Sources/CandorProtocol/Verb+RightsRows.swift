// SPDX-License-Identifier: GPL-3.0-or-later

extension Verb {
    static let exportRow = VerbSpecification(
        .export, role: .operator,
        arguments: [
            .init("what", .choice(ExportKind.allCases.map(\.rawValue)), "what to export"),
            .init("user", .user, optional: true, "whose data"),
        ],
        options: [
            .init(
                "from", .integer(1...Int.max),
                "the first record wanted, where an answer said next=; default 1")
        ],
        tables: [
            [
                "record", "origin", "name", "value", "item", "title", "rating", "time", "date",
                "sequence", "recorded",
            ]
        ],
        summary: "Everything the daemon holds of one user, complete.",
        detail: [
            "record is attribute (what the data says of the user), rating (one that counts",
            "now), replaced (one of the data that a change stands in for), change (an entry",
            "of the journal, whether it still counts or not), generation (a kept generation's",
            "file that holds or embeds the user) or derived (what is made of the ratings).",
            "origin is data or journal, for a generation its number. time and recorded are",
            "seconds since 1970. records counts all there are; only where they exceed one",
            "reply does next= say which from= continues.",
        ],
        errors: [.unknownUser, .exportRunning, .storageFailed, .cancelled, .shuttingDown],
        example: "EXPORT user 1", isLong: true)
}
