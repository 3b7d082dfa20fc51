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

    private var rows = [Row?](repeating: nil, count: Verb.allCases.count)
    /// Connections accepted since the start.
    var acceptedConnections = 0
    /// What the loop found to do in its latest turn.
    private(set) var load = LoopLoad(ready: 0, queued: 0)
    /// The most of each that it ever found.
    private(set) var loadMost = LoopLoad(ready: 0, queued: 0)

    /// What is counted of a verb; nil before its first answer.
    subscript(verb: Verb) -> Row? { rows[verb.specification.position] }

    mutating func record(_ request: FinishedRequest) {
        let place = request.verb.specification.position
        if rows[place] == nil { rows[place] = Row() }
        rows[place]?.latency.record(nanoseconds: request.nanoseconds)
        guard let code = request.code else { return }
        rows[place]?.errors[code, default: 0] += 1
    }

    mutating func record(_ load: LoopLoad) {
        self.load = load
        loadMost.ready = max(loadMost.ready, load.ready)
        loadMost.queued = max(loadMost.queued, load.queued)
    }
}
