// SPDX-License-Identifier: GPL-3.0-or-later

import Trust

/// Who is served how well, with intervals that know their own noise.
struct AuditSection {
    private let findings: ReportFindings
    private let audit: AuditReport
    private let held: HeldOutFindings

    /// Nil where no audit was made.
    init?(_ findings: ReportFindings) {
        guard let audit = findings.audit, let held = findings.heldOut else { return nil }
        self.findings = findings
        self.audit = audit
        self.held = held
    }

    var section: ReportSection {
        ReportSection(
            id: "audit", title: "For whom it works: the audit",
            blocks: [
                .paragraph(
                    """
                    The same held-out ratings, by groups of users. A gap is a group's figure less \
                    that of all other users. The lines are 95% intervals of \
                    \(number("resamples", Double(audit.options.resamples), .count, "bootstrap samples of users")) \
                    bootstrap samples of users: resampling ratings instead would make them far too \
                    narrow, because one user's ratings share that user's error. An interval that \
                    crosses the dashed line does not show that there is no gap, only that none was \
                    shown.
                    """)
            ] + figureBlocks + [
                .note(
                    """
                    Many gaps were looked at, and of twenty that are none one is expected to look \
                    like one at this level. Groups of under ten users are not shown \
                    (\(number("suppressed", Double(audit.suppressedGroups), .count, "groups not shown because they are small")) \
                    here), nor any group that would reveal one. A gap is a fact about answers, not \
                    its cause: groups also differ in how much and in what they rate \
                    (\(link: "the data", to: "data")).
                    """),
                .table(table),
            ])
    }

    private var figureBlocks: [ReportBlock] {
        let figures = [
            figure(
                .rmseGap, id: "gaps-rmse", title: "Gaps in RMSE",
                measure: "RMSE of the group − of all others", worse: "right of the line is worse"),
            figure(
                .ndcgGap, id: "gaps-ndcg", title: "Gaps in nDCG@10",
                measure: "nDCG@10 of the group − of all others", worse: "left of the line is worse"),
        ].compactMap { $0 }
        return figures.isEmpty
            ? [.note("The data has no groups of users, so that only everybody is measured.")]
            : [.figures(figures)]
    }

    private func figure(
        _ metric: AuditMetric, id: String, title: String, measure: String, worse: String
    ) -> ReportFigure? {
        let entries = audit.entries.filter { $0.metric == metric }
        guard !entries.isEmpty else { return nil }
        var groups: [IntervalPlot.Group] = []
        var attributes: [String] = []
        for entry in entries where !attributes.contains(entry.attribute) {
            attributes.append(entry.attribute)
        }
        for attribute in attributes {
            groups.append(
                IntervalPlot.Group(
                    name: attribute,
                    rows: entries.filter { $0.attribute == attribute }.map { entry in
                        IntervalPlot.Row(
                            name: entry.group, value: entry.value, interval: entry.low...entry.high,
                            isNotable: entry.low > 0 || entry.high < 0)
                    }))
        }
        let notable = entries.filter { $0.low > 0 || $0.high < 0 }
        return ReportFigure(
            id: id, title: title,
            description: """
                For each group a dot with an interval. \(notable.count) of \(entries.count) \
                intervals do not hold zero\
                \(notable.isEmpty ? "" : ": " + notable.map { "\($0.attribute) \($0.group) \(NumberStyle.fixed(3).text(of: $0.value))" }.joined(separator: "; ")).
                """,
            caption: """
                \(worse.prefix(1).uppercased() + worse.dropFirst()). Intervals that do not hold zero \
                are in the second colour.
                """,
            plot: IntervalPlot(
                measure: measure, groups: groups, reference: (0, "no gap"), decimals: 3),
            numbers: entries.flatMap(numbers))
    }

    private var table: ReportTable {
        let entries = audit.entries.filter { $0.metric == .rmse || $0.metric == .ndcg }
        return ReportTable(
            "Groups with their sizes and figures, and 95% intervals.",
            columns: [
                .texts("attribute"), .texts("group"), .texts("figure"), .numbers("users"),
                .numbers("value"), .numbers("low"), .numbers("high"),
            ],
            rows: entries.map { entry in
                let numbers = numbers(entry)
                let users = number(
                    "\(name(entry)).users", Double(entry.users), .count,
                    "users measured: \(entry.metric.rawValue), \(entry.attribute) \(entry.group)")
                return [
                    Prose(text: entry.attribute), Prose(text: entry.group),
                    Prose(text: entry.metric.rawValue), "\(users)",
                ] + numbers.map { "\($0)" as Prose }
            })
    }

    private func numbers(_ entry: AuditEntry) -> [ReportNumber] {
        let meaning = "\(entry.metric.rawValue) of \(entry.attribute) \(entry.group)"
        return [
            number("\(name(entry)).value", entry.value, .fixed(4), meaning),
            number("\(name(entry)).low", entry.low, .fixed(4), "\(meaning), low end of 95%"),
            number("\(name(entry)).high", entry.high, .fixed(4), "\(meaning), high end of 95%"),
        ]
    }

    private func name(_ entry: AuditEntry) -> String {
        "\(entry.metric.rawValue).\(entry.attribute).\(entry.group)"
    }

    private func number(
        _ name: String, _ value: Double, _ style: NumberStyle, _ meaning: String
    ) -> ReportNumber {
        ReportNumber(
            "audit.\(name)", value, style, meaning,
            NumberSource(
                name: "audit of a fifth of every user's ratings",
                data: findings.subject.dataHash, model: held.modelHash, split: held.splitHash))
    }
}
