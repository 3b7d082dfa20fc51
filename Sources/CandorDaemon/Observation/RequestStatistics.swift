// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// What is counted since the start: requests by verb, and connections.
struct RequestStatistics {
    /// What is counted of one verb.
    struct Row {
        /// The latencies of all requests that were answered.
        var latency = LatencyHistogram()
        /// How many of them were refused, by code.
        var errors: [WireCode: Int] = [:]

        /// How many were answered.
        var requests: Int { latency.count }
        /// How many were refused.
        var errorCount: Int { errors.values.reduce(0, +) }
    }

    private(set) var rows: [Verb: Row] = [:]
    /// Connections accepted since the start.
    var acceptedConnections = 0

    mutating func record(_ request: FinishedRequest) {
        rows[request.verb, default: Row()].latency.record(nanoseconds: request.nanoseconds)
        guard let code = request.code else { return }
        rows[request.verb]?.errors[code, default: 0] += 1
    }
}
