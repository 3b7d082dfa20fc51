// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// What is counted since the start: requests by verb, and connections.
struct RequestStatistics {
    /// What is counted of one verb.
    ///
    /// A class, because it is changed with every request where it lies.
    final class Row {
        /// The latencies of all requests that were answered.
        var latency = LatencyHistogram()
        /// How many of them were refused, by code.
        var errors: [WireCode: Int] = [:]

        fileprivate func record(_ request: FinishedRequest) {
            latency.record(nanoseconds: request.nanoseconds)
            if let code = request.code { errors[code, default: 0] += 1 }
        }

        /// How many were answered.
        var requests: Int { latency.count }
        /// How many were refused.
        var errorCount: Int { errors.values.reduce(0, +) }
    }

    private var rows = [Row?](repeating: nil, count: Verb.allCases.count)
    /// Connections accepted since the start.
    var acceptedConnections = 0
    /// Requests answered with what had been said before.
    private(set) var keptCount = 0
    /// What the loop found to do in its latest turn.
    private(set) var load = LoopLoad(ready: 0, queued: 0)
    /// The most of each that it ever found.
    private(set) var loadMost = LoopLoad(ready: 0, queued: 0)

    /// What is counted of a verb; nil before its first answer.
    subscript(verb: Verb) -> Row? { rows[verb.specification.position] }

    mutating func record(_ request: FinishedRequest) {
        if request.isKept { keptCount += 1 }
        let place = request.verb.specification.position
        if rows[place] == nil { rows[place] = Row() }
        rows[place]?.record(request)
    }

    mutating func record(_ load: LoopLoad) {
        self.load = load
        loadMost.ready = max(loadMost.ready, load.ready)
        loadMost.queued = max(loadMost.queued, load.queued)
    }
}
