// SPDX-License-Identifier: GPL-3.0-or-later

/// The numbers an audit reports, by their names on the wire.
public enum AuditMetric: String, Sendable, CaseIterable {
    /// Root mean squared error of predicted stars: lower is better.
    case rmse
    /// nDCG@10 of the ranked list: higher is better.
    case ndcg = "ndcg@10"
    /// The group's `rmse` minus that of all other users: positive, the group is served worse.
    case rmseGap = "rmse-gap"
    /// The group's `ndcg@10` minus that of all other users: negative, the group is served worse.
    case ndcgGap = "ndcg@10-gap"
}

extension AuditMetric {
    /// Whether the number is measured on the users with a relevant held-out item only.
    var isRanking: Bool { self == .ndcg || self == .ndcgGap }
}
