// SPDX-License-Identifier: GPL-3.0-or-later

import Trust

/// Plots of gaps between groups of users, and of what user vectors give away.
struct GroupFigures {
    private let numbers: AuditNumbers

    init(_ numbers: AuditNumbers) { self.numbers = numbers }

    /// A plot for each of the main figures that has groups to compare.
    var gaps: [ReportFigure] {
        [
            gap(.rmse, "RMSE", worse: "right of the line is worse"),
            gap(.nDCG, "nDCG@10", worse: "left of the line is worse"),
        ].compactMap(\.self)
    }

    private func gap(_ metric: UserMetric, _ name: String, worse: String) -> ReportFigure? {
        let attributes = numbers.single.map { attribute in
            (attribute.name, numbers.rows(attribute.name, "\(metric.rawValue)-gap"))
        }.filter { !$0.1.isEmpty }
        let rows = attributes.flatMap(\.1)
        guard !rows.isEmpty else { return nil }
        let found = rows.filter { $0.isSignificant == true }
        return ReportFigure(
            id: "gaps-\(metric.rawValue.prefix(4))", title: "Gaps in \(name)",
            description: """
                For each group a dot with an interval. \(found.count) of \(rows.count) gaps were \
                found after adjusting for all tests\(Self.list(found)).
                """,
            caption: """
                \(worse.prefix(1).uppercased() + worse.dropFirst()). Gaps that were found after \
                adjusting for the number of tests are in the second colour.
                """,
            plot: IntervalPlot(
                measure: "\(name) of the group − of all others",
                groups: attributes.map { name, rows in
                    IntervalPlot.Group(name: name, rows: rows.map { Self.row($0, $0.group) })
                }, reference: (0, "no gap"), decimals: 3),
            numbers: rows.flatMap { numbers.interval($0) })
    }

    /// The strongest attack on each group; nil where no attack could be judged.
    var leakage: ReportFigure? {
        let attributes = numbers.single.map { ($0.name, strongest($0)) }
            .filter { !$0.1.isEmpty }
        let rows = attributes.flatMap(\.1)
        guard let most = rows.max(by: { $0.value < $1.value }) else { return nil }
        return ReportFigure(
            id: "leakage", title: "What user vectors give away",
            description: """
                For each group a dot with an interval: the area under the ROC curve of whoever guesses \
                from a user's vector who belongs to it. The most is \
                \(NumberStyle.fixed(3).text(of: most.value)) for \(most.attribute) \(most.group).
                """,
            caption: """
                Half of the users are given with their groups, the other half's are guessed: 0.5 is \
                guessing, 1 is knowing. Of each group the strongest attack on either model, so that \
                a little above 0.5 is to be expected; what was found after adjusting for all tests \
                is in the second colour. The vectors never leave the daemon, but lists are made of \
                them.
                """,
            plot: IntervalPlot(
                measure: "area under the ROC curve",
                groups: attributes.map { name, rows in
                    IntervalPlot.Group(name: name, rows: rows.map { Self.row($0, $0.group) })
                }, reference: (0.5, "guessing"), decimals: 3),
            numbers: rows.flatMap { numbers.interval($0) })
    }

    private func strongest(_ attribute: AuditAttribute) -> [AuditRow] {
        attribute.groups.compactMap { group in
            numbers.rows.filter {
                $0.section == .leakage && $0.attribute == attribute.name && $0.group == group
            }.max { $0.value < $1.value }
        }
    }

    private static func row(_ row: AuditRow, _ name: String) -> IntervalPlot.Row {
        IntervalPlot.Row(
            name: name, value: row.value,
            interval: (row.low ?? row.value)...(row.high ?? row.value),
            isNotable: row.isSignificant == true)
    }

    private static func list(_ rows: [AuditRow]) -> String {
        guard !rows.isEmpty else { return "" }
        return ": "
            + rows.map {
                "\($0.attribute) \($0.group) \(NumberStyle.fixed(3).text(of: $0.value))"
            }.joined(separator: "; ")
    }
}
