// SPDX-License-Identifier: GPL-3.0-or-later

/// What EXPORT exports, as the request names it.
enum ExportKind: String, CaseIterable {
    case user
    case explanation
    case parquet
}
