// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

extension Engine {
    func metrics() -> Reply {
        var page = PrometheusPage()
        addProcess(to: &page)
        addQueues(to: &page)
        addModel(to: &page)
        addRequests(to: &page)
        return Reply(columns: ["text"], rows: page.lines.map { [.text($0)] })
    }

    private func addProcess(to page: inout PrometheusPage) {
        page.add(
            "candor_build_info", .gauge, "The program's version, as a label.",
            [.init(labels: [("version", ServerName.version)], value: 1)])
        page.add(
            "candor_start_time_seconds", .gauge, "When the daemon started, in seconds since 1970.",
            startedAt)
        page.add(
            "candor_resident_memory_bytes", .gauge, "Resident memory.", ProcessMemory.residentBytes)
        page.add(
            "candor_resident_memory_peak_bytes", .gauge, "The most resident memory so far.",
            ProcessMemory.peakBytes)
        page.add("candor_connections", .gauge, "Connections open now.", clients.count)
        page.add(
            "candor_connections_accepted_total", .counter, "Connections accepted since the start.",
            statistics.acceptedConnections)
        guard let outcomes = authenticator?.outcomes else { return }
        page.add(
            "candor_authentications_total", .counter,
            "Proofs of a token by outcome; throttled ones were not looked at.",
            [
                .init(labels: [("outcome", "proved")], value: Double(outcomes.proved)),
                .init(labels: [("outcome", "failed")], value: Double(outcomes.failed)),
                .init(labels: [("outcome", "throttled")], value: Double(outcomes.throttled)),
            ])
    }

    private func addQueues(to page: inout PrometheusPage) {
        page.add(
            "candor_loop_ready", .gauge,
            "Sockets that were ready at once when the loop last looked.", statistics.load.ready)
        page.add(
            "candor_loop_ready_max", .gauge, "The most sockets that were ever ready at once.",
            statistics.loadMost.ready)
        page.add(
            "candor_loop_queued", .gauge,
            "Connections with more to do than one turn of the loop allows.",
            statistics.load.queued)
        page.add(
            "candor_loop_queued_max", .gauge, "The most such connections at once.",
            statistics.loadMost.queued)
        let depths = inbox.depths
        page.add(
            "candor_inbox_items", .gauge,
            "Results of other threads that the loop has not collected.", depths.now)
        page.add(
            "candor_inbox_items_max", .gauge, "The most such results at once.", depths.most)
        page.add(
            "candor_journal_queued", .gauge, "Changes that wait for the next write to the disk.",
            writer.depth)
        page.add("candor_watchers", .gauge, "Requests that watch for events.", feed.tickets.count)
        page.add(
            "candor_events_total", .counter, "Events since the start.", feed.publishedCount)
    }

    private func addModel(to page: inout PrometheusPage) {
        let manifest = serving.manifest
        page.add("candor_generation", .gauge, "The serving generation's number.", manifest.number)
        page.add(
            "candor_generation_created_seconds", .gauge,
            "When the serving generation was trained, in seconds since 1970.",
            Int(manifest.createdAtSeconds))
        page.add("candor_users", .gauge, "Users of the serving generation.", manifest.userCount)
        page.add("candor_items", .gauge, "Items of the serving generation.", manifest.itemCount)
        page.add(
            "candor_ratings", .gauge, "Ratings the serving generation learned from.",
            manifest.ratingCount)
        page.add(
            "candor_ratings_since_training", .gauge,
            "Changed ratings that the serving generation did not learn from.", overlay.changeCount)
        page.add(
            "candor_slow_requests_total", .counter, "Requests that SLOWLOG listed.", slowLog.total)
        page.add(
            "candor_journal_sequence", .counter, "The newest change of a rating that is on disk.",
            Int(appliedSequence))
    }

    private func addRequests(to page: inout PrometheusPage) {
        var durations: [PrometheusPage.Sample] = []
        var errors: [PrometheusPage.Sample] = []
        var waiting: [PrometheusPage.Sample] = []
        for verb in Verb.allCases {
            if let row = statistics[verb] {
                durations += Self.durations(of: verb, row)
                errors += Self.errors(of: verb, row)
            }
            guard verb.specification.isLong || verb == .rate || verb == .unrate else { continue }
            waiting.append(
                .init(labels: [("verb", verb.rawValue)], value: Double(waitingCount(verb))))
        }
        page.add(
            "candor_request_duration_seconds", .histogram,
            "Time from a request's arrival to its answer, by verb.", durations)
        page.add(
            "candor_request_errors_total", .counter, "Refused requests, by verb and code.", errors)
        page.add(
            "candor_requests_kept_total", .counter,
            "Requests answered with what had been said before and still held.",
            statistics.keptCount)
        page.add(
            "candor_requests_waiting", .gauge, "Requests begun and not answered yet, by verb.",
            waiting)
    }

    /// The upper ends of the buckets: from microseconds, which PING takes, to the minutes of a REPORT.
    private static let durationBounds: [(label: String, nanoseconds: UInt64)] = [
        ("1e-06", 1_000), ("1e-05", 10_000), ("2.5e-05", 25_000), ("5e-05", 50_000),
        ("0.0001", 100_000), ("0.00025", 250_000), ("0.0005", 500_000), ("0.001", 1_000_000),
        ("0.0025", 2_500_000), ("0.005", 5_000_000), ("0.01", 10_000_000), ("0.1", 100_000_000),
        ("1", 1_000_000_000), ("10", 10_000_000_000), ("100", 100_000_000_000),
    ]

    private static func durations(
        of verb: Verb, _ row: RequestStatistics.Row
    ) -> [PrometheusPage.Sample] {
        let label = (name: "verb", value: verb.rawValue)
        var samples: [PrometheusPage.Sample] = zip(
            durationBounds, row.latency.counts(within: durationBounds.map { $0.nanoseconds })
        ).map { bound, count in
            .init(suffix: "_bucket", labels: [label, ("le", bound.label)], value: Double(count))
        }
        samples.append(
            .init(
                suffix: "_bucket", labels: [label, ("le", "+Inf")], value: Double(row.requests)))
        let sum = Double(row.latency.totalNanoseconds) / 1e9
        samples.append(.init(suffix: "_sum", labels: [label], value: sum))
        samples.append(.init(suffix: "_count", labels: [label], value: Double(row.requests)))
        return samples
    }

    private static func errors(
        of verb: Verb, _ row: RequestStatistics.Row
    ) -> [PrometheusPage.Sample] {
        row.errors.sorted { $0.key.rawValue < $1.key.rawValue }.map { code, count in
            .init(labels: [("verb", verb.rawValue), ("code", code.name)], value: Double(count))
        }
    }
}
