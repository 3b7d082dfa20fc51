// SPDX-License-Identifier: GPL-3.0-or-later

/// The parts of an audit, by their names on the wire.
public enum AuditSection: String, Sendable, CaseIterable {
    /// Who is measured: sizes of groups, activity, missing attributes.
    case data
    /// Predicted stars by group.
    case rating
    /// Lists by group.
    case ranking
    /// What lists show of the catalogue.
    case items
    /// What user vectors give away of attributes.
    case leakage
}
