// SPDX-License-Identifier: GPL-3.0-or-later

/// How replies are rendered on a connection.
public enum ReplyFormat: String, Sendable, CaseIterable {
    /// A status line and counted, tab-separated body lines.
    case text
    /// One JSON object on one line.
    case json
}
