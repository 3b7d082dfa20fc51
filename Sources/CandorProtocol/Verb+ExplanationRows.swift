// SPDX-License-Identifier: GPL-3.0-or-later

extension Verb {
    static let explainRow = VerbSpecification(
        .explain,
        arguments: [
            .init("user", .user, "whose score"),
            .init("item", .item, "of what"),
        ],
        options: [
            .init(
                "head", .choice(HeadName.allCases.map(\.rawValue)),
                "which score; default \(Request.Default.head.rawValue)"),
            .init(
                "top", .integer(1...Limits.rowsMax),
                "ratings listed one by one; default \(Request.Default.explainedRatings)"),
            .init(
                "at", .integer(0...253_402_300_799),
                "explain PREDICT at= this time, of the rating head; default no time"),
        ],
        tables: [["line", "item", "title", "rating", "share", "effect"]],
        summary: "What a score is made of: lines that add up to it exactly.",
        detail: [
            "line is base (what holds whatever the user's ratings say), share (one rating",
            "of the user), rest (all further ratings together) or adjustment (what was done",
            "to the score afterwards). share is what the line adds: the shares add up to",
            "score within 1e-9. effect is another number, what the score would change by if",
            "the line's ratings were deleted and the user solved again, items unchanged: how",
            "the others weigh changes too, so effects do not add up and may differ in sign.",
            "The base of a rating is the mean of all ratings, what the item adds to it, and",
            "for some models population, what is expected of anybody who rated these items.",
            "top5_coverage is the part of all |shares| that the five largest hold; below 0.5",
            "no short explanation is honest: short_explanation=no.",
        ],
        errors: [.unknownUser, .unknownItem, .noHistory],
        example: "EXPLAIN 1 2858 head=ranking top=5")
}
