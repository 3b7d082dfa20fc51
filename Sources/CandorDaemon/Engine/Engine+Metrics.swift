// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

extension Engine {
    func metrics() -> Reply {
        var page = PrometheusPage()
        addProcess(to: &page)
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
            if let row = statistics.rows[verb] {
                durations += Self.durations(of: verb, row)
                errors += Self.errors(of: verb, row)
            }
            guard verb.specification.isLong || verb == .rate || verb == .unrate else { continue }
            waiting.append(
                .init(labels: [("verb", verb.rawValue)], value: Double(waitingCount(verb))))
        }
        page.add(
            "candor_request_duration_seconds", .summary,
            "Time from a request's arrival to its answer, by verb.", durations)
        page.add(
            "candor_request_errors_total", .counter, "Refused requests, by verb and code.", errors)
        page.add(
            "candor_requests_waiting", .gauge, "Requests begun and not answered yet, by verb.",
            waiting)
    }

    private static func durations(
        of verb: Verb, _ row: RequestStatistics.Row
    ) -> [PrometheusPage.Sample] {
        let label = (name: "verb", value: verb.rawValue)
        var samples: [PrometheusPage.Sample] = quantiles.map { quantile in
            .init(
                labels: [label, ("quantile", "\(quantile)")],
                value: row.latency.quantileMicroseconds(quantile) / 1e6)
        }
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
