// SPDX-License-Identifier: GPL-3.0-or-later

extension Verb {
    static let rateRow = VerbSpecification(
        .rate, role: .writer,
        arguments: [
            .init("user", .user, "who; a new identifier makes a new user"),
            .init("item", .item, "what; must be in the catalogue"),
            .init("rating", .number(-1e6...1e6), "on the data's scale"),
        ],
        options: [
            .init("at", .integer(0...253_402_300_799), "seconds since 1970; default now")
        ],
        summary: "Give or change a rating; it counts from the next request on.",
        detail: [
            "Acknowledged means on disk: the rating survives a crash of daemon or machine.",
            "The user's next answers are solved from the changed ratings (fold-in).",
            "The next RETRAIN learns from it.",
        ],
        errors: [.unknownItem, .ratingOutOfScale, .storageFailed, .diskFull, .shuttingDown],
        example: "RATE 1 1193 4.5")

    static let unrateRow = VerbSpecification(
        .unrate, role: .writer,
        arguments: [
            .init("user", .user, "who"),
            .init("item", .item, "what"),
        ],
        summary: "Take a rating back; it counts from the next request on.",
        detail: ["Durable like RATE."],
        errors: [.unknownUser, .unknownItem, .notRated, .storageFailed, .diskFull, .shuttingDown],
        example: "UNRATE 1 1193")

    static let retrainRow = VerbSpecification(
        .retrain, role: .operator,
        arguments: [
            .init(
                Request.Steering.force, .choice([Request.Steering.force]), optional: true,
                "train also when neither data nor options have changed")
        ],
        options: [
            .init(
                "rating", .choice(Request.RetrainOptions.ratingModels),
                "the model that predicts ratings"),
            .init(
                "ranking", .choice(Request.RetrainOptions.rankingModels),
                "the model that ranks items"),
            .init("seed", .integer(0...Int.max), "seed of all random choices"),
            .init("rating_factors", .integer(1...255), "factors of the rating head"),
            .init("ranking_factors", .integer(1...256), "factors of the ranking head"),
            .init(
                "sweeps", .integer(1...1000),
                "sweeps of both heads; by default more for little data"),
            .init("threads", .integer(1...256), "threads; the result does not depend on it"),
            .init("data", .path, "a data set to read anew and learn from, with the journal"),
            .init(
                "demographics", .attributes,
                "user attributes as inputs of bayes or fast; default none"),
        ] + trainingMitigationOptions,
        tables: [["gate", "attribute", "before", "after", "limit", "outcome", "reason"]],
        summary: "Train a new generation from all ratings and serve it.",
        detail: [
            "The old generation serves until the new one is saved; then every new request is",
            "answered by the new one. Options left out keep their values or follow the size",
            "of the data; a model that is named begins from its own defaults. rating: bayes",
            "is the most accurate, fast the same in less time, the rest are baselines to",
            "compare with. ranking: ials, or the baselines popular, rating (predicted stars)",
            "and svd-zero. The same data, options and seed give the same factors bit for bit:",
            "where none of them has changed nothing is trained, and state is unchanged.",
            "Otherwise the new generation is put through the gates of the configuration,",
            "which compare it with the serving one on the same held-out ratings; one that",
            "they refuse is kept, but serves only by PROMOTE with the word force. A row is",
            "one gate: limit is the highest, or for nDCG and counts the lowest, value of",
            "after that passes. A retrain that fails, is refused or cancelled leaves every",
            "answer as it was. Progress lines come while it runs.",
            "data: a folder or file in the directory that the setting retrain-data names, in",
            "any format of candord import. Its ratings take the place of the serving data's;",
            "all that was ever rated or taken back through the daemon is laid over them and",
            "wins. Later retrains and restarts build on the result.",
            "What it takes of memory at most is told beforehand, from the numbers of users,",
            "items and ratings and from the options; more than the setting retrain-memory,",
            "or else the machine, allows is refused with retrain-too-large.",
            "demographics: attributes, like gender,age, that the rating model is given, with",
            "which users of few ratings are predicted better. What is expected of a user is",
            "moved by their groups; who told nothing is taken for the average user. EXPLAIN",
            "lists each one's part, AUDIT names them. Off by default and not kept: RETRAIN",
            "without demographics is without again. Lists are of the ranking model, which is",
            "given none (unless it is ranking=rating). Not together with mitigate=erase.",
        ] + trainingMitigationDetail,
        errors: [
            .unknownAttribute, .generationRefused, .retrainRunning, .forgetRunning, .unconfirmed,
            .promotionRunning, .notEnoughData, .storageFailed, .diskFull, .cancelled,
            .shuttingDown, .unknownData, .unreadableData, .noDataDirectory, .retrainTooLarge,
        ],
        example: "RETRAIN rating=fast seed=7", isLong: true)

    static let generationsRow = VerbSpecification(
        .generations,
        tables: [
            [
                "generation", "status", "created", "users", "items", "ratings", "seed", "hash",
                "note",
            ]
        ],
        summary: "The generations kept on disk, newest first.",
        detail: [
            "status is serving, previous (what ROLLBACK goes back to), kept, refused (by the",
            "gates) or damaged, with the reason. note says by when a promotion is to be",
            "confirmed and why the gates refused a generation.",
        ],
        errors: [.storageFailed],
        example: "GENERATIONS")

    static let reloadRow = VerbSpecification(
        .reload, role: .operator, tables: [["setting", "before", "now", "effect"]],
        summary: "Read the configuration anew and apply what can be applied.",
        detail: [
            "Lists the settings that changed: effect is applied, or restart for those that",
            "take one. A configuration with a problem is refused as a whole: the message",
            "names the first, `candord check` explains all. SIGHUP does the same.",
        ],
        errors: [.configurationRefused],
        example: "RELOAD")

    static let shutdownRow = VerbSpecification(
        .shutdown, role: .operator,
        summary: "Stop the daemon after answering what is under way.",
        example: "SHUTDOWN")
}
