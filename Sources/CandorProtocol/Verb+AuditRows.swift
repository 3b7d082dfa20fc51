// SPDX-License-Identifier: GPL-3.0-or-later

extension Verb {
    static let auditRow = VerbSpecification(
        .audit, role: .operator,
        arguments: [
            .init(
                "what", .choice(Request.AuditOptions.words), optional: true,
                "diff compares two generations, frontier sweeps a mitigation; nothing audits"),
            .init(
                "first", .operand, optional: true,
                "of diff: the generation to start from; of frontier: the mitigation"),
            .init("second", .operand, optional: true, "of diff: the generation to compare"),
        ],
        options: [
            .init(
                "by", .attribute,
                "one attribute, two as a*b, or activity; default all the data has"),
            .init(
                "section", .choice(Request.AuditOptions.sections),
                "which part; default \(Request.Default.section)"),
            .init(
                "resamples", .integer(100...10_000),
                "resamples of users, and exchanges of groups; default "
                    + "\(Request.Default.resamples)"),
            .init(
                "seed", .integer(0...Int.max),
                "seed of all chance; default \(Request.Default.seed)"),
            .init(
                "points", .integer(2...20),
                "of frontier: strengths, none included; default \(Request.Default.points)"),
        ],
        tables: [
            [
                "attribute", "group", "users", "ratings", "metric", "value", "low", "high",
                "section", "chance", "excess", "p", "p_adjusted", "family", "finding",
                "detectable",
            ],
            [
                "attribute", "group", "users", "ratings", "metric", "first", "second",
                "difference", "low", "high", "p", "p_adjusted", "family", "finding",
            ],
            [
                "strength", "status", "levels_down", "metric", "value", "low", "high", "change",
                "change_low", "change_high",
            ],
        ],
        summary: "Who is served how well, on held-out ratings, and how sure that is.",
        detail: [
            "Trains both heads on 80% of every user's ratings and measures the rest.",
            "value has a 95% interval low to high, from resampling users. A gap is a",
            "group's value less that of all others; -gap-at-equal-activity compares at",
            "equal profile sizes. chance is the mean when groups are exchanged at random",
            "among users of like profile sizes, excess is value less chance, p how often",
            "chance reaches value. p_adjusted counts all tests: Holm's for the",
            "confirmatory family (spread of rmse and ndcg@10 over the groups of each",
            "attribute), Benjamini-Hochberg's for the others; finding is significant at",
            "5% or not-significant, which does not mean equal: a gap of up to detectable",
            "would go unseen one time in five. No p is below 1 / (resamples + 1): few gaps",
            "among many tests take more resamples. Numbers that cannot be negative have",
            "no interval but chance: they are mostly noise.",
            "Sections: overview (the main numbers and what was found), data, rating,",
            "ranking, items, leakage (how well vectors give a group away, 0.5 not at all),",
            "balanced (retrains on as many users of each group of by=), all.",
            "Groups of under 10 users, and others that would reveal them, are not shown;",
            "counts of groups are rounded to tens, their numbers to what those allow.",
            "diff measures two kept generations on the same held-out ratings of the users",
            "of both; difference is second less first, p from exchanging the two by user.",
            "frontier trains, or ranks again, with growing strength of one mitigation",
            "(" + Request.AuditOptions.methods.joined(separator: ", ") + ")",
            "for the groups of by=, and tells at each point accuracy, the three verdicts,",
            "which are different things (leakage, score_gap: parity of scores, rmse_gap and",
            "ndcg_gap: parity of accuracy), the worst-off group, exposure, and the change",
            "of each from strength 0 with 95% intervals over the same resampled users. A",
            "point is refused when its own gap did not fall, when it fell because the",
            "worst-off group lost (levelling down), or when accuracy lost more than .125%",
            "of the scale in RMSE or 2% of nDCG; of the others the one with the smallest",
            "gap is chosen. score_gap leaves out what neighbours of items add; parity and",
            "erase do without neighbours altogether, which is part of what they cost.",
        ],
        errors: [
            .unknownAttribute, .unknownGeneration, .auditRunning, .forgetRunning, .notEnoughData,
            .cancelled, .shuttingDown,
        ],
        example: "AUDIT by=gender", isLong: true)
}
