// SPDX-License-Identifier: GPL-3.0-or-later

/// What REPORT answers with.
public enum ReportForm: String, Sendable, Equatable, CaseIterable {
    /// The lines of an HTML page.
    case page
    /// One row for each number of that page.
    case numbers
}
