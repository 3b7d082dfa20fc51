// SPDX-License-Identifier: GPL-3.0-or-later

/// How replies are written.
enum OutputFormat: String, Sendable, CaseIterable {
    /// Aligned tables and pictures, for people.
    case table
    /// Exact values separated by tabs, for other programs.
    case tsv
    /// The server's JSON objects, one on each line.
    case json
}
