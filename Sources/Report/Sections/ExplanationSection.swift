// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Trust

/// Whether explanations keep their word.
struct ExplanationSection {
    private let findings: ReportFindings
    private let heads: [(id: String, title: String, fidelity: ExplanationFidelity)]

    init(_ findings: ReportFindings) {
        self.findings = findings
        heads = [
            ("ranking", "ranking model", findings.rankingFidelity),
            ("rating", "rating model", findings.ratingFidelity),
        ].compactMap { id, title, fidelity in fidelity.map { (id, title, $0) } }
    }

    var section: ReportSection? {
        guard !heads.isEmpty else { return nil }
        return ReportSection(
            id: "explanations", title: "Explanations",
            blocks: [
                .paragraph(
                    """
                    A score is a sum over the user's own ratings; EXPLAIN lists what each adds (its \
                    \(strong: "share")) and what the score would change by without it (its \
                    \(strong: "effect")). These are two numbers: deleting a rating also changes how \
                    the others are weighed. Both were checked here on users evenly spaced over the \
                    data: the lines must add up to the score that is served, and an effect must be \
                    what a solve from scratch without the rating gives.
                    """),
                .table(table),
            ] + retrained + plain + [
                .list([
                    """
                    Where the five largest shares cover under half of all, no short explanation is \
                    honest, and Candor says so instead of giving one.
                    """,
                    groups,
                ])
            ])
    }

    /// Whether groups of users are an input of scores.
    private var groups: Prose {
        let inputs = findings.subject.inputs
        return inputs.isEmpty
            ? """
            Groups of users such as gender or age are no input of a score, and so stand in no \
            explanation.
            """
            : """
            Inputs of predicted stars beside ratings: \(inputs.joined(separator: ", ")). An \
            explanation of stars has a line for each that is known of the user.
            """
    }

    /// What an answer is like in words.
    private var plain: [ReportBlock] {
        guard let plain = findings.plain else { return [] }
        let title = findings.subject.data.items[plain.item].title
        return [
            .heading("An answer in plain words"),
            .paragraph(
                """
                What \(code: "FACTS … form=text") says of \(strong: title) to somebody with the \
                made-up taste for \(plain.genre) (\(link: "the first list", to: "lists")). No model \
                of language writes it: the sentences are templates over facts, and hold no other. \
                \(code: "VERIFY") reads what somebody else says of an answer, and marks each sentence.
                """),
            .note(Prose(text: plain.sentences.joined(separator: " "))),
        ]
    }

    /// How far effects foretell a retrain, where that was measured.
    private var retrained: [ReportBlock] {
        let measured: [(id: String, title: String, slope: RetrainSlope)] = [
            ("ranking", "ranking model", findings.rankingSlope),
            ("rating", "rating model", findings.ratingSlope),
        ].compactMap { id, title, slope in slope.map { (id, title, $0) } }
        guard !measured.isEmpty else {
            return [
                .note(
                    """
                    Effects hold the items' side as it was trained. A full retrain without a rating \
                    would change that too; how much more was not measured for this generation \
                    (\(code: "FIDELITY") does).
                    """)
            ]
        }
        let rows: [(String, String, NumberStyle, KeyPath<RetrainSlope, Double>)] = [
            ("users who lost a rating", "users", .count, \.userCount),
            ("what a retrain changes, as a multiple of the effect", "slope", .fixed(2), \.slope),
            ("low end of 95%", "low", .fixed(2), \.low),
            ("high end of 95%", "high", .fixed(2), \.high),
            ("correlation", "correlation", .fixed(2), \.correlation),
            ("same sign", "sign", .percent(1), \.signAgreement),
        ]
        let table = ReportTable(
            """
            Effects hold the items' side as it was trained. Here one rating each of some users was \
            deleted and everything trained again: how the change of the score compares.
            """,
            columns: [.texts("what")] + measured.map { .numbers($0.title) },
            rows: rows.map { title, name, style, path in
                [Prose(text: title)]
                    + measured.map {
                        "\(number($0.id, "retrain-\(name)", $0.slope[keyPath: path], style))"
                            as Prose
                    }
            })
        return [.table(table)]
    }

    /// What a reader in a hurry should know of it.
    var cards: [ReportCard] {
        guard let first = heads.first else { return [] }
        return [
            ReportCard(
                number: number(first.id, "sum-error", first.fidelity.sumError, .power),
                label: "largest error of an explanation's sum",
                remark:
                    "of \(number(first.id, "users", Double(first.fidelity.users), .count)) explanations"
            )
        ]
    }

    private var table: ReportTable {
        let rows: [(String, String, NumberStyle, KeyPath<ExplanationFidelity, Double>)] = [
            ("explanations checked", "users", .count, \.userCount),
            ("largest difference of score and sum of lines", "sum-error", .power, \.sumError),
            ("effects checked", "effects", .count, \.effectCount),
            (
                "largest difference of an effect and a solve without the rating", "effect-error",
                .power, \.effectError
            ),
            (
                "listed ratings whose share and effect differ in sign", "signs", .percent(1),
                \.signDifferences
            ),
            (
                "effect of a listed rating, as a multiple of its share", "ratio", .fixed(2),
                \.meanRatio
            ),
            ("explanations that may be short", "short", .percent(1), \.shortHonest),
        ]
        return ReportTable(
            "One explanation of the best item each, the five largest shares listed.",
            columns: [.texts("what")] + heads.map { .numbers($0.title) },
            rows: rows.map { title, name, style, path in
                [Prose(text: title)]
                    + heads.map {
                        "\(number($0.id, name, $0.fidelity[keyPath: path], style))" as Prose
                    }
            })
    }

    private func number(
        _ head: String, _ name: String, _ value: Double, _ style: NumberStyle
    ) -> ReportNumber {
        ReportNumber(
            "explanation.\(head).\(name)", value, style,
            "explanations of the \(head) model: \(name)",
            findings.subject.servedSource)
    }
}

extension RetrainSlope {
    fileprivate var userCount: Double { Double(users) }
}

extension ExplanationFidelity {
    fileprivate var userCount: Double { Double(users) }
    fileprivate var effectCount: Double { Double(effects) }
}
