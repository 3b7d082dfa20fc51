// SPDX-License-Identifier: GPL-3.0-or-later

/// A part of the page under a heading of its own.
struct ReportSection: Sendable {
    /// What links point to.
    let id: String
    /// The heading.
    let title: String
    /// What stands in it, in order.
    let blocks: [ReportBlock]
}
