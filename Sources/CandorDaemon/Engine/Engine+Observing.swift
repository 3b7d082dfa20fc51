// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Logging

extension Engine {
    /// Counts somebody who connected.
    public func connected(_ peer: Peer) {
        statistics.acceptedConnections += 1
        clients[peer.connection] = Client(peer, at: clock.steady())
    }

    /// Tells of connections that are refused.
    public func refused(reason: String) {
        publish(.connections, [.init("state", .text("refused")), .init("reason", .text(reason))])
    }

    /// Notes how much the loop has to do.
    public func turned(_ load: LoopLoad) {
        statistics.record(load)
        // Once a turn: asking is as dear as answering some requests.
        logsRequests = log.logLevel <= .debug
    }

    /// Counts, times and logs a request that has its answer.
    public func finished(_ request: FinishedRequest) {
        statistics.record(request)
        clients[request.ticket.connection]?.record(request, at: clock.steady())
        let isSlow = slowLog.note(request, at: clock.now())
        if request.code?.isDaemonsFault == true {
            log.error("request failed", metadata: Self.metadata(of: request))
        } else if isSlow {
            log.info("slow request", metadata: Self.metadata(of: request))
        } else if logsRequests {
            log.debug("request", metadata: Self.metadata(of: request))
        }
    }

    /// A request in a log line: everything but what it was about.
    private static func metadata(of request: FinishedRequest) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "request": "\(request.ticket)", "verb": "\(request.verb.rawValue)",
            "us": "\(request.nanoseconds / 1000)",
        ]
        if let code = request.code { metadata["error"] = "\(code.name)" }
        return metadata
    }

    /// Answers a question about the daemon itself.
    func observe(_ question: Request.Observation, _ ticket: Ticket) throws(WireError) -> Answer {
        switch question {
        case .stats: answer(stats())
        case .metrics: answer(metrics())
        case .slowlog(let limit): answer(slowRequests(limit))
        case .clients: answer(clientList(askedBy: ticket.connection))
        case .kill(let connection):
            answer(try kill(connection), effect: .kill(connection: connection))
        }
    }

    private func stats() -> Reply {
        let fields: [Reply.Field] = [
            .init("uptime_s", .integer(clock.steady() - startedSteadyAt)),
            .init("connections", .integer(clients.count)),
            .init("accepted", .integer(statistics.acceptedConnections)),
            .init("waiting", .integer(waiting.count)),
            .init("kept", .integer(statistics.keptCount)),
            .init("loop_ready", .integer(statistics.load.ready)),
            .init("loop_ready_max", .integer(statistics.loadMost.ready)),
            .init("loop_queued", .integer(statistics.load.queued)),
            .init("loop_queued_max", .integer(statistics.loadMost.queued)),
            .init("inbox", .integer(inbox.depths.now)),
            .init("inbox_max", .integer(inbox.depths.most)),
            .init("journal_queued", .integer(writer.depth)),
            .init("watchers", .integer(feed.tickets.count)),
            .init("events", .integer(feed.publishedCount)),
            .init("ratings_since_training", .integer(overlay.changeCount)),
            .init("memory_bytes", .integer(ProcessMemory.residentBytes)),
            .init("memory_peak_bytes", .integer(ProcessMemory.peakBytes)),
        ]
        return Reply(
            fields,
            columns: [
                "verb", "requests", "errors", "waiting", "mean_us", "p50_us", "p90_us", "p99_us",
                "p999_us", "max_us",
            ],
            rows: Verb.allCases.compactMap { verb in
                let waiting = waitingCount(verb)
                guard statistics[verb] != nil || waiting > 0 else { return nil }
                let row = statistics[verb] ?? RequestStatistics.Row()
                return [
                    .text(verb.rawValue), .integer(row.requests), .integer(row.errorCount),
                    .integer(waiting),
                ] + Self.latencies(row.latency)
            })
    }

    /// Mean, quantiles and maximum in microseconds; missing before the first request.
    private static func latencies(_ latency: LatencyHistogram) -> [Value] {
        guard latency.count > 0 else { return Array(repeating: .missing, count: 6) }
        let mean = Double(latency.totalNanoseconds) / 1000 / Double(latency.count)
        let longest = Double(latency.longestNanoseconds) / 1000
        let quantiles = Self.quantiles.map { min(latency.quantileMicroseconds($0), longest) }
        return ([mean] + quantiles + [longest]).map { .number($0) }
    }

    static let quantiles = [0.5, 0.9, 0.99, 0.999]

    func waitingCount(_ verb: Verb) -> Int { waiting.values.count { $0 == verb } }

    private func slowRequests(_ limit: Int) -> Reply {
        Reply(
            [
                .init("threshold_us", .integer(Int(slowLog.thresholdNanoseconds / 1000))),
                .init("kept", .integer(slowLog.count)), .init("total", .integer(slowLog.total)),
            ],
            columns: ["request", "time", "verb", "us", "rows", "error"],
            rows: slowLog.latest(limit).map { entry in
                let request = entry.request
                return [
                    .text("\(request.ticket)"), .integer(entry.time), .text(request.verb.rawValue),
                    .integer(Int(request.nanoseconds / 1000)), .integer(request.rowCount),
                    request.code.map { .text($0.name) } ?? .missing,
                ]
            })
    }

    private func clientList(askedBy connection: Int) -> Reply {
        let now = clock.steady()
        let waitingCounts = Dictionary(grouping: waiting.keys) { $0.connection }
            .mapValues(\.count)
        return Reply(
            [.init("you", .integer(connection))],
            columns: [
                "connection", "role", "endpoint", "pid", "uid", "age_s", "idle_s", "requests",
                "errors", "waiting", "last", "address", "token",
            ],
            rows: clients.all.sorted { $0.key < $1.key }.map { number, client in
                [
                    .integer(number), .text(client.role.rawValue),
                    .text(client.peer.endpoint),
                    client.peer.processID.map { .integer($0) } ?? .missing,
                    client.peer.userID.map { .integer($0) } ?? .missing,
                    .integer(now - client.connectedAt), .integer(now - client.activeAt),
                    .integer(client.requestCount), .integer(client.errorCount),
                    .integer(waitingCounts[number] ?? 0),
                    client.lastVerb.map { .text($0.rawValue) } ?? .missing,
                    client.peer.address.map { .text($0) } ?? .missing,
                    client.tokenName.map { .text($0) } ?? .missing,
                ]
            })
    }

    private func kill(_ connection: Int) throws(WireError) -> Reply {
        guard let client = clients[connection] else {
            throw WireError(
                .unknownConnection, "there is no connection \(connection); CLIENTS lists them")
        }
        return Reply([
            .init("connection", .integer(connection)),
            .init("role", .text(client.role.rawValue)),
            .init("endpoint", .text(client.peer.endpoint)),
        ])
    }
}
