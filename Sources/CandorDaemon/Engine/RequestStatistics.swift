// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// Counters since the start, by verb.
struct RequestStatistics {
    /// What is counted of one verb.
    struct Row {
        var requests = 0
        var errors = 0
        var totalMicroseconds = 0
        var maximumMicroseconds = 0

        /// The mean latency in microseconds, nil before the first request.
        var meanMicroseconds: Double? {
            requests > 0 ? Double(totalMicroseconds) / Double(requests) : nil
        }
    }

    private(set) var rows: [Verb: Row] = [:]
    /// Connections open now.
    private(set) var openConnections = 0
    /// Connections accepted since the start.
    private(set) var acceptedConnections = 0

    mutating func record(_ verb: Verb, microseconds: Int, failed: Bool) {
        var row = rows[verb] ?? Row()
        row.requests += 1
        row.errors += failed ? 1 : 0
        row.totalMicroseconds += microseconds
        row.maximumMicroseconds = max(row.maximumMicroseconds, microseconds)
        rows[verb] = row
    }

    mutating func countConnection(_ change: Int) {
        openConnections += change
        if change > 0 { acceptedConnections += change }
    }
}
