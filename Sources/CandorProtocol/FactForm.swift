// SPDX-License-Identifier: GPL-3.0-or-later

/// How FACTS gives its facts.
public enum FactForm: String, CaseIterable, Sendable {
    /// As claims, one a row.
    case claims
    /// As plain English, one sentence a row.
    case text
}
