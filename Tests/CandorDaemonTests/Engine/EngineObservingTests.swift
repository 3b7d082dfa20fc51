// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Testing

@testable import CandorDaemon

@Suite("Engine: what it counts and lists")
struct EngineObservingTests {
    private let harness: EngineHarness
    private var engine: Engine { harness.engine }

    init() throws { harness = try EngineHarness() }

    private func connect(_ number: Int, _ role: Role = .operator) {
        engine.connected(
            Peer(connection: number, role: role, endpoint: "/s", processID: 42, userID: 1000))
    }

    private func finish(
        _ connection: Int, _ sequence: Int, _ verb: Verb, microseconds: UInt64,
        code: WireCode? = nil, rows: Int = 0
    ) {
        engine.finished(
            FinishedRequest(
                ticket: Ticket(connection: connection, sequence: sequence), verb: verb,
                nanoseconds: microseconds * 1000, code: code, rowCount: rows))
    }

    @Test("STATS counts requests, refusals and connections, and gives latencies by verb")
    func statistics() throws {
        connect(1)
        connect(2)
        engine.abandon(connection: 2)
        for microseconds in 1...1000 as ClosedRange<UInt64> {
            finish(1, Int(microseconds), .ping, microseconds: microseconds)
        }
        finish(1, 1001, .predict, microseconds: 20, code: .unknownItem)
        let reply = try harness.reply("STATS")
        #expect(reply["connections"] == .integer(1))
        #expect(reply["accepted"] == .integer(2))
        #expect(reply["uptime_s"] == .integer(0))
        #expect(reply["waiting"] == .integer(0))
        #expect(reply.column("verb") == [.text("PING"), .text("PREDICT")])
        #expect(reply.column("requests") == [.integer(1000), .integer(1)])
        #expect(reply.column("errors") == [.integer(0), .integer(1)])
        #expect(reply.column("mean_us").first == .number(500.5))
        #expect(reply.column("max_us") == [.number(1000), .number(20)])
        for (column, exact) in [
            ("p50_us", 500.0), ("p90_us", 900), ("p99_us", 990), ("p999_us", 999),
        ] {
            let found = try #require(reply.column(column).first)
            guard case .number(let number) = found else {
                Issue.record("\(column) is \(found)")
                continue
            }
            #expect(abs(number - exact) <= exact * 0.016, "\(column)")
        }
    }

    @Test("what the service manager is told names the generation, its age and a retrain's progress")
    func status() throws {
        #expect(engine.status.hasPrefix("serving generation 1, trained "))
        #expect(engine.status.hasSuffix(" ago"))
        let ticket = try harness.begin("RETRAIN sweeps=1000")
        #expect(engine.status.hasSuffix("; retraining"))
        try harness.waitForProgress(of: ticket)
        #expect(engine.status.contains("; retraining ") && engine.status.contains("%, "))
        engine.abandon(connection: ticket.connection)
        _ = try harness.answer(to: ticket)
        #expect(engine.status.hasSuffix(" ago"))
        let ages = [0, 119, 120, 7199, 7200, 172_799, 172_800].map { Engine.age(seconds: $0) }
        #expect(
            ages == [
                "0 seconds", "119 seconds", "2 minutes", "119 minutes", "2 hours", "47 hours",
                "2 days",
            ])
        #expect(Engine.age(seconds: -5) == "0 seconds")
    }

    @Test("a rating on its way to the disk waits, until it is answered")
    func waiting() throws {
        connect(3)
        _ = try harness.begin("RATE u01 i1 3", connection: 3)
        engine.turned(LoopLoad(ready: 4, queued: 1))
        engine.turned(LoopLoad(ready: 2, queued: 3))
        let stats = try harness.reply("STATS")
        #expect(stats["waiting"] == .integer(1))
        #expect(stats["loop_ready"] == .integer(2) && stats["loop_ready_max"] == .integer(4))
        #expect(stats["loop_queued"] == .integer(3) && stats["loop_queued_max"] == .integer(3))
        #expect(stats.column("waiting") == [.integer(1)])
        #expect(try harness.reply("CLIENTS").column("waiting") == [.integer(1)])
        try harness.reply("RATE u01 i2 3")
        #expect(try harness.reply("STATS")["waiting"] == .integer(0))
    }

    @Test("METRICS is a page of Prometheus' format that agrees with STATS")
    func metrics() throws {
        connect(1)
        finish(1, 0, .ping, microseconds: 500_000)
        finish(1, 1, .predict, microseconds: 20, code: .unknownItem)
        finish(1, 2, .predict, microseconds: 30, code: .unknownItem)
        engine.turned(LoopLoad(ready: 2, queued: 5))
        engine.turned(LoopLoad(ready: 3, queued: 0))
        let reply = try harness.reply("METRICS")
        let lines = reply.column("text").compactMap(\.string)
        #expect(lines.count == reply.rows.count)
        for line in lines { #expect(PrometheusPageTests.isLine(line), "\(line)") }
        for line in [
            #"candor_request_duration_seconds_count{verb="PREDICT"} 2"#,
            #"candor_request_duration_seconds_sum{verb="PING"} 0.5"#,
            #"candor_request_errors_total{verb="PREDICT",code="unknown-item"} 2"#,
            "candor_connections 1", "candor_generation 1", "candor_users 41",
            #"candor_requests_waiting{verb="RATE"} 0"#, "candor_slow_requests_total 1",
            "# TYPE candor_request_duration_seconds histogram",
            #"candor_request_duration_seconds_bucket{verb="PREDICT",le="1e-05"} 0"#,
            #"candor_request_duration_seconds_bucket{verb="PREDICT",le="2.5e-05"} 1"#,
            #"candor_request_duration_seconds_bucket{verb="PREDICT",le="5e-05"} 2"#,
            #"candor_request_duration_seconds_bucket{verb="PREDICT",le="+Inf"} 2"#,
            "candor_inbox_items 0", "candor_journal_queued 0", "candor_loop_ready 3",
            "candor_loop_queued_max 5", "candor_watchers 0",
        ] {
            #expect(lines.contains(line), "\(line) is missing")
        }
    }

    @Test("SLOWLOG has what took long, newest first, and nothing of what was asked about")
    func slowLog() throws {
        finish(5, 0, .recommend, microseconds: 99_999)
        finish(5, 1, .recommend, microseconds: 100_000, rows: 10)
        finish(6, 2, .audit, microseconds: 9_000_000)
        finish(6, 3, .predict, microseconds: 200_000, code: .unknownItem)
        let reply = try harness.reply("SLOWLOG")
        #expect(reply["threshold_us"] == .integer(100_000))
        #expect(reply["total"] == .integer(2))
        #expect(reply.column("request") == [.text("6.3"), .text("5.1")])
        #expect(reply.column("us") == [.integer(200_000), .integer(100_000)])
        #expect(reply.column("rows") == [.integer(0), .integer(10)])
        #expect(reply.column("error") == [.text("unknown-item"), .missing])
        #expect(try harness.reply("SLOWLOG limit=1").column("request") == [.text("6.3")])
    }

    @Test("CLIENTS lists who is connected, and KILL closes only those")
    func clients() throws {
        connect(3, .reader)
        connect(9)
        finish(3, 0, .ping, microseconds: 1)
        finish(3, 1, .predict, microseconds: 1, code: .unknownItem)
        let reply = try harness.reply("CLIENTS")
        #expect(reply.column("connection") == [.integer(3), .integer(9)])
        #expect(reply.column("role") == [.text("reader"), .text("operator")])
        #expect(reply.column("pid") == [.integer(42), .integer(42)])
        #expect(reply.column("requests") == [.integer(2), .integer(0)])
        #expect(reply.column("errors") == [.integer(1), .integer(0)])
        #expect(reply.column("last") == [.text("PREDICT"), .missing])
        #expect(try harness.ask("KILL 3").effect == .kill(connection: 3))
        engine.abandon(connection: 3)
        #expect(try harness.refusal(of: "KILL 3") == .unknownConnection)
        #expect(try harness.reply("CLIENTS").column("connection") == [.integer(9)])
    }
}
