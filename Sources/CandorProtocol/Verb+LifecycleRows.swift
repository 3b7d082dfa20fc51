// SPDX-License-Identifier: GPL-3.0-or-later

extension Verb {
    /// A kept generation's number.
    private static func number(_ name: String, _ summary: String) -> ArgumentSpecification {
        .init(name, .integer(1...Int.max), summary)
    }

    static let promoteRow = VerbSpecification(
        .promote, role: .operator,
        arguments: [
            number("number", "which generation, as GENERATIONS lists it"),
            .init(
                Request.Steering.force, .choice([Request.Steering.force]), optional: true,
                "also one that the gates refused"),
        ],
        options: [
            .init(
                "confirm_within", .integer(1...86_400),
                "seconds after which it is taken back unless confirmed; default never")
        ],
        summary: "Serve a kept generation from now on.",
        detail: [
            "Acknowledged means on disk: the next start serves it too. Ratings given since",
            "it was trained count, solved anew. With confirm_within= the generation that",
            "served before comes back by itself unless CONFIRM comes in time, also when the",
            "daemon was killed or restarted in between; confirm_by is when, in seconds since",
            "1970. A generation that the gates refused takes the word force, which the log",
            "keeps with the gates' reasons; overruled says that there were some.",
        ],
        errors: [
            .unknownGeneration, .generationRefused, .retrainRunning, .forgetRunning, .unconfirmed,
            .promotionRunning, .storageFailed, .shuttingDown,
        ],
        example: "PROMOTE 4 confirm_within=300", isLong: true)

    static let confirmRow = VerbSpecification(
        .confirm, role: .operator,
        summary: "Keep the generation that a PROMOTE with confirm_within= has serve.",
        detail: ["Acknowledged means on disk: it is not taken back any more."],
        errors: [.nothingToConfirm, .promotionRunning, .storageFailed, .shuttingDown],
        example: "CONFIRM")

    static let rollbackRow = VerbSpecification(
        .rollback, role: .operator,
        summary: "Serve the generation that served before the present one.",
        detail: [
            "Durable as PROMOTE is. Again it goes back one further, for as many as are",
            "still kept; previous is the next. What was rolled back is kept, and PROMOTE has",
            "it serve again. A promotion that waits to be confirmed is taken back at once.",
        ],
        errors: [
            .noPrevious, .retrainRunning, .forgetRunning, .promotionRunning, .storageFailed,
            .shuttingDown,
        ],
        example: "ROLLBACK", isLong: true)

    static let cancelRow = VerbSpecification(
        .cancel, role: .operator,
        arguments: [
            .init(
                "work", .choice(CancellableWork.allCases.map(\.rawValue)), optional: true,
                "what is to end; default \(CancellableWork.retrain.rawValue)")
        ],
        summary: "End a retrain or other long work, whoever asked for it.",
        detail: [
            "Answers when the work has ended, within a second or so; whoever asked for it",
            "gets the error cancelled, and nothing has changed. stopped is no where the work",
            "was done before it could be ended. retrain is RETRAIN or REPRODUCE, audit any",
            "AUDIT or DIFF.",
        ],
        errors: [.nothingToCancel, .shuttingDown],
        example: "CANCEL audit")

    static let diffRow = VerbSpecification(
        .diff, role: .operator,
        arguments: [
            number("first", "the older generation"), number("second", "the newer generation"),
        ],
        tables: [
            [
                "part", "attribute", "group", "users", "name", "first", "second", "difference",
                "low", "high",
            ]
        ],
        summary: "What differs between two kept generations: accuracy, lists, groups.",
        detail: [
            "Accuracy is measured as the gates do: both are trained again without the same",
            "fifth of the ratings that both know of each user, and measured on that, so it",
            "takes about the time of two retrains. low and high are the 95% interval of the",
            "difference, users resampled. lists says for how many users of both, 2,000 at",
            "most, the ten best of the served factors were compared; churn is the mean part",
            "of a list that is other items in the second, lists_changed how many changed at",
            "all. Without users who can be measured the rows of accuracy and audit are",
            "missing. AUDIT diff has more metrics, and tests.",
        ],
        errors: [
            .unknownGeneration, .auditRunning, .storageFailed, .cancelled, .shuttingDown,
        ],
        example: "DIFF 3 4", isLong: true)

    static let reproduceRow = VerbSpecification(
        .reproduce, role: .operator,
        arguments: [number("number", "which generation, as GENERATIONS lists it")],
        tables: [["part", "stored", "again", "same"]],
        summary: "Train a kept generation again and compare it bit for bit.",
        detail: [
            "Takes the data, options and seed that are stored with the generation and",
            "compares SHA-256 hashes: data is that of the data, rating_head and ranking_head",
            "of each head's numbers, factors of both. Nothing is kept of it, and what serves",
            "goes on. It counts as a retrain: only one runs at a time, and CANCEL ends it.",
        ],
        errors: [
            .unknownGeneration, .notReproducible, .retrainRunning, .forgetRunning,
            .storageFailed, .cancelled, .shuttingDown,
        ],
        example: "REPRODUCE 3", isLong: true)
}
