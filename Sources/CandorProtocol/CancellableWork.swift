// SPDX-License-Identifier: GPL-3.0-or-later

/// Work that CANCEL can end.
public enum CancellableWork: String, CaseIterable, Sendable {
    /// RETRAIN or REPRODUCE.
    case retrain
    /// AUDIT in all forms, or DIFF.
    case audit
    case report
    case export
    case fidelity
}
