// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// The few numbers that a reader in a hurry should take away.
struct SummarySection {
    private let findings: ReportFindings

    init(_ findings: ReportFindings) { self.findings = findings }

    var section: ReportSection {
        ReportSection(
            id: "summary", title: "At a glance", blocks: [.cards(cards), .table(identity)])
    }

    private var cards: [ReportCard] {
        let facts = findings.facts
        let source = findings.subject.dataSource
        return [
            ReportCard(
                number: ReportNumber("data.ratings", facts.ratingCount, "ratings", source),
                label: "ratings",
                remark: """
                    by \(ReportNumber("data.users.rated", facts.ratedUserCount, "users with a rating", source)) \
                    users, \(ReportNumber("data.density", facts.density, .percent(2), "part of all pairs of a user and an item that is rated", source)) \
                    of all pairs
                    """)
        ] + LaterNumbers(findings).cards + (HeldOutSection(findings)?.cards ?? [])
            + ExplanationSection(findings).cards
    }

    private var identity: ReportTable {
        let subject = findings.subject
        let rows: [(String, Prose)] = [
            ("data", "\(subject.data.name), \(code: subject.dataHash)"),
            (
                "models",
                "\(subject.ratingModel); \(subject.rankingModel), \(code: subject.factorHash)"
            ),
            ("seed", Prose(text: String(subject.seed))),
            (
                "training",
                "\(ReportNumber("model.training-seconds", subject.trainingSeconds, .fixed(1), "seconds that training took", subject.servedSource)) seconds"
            ),
        ]
        return ReportTable(
            "What this page is about. The same data, options and seed give the same models bit for bit.",
            columns: [.texts("what"), .texts("which")],
            rows: rows.map { [Prose(text: $0.0), $0.1] })
    }
}
