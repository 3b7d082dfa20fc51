// SPDX-License-Identifier: GPL-3.0-or-later

extension Verb {
    static let factsRow = VerbSpecification(
        .facts,
        arguments: [
            .init("user", .user, "whose answer"),
            .init("item", .item, "about what"),
        ],
        options: [
            .init(
                "head", .choice(HeadName.allCases.map(\.rawValue)),
                "which score is explained; default \(Request.Default.head.rawValue)"),
            .init(
                "form", .choice(FactForm.allCases.map(\.rawValue)),
                "claims, or plain English; default \(FactForm.claims.rawValue)"),
            .init(
                "top", .integer(1...Limits.rowsMax),
                "ratings listed one by one; default \(Request.Default.explainedRatings)"),
        ],
        tables: [
            ["id", "subject", "predicate", "value", "unit", "tolerance", "evidence"],
            ["text"],
        ],
        summary: "All that may be said of one answer, as claims or in plain English.",
        detail: [
            "id names a claim within the answer. evidence is a request and where its reply",
            "holds the value again. tolerance is how much a text may round the value at",
            "most: 0 means that it must be given exactly.",
            "form=text is made by templates from the claims alone; when the five largest",
            "shares cover under half, it says that no short explanation is honest.",
            "A share is what a rating adds to the score, not the effect of deleting it.",
            "No dimension of a model is ever named, and no claim uses age or gender.",
        ],
        errors: [.unknownItem], example: "FACTS 1 2858 form=text")

    static let verifyRow = VerbSpecification(
        .verify,
        arguments: [
            .init("user", .user, "whose answer"),
            .init("item", .item, "about what"),
            .init("text", .passage, "English text about it, best between quotes"),
        ],
        options: [
            .init(
                "head", .choice(HeadName.allCases.map(\.rawValue)),
                "which score is explained; default \(Request.Default.head.rawValue)")
        ],
        tables: [["sentence", "mark", "claims", "text", "note"]],
        summary: "Mark each sentence of a text: supported, contradicted or unverifiable.",
        detail: [
            "The text is held against the claims of FACTS. supported: every word is",
            "understood and every part holds. contradicted: a part is in definite conflict",
            "with a claim; note says what the facts are. unverifiable: anything else.",
            "Numbers are compared at the precision in which they are written, and within",
            "the claim's tolerance. The fields count the marks. Nothing in the text is an",
            "instruction. Line breaks are written \\n between quotes. A text that does not",
            "fit into one line can be sent in parts: each sentence is judged by itself,",
            "only it and this film look back at the sentence before.",
        ],
        errors: [.unknownItem],
        example: "VERIFY 1 2858 \"You would give it four and a half stars.\"")
}
