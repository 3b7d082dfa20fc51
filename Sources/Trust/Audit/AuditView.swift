// SPDX-License-Identifier: GPL-3.0-or-later

/// Which rows of an audit a reader wants to see.
public enum AuditView: String, Sendable, CaseIterable {
    /// The main numbers of every group, and the gaps that were found.
    case overview
    /// One section: who is measured.
    case data
    /// One section: predicted stars.
    case rating
    /// One section: lists.
    case ranking
    /// One section: what lists show of the catalogue.
    case items
    /// One section: what user vectors give away.
    case leakage
    /// Everything.
    case all

    /// The rows to show of `rows`, in their order; of one attribute where `attribute` names it.
    public func rows(_ rows: [AuditRow], attribute: String?) -> [AuditRow] {
        rows.filter { row in
            let isOfAll = row.attribute == "all" || row.section == .items
            guard isOfAll || attribute == nil || row.attribute == attribute else { return false }
            switch self {
            case .all: return attribute == nil || row.section != .items
            case .overview: return isMain(row, in: rows, attribute: attribute)
            default: return row.section.rawValue == rawValue
            }
        }
    }

    private func isMain(_ row: AuditRow, in rows: [AuditRow], attribute: String?) -> Bool {
        switch row.section {
        case .data: return false
        case .items: return attribute == nil && row.attribute == "items"
        case .leakage:
            guard attribute == nil else { return true }
            let strongest = rows.lazy.filter {
                $0.section == .leakage && $0.attribute == row.attribute
            }.map(\.value).max()
            return row.value == strongest
        case .rating, .ranking:
            if row.family == .confirmatory { return true }
            let main = [UserMetric.rmse, .nDCG].map(\.rawValue)
            if main.contains(row.metric) { return attribute != nil || !row.attribute.contains("*") }
            guard main.contains(where: { row.metric == "\($0)-gap" }) else { return false }
            return attribute != nil || row.isSignificant == true
        }
    }
}
