// SPDX-License-Identifier: GPL-3.0-or-later

import Trust

/// Who is served how well, with intervals and tests that know their own noise.
struct GroupsSection {
    private let numbers: AuditNumbers
    private let inputs: [String]

    /// Nil where no audit was made.
    init?(_ findings: ReportFindings) {
        guard let numbers = AuditNumbers(findings) else { return nil }
        self.numbers = numbers
        inputs = findings.subject.inputs
    }

    var section: ReportSection {
        let figures = GroupFigures(numbers)
        return ReportSection(
            id: "audit", title: "For whom it works: the audit",
            blocks: [introduction] + given + gaps(figures.gaps) + tests + tables + crossed
                + [.heading("What lists show")] + [exposure].compactMap(\.self).map { .table($0) }
                + leakage(figures) + [.note(reading)])
    }

    private var introduction: ReportBlock {
        .paragraph(
            """
            The same held-out ratings, by groups of users. A gap is a group's figure less that of \
            all other users. The lines are 95% intervals of \
            \(numbers.number("resamples", numbers.audit.options.resamples, "bootstrap samples of users")) \
            bootstrap samples of users: resampling ratings instead would make them far too narrow, \
            because one user's ratings share that user's error. Tests exchange the groups of users \
            of like activity at random as often, so that what activity explains of a gap is not \
            found, however large; and they count how many of them there are. A gap that was not found \
            may still be there: the tables say how large a one could hide.
            """)
    }

    /// What of the groups the models themselves know.
    private var given: [ReportBlock] {
        guard !inputs.isEmpty else { return [] }
        return [
            .note(
                """
                Inputs of the rating model, of this one and of those measured here: \
                \(inputs.joined(separator: ", ")).
                """)
        ]
    }

    private func gaps(_ figures: [ReportFigure]) -> [ReportBlock] {
        figures.isEmpty
            ? [.note("No group is large enough to be shown, so that only everybody is measured.")]
            : [.figures(figures)]
    }

    /// The few tests that were fixed beforehand.
    private var tests: [ReportBlock] {
        let rows = numbers.rows.filter { $0.family == .confirmatory }
        guard !rows.isEmpty else { return [] }
        return [
            .heading("The tests fixed beforehand"),
            .table(
                ReportTable(
                    """
                    How far the groups of an attribute lie apart, beside what chance gives groups of \
                    these sizes. Adjusted after Holm for \
                    \(numbers.number("tests.confirmatory", rows.count, "confirmatory tests")) tests.
                    """,
                    columns: [
                        .texts("attribute"), .texts("figure"), .numbers("spread"),
                        .numbers("by chance"), .numbers("excess"), .numbers("p"),
                        .numbers("p adjusted"), .texts("finding"),
                    ],
                    rows: rows.map { row in
                        [Prose(text: row.attribute), Prose(text: row.metric)]
                            + ([numbers.value(row)] + numbers.test(row)).map { "\($0)" as Prose }
                            + [numbers.finding(row)]
                    })),
        ]
    }

    private var tables: [ReportBlock] {
        let exploratory = numbers.rows.filter { $0.family == .exploratory }
        let found = exploratory.count { $0.isSignificant == true }
        return [
            .heading("Group by group"),
            .paragraph(
                """
                All other tests explore: of \
                \(numbers.number("tests.exploratory", exploratory.count, "exploratory tests")), \
                \(numbers.number("tests.exploratory.found", found, "exploratory tests that found something")) \
                find something after the adjustment of Benjamini and Hochberg, which lets one in \
                twenty of what is found be chance.
                """),
        ] + AuditNumbers.main.map { .table(table($0, $1)) }
    }

    private func table(_ metric: UserMetric, _ name: String) -> ReportTable {
        let groups = [("all", ["all"])] + numbers.single.map { ($0.name, $0.groups) }
        let shown = groups.flatMap { attribute, groups in
            groups.compactMap { numbers.row(attribute, $0, metric.rawValue) }
        }
        return ReportTable(
            """
            \(name) by group; “at equal activity” compares with others who have rated as much.
            """,
            columns: [
                .texts("attribute"), .texts("group"), .numbers("users"), .numbers(name),
                .numbers("gap"), .numbers("at equal activity"), .numbers("p adjusted"),
                .texts("finding"), .numbers("could hide"),
            ],
            rows: shown.map { row in
                let gap = numbers.row(row.attribute, row.group, "\(row.metric)-gap")
                let equal = numbers.row(
                    row.attribute, row.group, "\(row.metric)-gap-at-equal-activity")
                return [
                    Prose(text: row.attribute), Prose(text: row.group),
                    "\(numbers.users(row))", "\(numbers.value(row))",
                    gap.map { "\(numbers.value($0))" } ?? "–",
                    equal.map { "\(numbers.value($0))" } ?? "–",
                    gap.flatMap(numbers.adjustedP).map { "\($0)" } ?? "–",
                    gap.map(numbers.finding) ?? "–",
                    gap.flatMap(numbers.hidden).map { "\($0)" } ?? "–",
                ]
            })
    }

    /// What crossing attributes found, as a few points.
    private var crossed: [ReportBlock] {
        let attributes = numbers.audit.attributes.filter { $0.kind == .intersection }
        let points: [Prose] = attributes.flatMap { attribute in
            AuditNumbers.main.compactMap { metric, name -> Prose? in
                let rows = numbers.rows(attribute.name, "\(metric.rawValue)-gap")
                guard !rows.isEmpty else { return nil }
                let found = rows.filter { $0.isSignificant == true }
                    .sorted { abs($0.value) > abs($1.value) }
                let largest = found.prefix(3).reduce("" as Prose) {
                    $0 + "\($0 == "" ? ": " : ", ")\($1.group) \(numbers.value($1))"
                }
                let id = "crossed.\(attribute.name).\(metric.rawValue)"
                return """
                    \(attribute.name), \(name): \
                    \(numbers.number("\(id).found", found.count, "crossed groups with a gap found")) \
                    of \(numbers.number("\(id).groups", rows.count, "crossed groups shown")) gaps \
                    found\(largest).
                    """
            }
        }
        return points.isEmpty ? [] : [.heading("Groups crossed"), .list(points)]
    }

    /// What part of attention goes to which items; nil where nothing is known of it.
    private var exposure: ReportTable? {
        let columns: [(metric: String, title: String, style: NumberStyle)] = [
            ("catalogue-share", "of the catalogue", .percent(1)),
            ("rating-share", "of the ratings", .percent(1)),
            ("exposure@10", "of what lists show", .percent(1)),
            ("rmse", "RMSE", .fixed(3)), ("hit-rate@10", "liked ones found", .percent(1)),
        ]
        let groups = numbers.rows("popularity", columns[0].metric).map(\.group)
        guard !groups.isEmpty else { return nil }
        return ReportTable(
            """
            Items by popularity: the head is the fewest that have a fifth of all ratings, the tail \
            the most that have a fifth together. A place in a list counts less the lower it is.
            """,
            columns: [.texts("items")] + columns.map { .numbers($0.title) },
            rows: groups.map { group in
                [Prose(text: group)]
                    + columns.map { column in
                        numbers.row("popularity", group, column.metric).map {
                            "\(numbers.value($0, column.style))"
                        } ?? "–"
                    }
            })
    }

    private func leakage(_ figures: GroupFigures) -> [ReportBlock] {
        figures.leakage.map { [.heading("What vectors give away"), .figures([$0])] } ?? []
    }

    private var reading: Prose {
        """
        Groups of under ten users are not shown \
        (\(numbers.number("suppressed", numbers.audit.suppressedGroups, "groups not shown because they are small")) \
        here), nor any group that would reveal one; counts of groups are to the nearest ten. A gap \
        is a fact about answers, not its cause: groups also differ in how much and in what they \
        rate (\(link: "the data", to: "data")).
        """
    }
}
