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
            .init("without", .items, "rated items, as if these ratings had not been given"),
            .init(
                "k", .integer(1...Limits.rowsMax),
                "length of the list that the options below are about; default "
                    + "\(Request.Default.count)"),
        ] + mitigationOptions,
        tables: [["line", "item", "title", "rating", "share", "effect"]],
        summary: "What a score is made of: lines that add up to it exactly.",
        detail: [
            "line is base (what holds whatever the user's ratings say), attribute (one of",
            "the user's that the rating model was given by RETRAIN demographics=), share (one",
            "rating of the user), rest (all further ratings together) or adjustment (what was",
            "done to the score afterwards). share is what the line adds: the shares add up to",
            "score within 1e-9. effect is another number, what the score would change by if",
            "the line's ratings were deleted and the user solved again, items unchanged: how",
            "the others weigh changes too, so effects do not add up and may differ in sign.",
            "The base of a rating is the mean of all ratings, what the item adds to it, and",
            "for some models population, what is expected of anybody who rated these items.",
            "An attribute's share is what the score would be less had the user not told it.",
            "top5_coverage is the part of all |shares| that the five largest hold; below 0.5",
            "no short explanation is honest: short_explanation=no.",
            "With without= the score of the ratings that are left is explained; score_before",
            "is the score with all, removed how many were left out. retrain_slope is how much",
            "larger than effects the changes by a full retrain were, where FIDELITY has",
            "measured it for the generation; INFO says when it has not.",
            "With calibrated, novelty or floor score is that of RECOMMEND with the same",
            "options, rank and before are the item's places with and without them; effects",
            "stay those on the head's own score.",
        ],
        errors: [
            .unknownUser, .unknownItem, .noHistory, .noRatings, .notRated, .noCandidates,
            .notEnoughData,
        ],
        example: "EXPLAIN 1 2858 head=ranking top=5")

    static let flipRow = VerbSpecification(
        .flip,
        arguments: [
            .init("user", .user, "whose ratings"),
            .init("item", .item, optional: true, "what is to leave the list; default the first"),
        ],
        options: [
            .init(
                "k", .integer(1...Limits.rowsMax),
                "the list's length, with an item; default \(Request.Default.count)"),
            .init(
                "head", .choice(HeadName.allCases.map(\.rawValue)),
                "whose list; default \(Request.Default.head.rawValue)"),
        ],
        tables: [["item", "title", "rating", "share", "effect"]],
        summary: "The fewest of a user's ratings without which the list would be another.",
        detail: [
            "Without an item: the ratings to take out for another item to be first. With one:",
            "for that item to leave the first k. Each answer is verified by solving the",
            "ratings that are left. minimal is certified (all smaller sets were ruled out) or",
            "inclusion (no rating of it can be put back alone). The rows are the ratings with",
            "what each adds to the item's score and what the score would change by without it",
            "alone. new_rank is where the item stands then, instead what has come in. Items",
            "of ratings taken out are no candidates, for the user knows them, and one rating",
            "always stays. size=0: the item is not in the list, as short says; size is",
            "missing when no set of up to 50 ratings was found, ruled_out being the largest",
            "size of which none does it.",
        ],
        errors: [
            .unknownUser, .unknownItem, .noHistory, .noCandidates, .limitExceeded, .cancelled,
            .shuttingDown,
        ],
        example: "FLIP 1", isLong: true)

    static let whyNotRow = VerbSpecification(
        .whyNot,
        arguments: [
            .init("user", .user, "whose list"),
            .init("item", .item, "what is missing in it"),
        ],
        options: [
            .init(
                "k", .integer(1...Limits.rowsMax),
                "the list's length; default \(Request.Default.count)"),
            .init(
                "top", .integer(1...Limits.rowsMax),
                "lines of each kind; default \(Request.Default.whyNotLines)"),
            .init(
                "head", .choice(HeadName.allCases.map(\.rawValue)),
                "whose list; default \(Request.Default.head.rawValue)"),
        ],
        tables: [
            [
                "line", "item", "title", "rating", "share", "effect", "change", "score", "rank",
            ]
        ],
        summary: "Why an item is not in a user's list, and what would bring it in.",
        detail: [
            "rank is the item's place among all candidates, gap what its score lacks to that",
            "of last, the list's last item. filter=rated: the item is left out because the",
            "user has rated it. Lines called down are ratings without which the score would",
            "rise, most first: share is what they add to it, effect what taking them out",
            "would change. Lines called lift are single changes of a rating that bring the",
            "item into the list: change is remove or rate with the other rating; effect,",
            "score and rank are the item's then, verified by solving the changed ratings.",
            "short=no-single-change says that there are none.",
        ],
        errors: [
            .unknownUser, .unknownItem, .noHistory, .limitExceeded, .cancelled, .shuttingDown,
        ],
        example: "WHYNOT 1 2858", isLong: true)

    static let fidelityRow = VerbSpecification(
        .fidelity, role: .operator,
        options: [
            .init(
                "users", .integer(10...10_000),
                "how many users lose a rating; default \(Request.Default.fidelityUsers)"),
            .init(
                "seed", .integer(0...Int.max),
                "which users; default \(Request.Default.seed)"),
        ],
        tables: [["head", "users", "slope", "low", "high", "correlation", "sign_agreement"]],
        summary: "How the effects that EXPLAIN shows compare with deleting and retraining.",
        detail: [
            "Of each user drawn the rating with the largest share in the user's first item is",
            "deleted, all at once, and each head is trained again on the rest with its own",
            "options and seed. slope is the least-squares slope of the changes of those",
            "scores on the effects, low and high its 95% interval, sign_agreement the part of",
            "users for whom both have the same sign. A rating head that samples trains to",
            "another draw of the same model, which is noise about the slope, not in it. The",
            "result is kept with the generation and quoted by EXPLAIN and INFO. Takes as long",
            "as a RETRAIN.",
        ],
        errors: [
            .notEnoughData, .forgetRunning, .limitExceeded, .storageFailed, .diskFull, .cancelled,
            .shuttingDown,
        ],
        example: "FIDELITY users=100", isLong: true)
}
