// SPDX-License-Identifier: GPL-3.0-or-later

extension Verb {
    static let infoRow = VerbSpecification(
        .info, tables: [["name", "value"]],
        summary: "Describe the serving generation: data, models, options and hashes.",
        example: "INFO")

    static let recommendRow = VerbSpecification(
        .recommend,
        arguments: [.init("user", .user, "whom to recommend to")],
        options: [
            .init(
                "k", .integer(1...Limits.rowsMax),
                "how many items; default \(Request.Default.count)"),
            .init(
                "rank", .choice(HeadName.allCases.map(\.rawValue)),
                "which head orders the items; default \(Request.Default.head.rawValue)"),
            .init(
                "profile", .choice([Request.noProfile]),
                "none: use nothing of the user, not even to hide what is rated"),
        ] + mitigationOptions,
        tables: [
            ["rank", "item", "title", "score", "stars"],
            ["rank", "item", "title", "score", "stars", "before"],
        ],
        summary: "The top items a user has not rated, best first.",
        detail: [
            "score is the chosen head's (higher is better; ties go by item order);",
            "stars is the rating head's prediction for the same user and item.",
            "rank=rating orders by predicted stars; caution says how poor such lists are.",
            "source says where scores come from: personal (the user's ratings as trained),",
            "folded-in (ratings that changed since) or popular (no ratings: score counts",
            "the ratings of each item). short says why fewer than k items came.",
            "profile=none gives everybody the same list (source=no-profile), with sorted_by",
            "saying in words what orders it: how many rated an item, or with rank=rating what",
            "is expected of somebody unknown. Rated items are not left out of it.",
        ] + mitigationDetail,
        errors: [.noHistory, .noCandidates, .notEnoughData], example: "RECOMMEND 1 k=5")

    static let predictRow = VerbSpecification(
        .predict,
        arguments: [
            .init("user", .user, "whose rating"),
            .init("item", .item, "of what"),
        ],
        options: [
            .init(
                "at", .integer(0...253_402_300_799),
                "when it is given, in seconds since 1970; default no time")
        ],
        summary: "The rating that a user would give an item.",
        detail: [
            "score is the rating head's exact value; stars is score limited to the data's",
            "scale. deviation is the standard deviation of one rating about score, noise",
            "included; four ratings of five are expected within low to high, which is",
            "score -+ 1.2816 deviation limited to the scale; a model that does not know",
            "how uncertain it is has none of the three. With at= the score counts what the",
            "user's ratings around then have in common; shift is what that adds to the score",
            "without a time.",
            "A rating the user has given is reported as rated. Without ratings the",
            "prediction is what is expected of anybody (source=popular).",
        ],
        errors: [.unknownItem], example: "PREDICT 1 1193")

    static let similarRow = VerbSpecification(
        .similar,
        arguments: [.init("item", .item, "to what")],
        options: [
            .init(
                "k", .integer(1...Limits.rowsMax),
                "how many items; default \(Request.Default.count)")
        ],
        tables: [["rank", "item", "title", "similarity"]],
        summary: "The items most like one item in the eyes of their audience.",
        detail: [
            "similarity is the cosine of the ranking head's item factors, -1 to 1. A ranking",
            "model without factors finds nothing: short=model-has-no-factors.",
        ],
        errors: [.unknownItem, .noRatings], example: "SIMILAR 1 k=5")

    static let searchRow = VerbSpecification(
        .search,
        arguments: [.init("words", .text, "beginnings of words of the title")],
        options: [
            .init(
                "limit", .integer(1...Limits.rowsMax),
                "how many at most; default \(Request.Default.searchLimit)")
        ],
        tables: [["item", "title", "year", "ratings"]],
        summary: "Find items by the words of their titles.",
        detail: [
            "Case and accents do not matter; every word must begin a word of the title.",
            "An empty result is an OK with no rows and short=no-match.",
        ],
        example: "SEARCH toy story")

    static let showRow = VerbSpecification(
        .show,
        arguments: [
            .init("kind", .choice(ShowKind.allCases.map(\.rawValue)), "what to show"),
            .init("id", .userOrItem, "which one"),
        ],
        options: [
            .init(
                "limit", .integer(1...Limits.rowsMax),
                "ratings of a user shown; default \(Request.Default.historyLimit)")
        ],
        tables: [
            ["item", "title", "rating", "date"],
            ["rating", "count"],
        ],
        summary: "A user's profile and history, or an item and its ratings.",
        detail: [
            "A user's ratings come best first, then newest; changes since training count.",
            "An item's table counts its ratings by value.",
        ],
        errors: [.unknownUser, .unknownItem], example: "SHOW user 1")
}
