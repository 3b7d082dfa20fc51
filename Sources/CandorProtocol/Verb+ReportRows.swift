// SPDX-License-Identifier: GPL-3.0-or-later

extension Verb {
    static let reportRow = VerbSpecification(
        .report, role: .operator,
        options: [
            .init(
                "form", .choice(ReportForm.allCases.map(\.rawValue)),
                "lines of HTML, or one row a number; default \(Request.Default.reportForm.rawValue)"
            )
        ],
        tables: [["text"], Verb.reportNumberColumns],
        summary: "A page about the serving generation: data, models, audit, limits.",
        detail: [
            "form=page answers with the lines of one HTML page that needs nothing else;",
            "'candor report FILE' writes it. form=numbers answers with every number of",
            "that page: number (its name), meaning, value, shown (as on the page), source,",
            "the SHA-256 of data, model and split it was computed from, and an id of all",
            "that. Baselines are trained beside the served models and measured on later",
            "ratings. It is measured once a generation: the second answer comes at once.",
            "Progress lines come while it runs.",
        ],
        errors: [.reportRunning, .forgetRunning, .notEnoughData, .cancelled, .shuttingDown],
        example: "REPORT form=numbers", isLong: true)

    /// The columns of `REPORT form=numbers`.
    public static let reportNumberColumns = [
        "number", "meaning", "value", "shown", "source", "data", "model", "split", "id",
    ]
}
