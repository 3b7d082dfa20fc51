// SPDX-License-Identifier: GPL-3.0-or-later

/// One number set large, and what it is.
struct ReportCard: Sendable {
    let number: ReportNumber
    let label: String
    let remark: Prose
}
