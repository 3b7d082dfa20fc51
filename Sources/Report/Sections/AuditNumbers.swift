// SPDX-License-Identifier: GPL-3.0-or-later

import Trust

/// Finds rows of the audit and makes numbers of a report of them.
///
/// Only rows as they are published are looked at: a page is made to be passed on.
struct AuditNumbers {
    let audit: AuditReport
    let rows: [AuditRow]
    private let source: NumberSource
    private let places: [String: Int]

    /// Nil where no audit was made.
    init?(_ findings: ReportFindings) {
        guard let audit = findings.audit, let held = findings.heldOut else { return nil }
        self.audit = audit
        rows = audit.rows
        places = Dictionary(
            rows.enumerated().map { (Self.key($1.attribute, $1.group, $1.metric), $0) },
            uniquingKeysWith: { first, _ in first })
        source = NumberSource(
            name: "audit of a fifth of every user's ratings",
            data: findings.subject.dataHash, model: held.modelHash, split: held.splitHash)
    }

    /// What is measured of stars, of lists, and how they are written.
    static let main: [(metric: UserMetric, name: String)] = [(.rmse, "RMSE"), (.nDCG, "nDCG@10")]

    /// The attributes of users and their activity, without those crossed.
    var single: [AuditAttribute] { audit.attributes.filter { $0.kind != .intersection } }

    /// The row of one metric of one group; nil where it is not shown.
    func row(_ attribute: String, _ group: String, _ metric: String) -> AuditRow? {
        places[Self.key(attribute, group, metric)].map { rows[$0] }
    }

    /// The rows of a metric of all groups of an attribute that are shown, in the order of groups.
    func rows(_ attribute: String, _ metric: String) -> [AuditRow] {
        rows.filter { $0.attribute == attribute && $0.metric == metric && $0.group != "all" }
    }

    /// A number of the audit as a whole.
    func number(_ name: String, _ count: Int, _ meaning: String) -> ReportNumber {
        ReportNumber("audit.\(name)", count, meaning, source)
    }

    /// A row's value.
    func value(_ row: AuditRow, _ style: NumberStyle = .fixed(3)) -> ReportNumber {
        number(row, "value", row.value, style, "")
    }

    /// A row's value and, where it has an interval, its ends.
    func interval(_ row: AuditRow, _ style: NumberStyle = .fixed(3)) -> [ReportNumber] {
        [
            value(row, style),
            row.low.map { number(row, "low", $0, style, ", low end of 95%") },
            row.high.map { number(row, "high", $0, style, ", high end of 95%") },
        ].compactMap(\.self)
    }

    /// How many users a row is about.
    func users(_ row: AuditRow) -> ReportNumber {
        number(row, "users", Double(row.users), .count, ", users measured")
    }

    /// What chance gives, what is above it, and both p-values of a row that was tested.
    func test(_ row: AuditRow) -> [ReportNumber] {
        [
            row.chance.map { number(row, "chance", $0, .fixed(3), " by chance alone") },
            row.excess.map { number(row, "excess", $0, .fixed(3), " less what chance gives") },
            row.p.map { number(row, "p", $0, .fixed(4), ", p-value") }, adjustedP(row),
        ].compactMap(\.self)
    }

    /// The p-value after adjustment; nil for a row that was not tested.
    func adjustedP(_ row: AuditRow) -> ReportNumber? {
        row.adjustedP.map { number(row, "p-adjusted", $0, .fixed(4), ", adjusted p-value") }
    }

    /// What was found, without saying more than that.
    func finding(_ row: AuditRow) -> Prose {
        guard let isSignificant = row.isSignificant else { return "not tested" }
        return isSignificant ? "\(strong: "found")" : "not found"
    }

    /// How large a gap could be that was not found; nil for one that was.
    func hidden(_ row: AuditRow) -> ReportNumber? {
        guard row.isSignificant == false, let detectable = row.detectable else { return nil }
        return number(
            row, "detectable", detectable, .fixed(3), ", what one test would find with 80% power")
    }

    private func number(
        _ row: AuditRow, _ part: String, _ value: Double, _ style: NumberStyle, _ meaning: String
    ) -> ReportNumber {
        ReportNumber(
            "audit.\(row.metric).\(row.attribute).\(row.group).\(part)", value, style,
            "\(row.metric) of \(row.attribute) \(row.group)\(meaning)", source)
    }

    private static func key(_ attribute: String, _ group: String, _ metric: String) -> String {
        [attribute, group, metric].joined(separator: "\n")
    }
}
