// SPDX-License-Identifier: GPL-3.0-or-later

/// One measured number of an audit, with its interval.
public struct AuditEntry: Sendable, Equatable {
    /// The user attribute, or `all`.
    public let attribute: String
    /// The group's label, or `all`.
    public let group: String
    /// The users measured.
    public let users: Int
    /// The held-out ratings measured.
    public let ratings: Int
    /// Which number.
    public let metric: AuditMetric
    /// The number on the data as they are.
    public let value: Double
    /// The lower end of the 95% bootstrap interval.
    public let low: Double
    /// The upper end of the 95% bootstrap interval.
    public let high: Double
}
