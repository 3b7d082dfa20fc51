// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Glibc

/// Measures how many requests a second are answered on 16 connections without pipelining, beside
/// redis on the same load in the same run.
///
/// All take turns, so that what else the machine does meets all; the figures are medians over the
/// turns.
struct ThroughputBench {
    private static let turns = 7
    private static let gets = "redis GET"
    private static let pings = "redis PING"

    /// A server that keeps answers.
    let kept: SocketBench
    /// A server that computes every answer afresh.
    let fresh: SocketBench
    /// Nil where redis-server is not installed.
    let redis: SocketBench?
    /// Whether all are placed alike, so that targets mean something.
    let hasTargets: Bool

    /// A kind of request of which so many ought to be answered.
    private struct Aim {
        let kind: String
        let isKept: Bool
        let peer: String
        let factor: Double?

        var name: String {
            "\(kind), 16 connections\(isKept ? "" : ", computed afresh")"
        }
    }

    private static let aims = [
        Aim(kind: "PING", isKept: true, peer: pings, factor: 1.2),
        Aim(kind: "PREDICT", isKept: true, peer: gets, factor: 1),
        Aim(kind: "PREDICT", isKept: false, peer: gets, factor: nil),
        Aim(kind: Workload.recommendation, isKept: true, peer: gets, factor: 0.7),
        Aim(kind: Workload.recommendation, isKept: false, peer: gets, factor: 0.15),
    ]

    /// Measures the kinds that ought to be as fast as something of redis'.
    func run(_ kinds: [Workload.Kind], report: Report) throws(BenchError) {
        var figures: [String: [Measurement]] = [:]
        for _ in 0..<Self.turns {
            if let redis {
                figures[Self.gets, default: []].append(
                    try redis.crowd(Self.gets, RedisUnderTest.gets, as: RedisScanner.self))
                figures[Self.pings, default: []].append(
                    try redis.crowd(Self.pings, RedisUnderTest.pings, as: RedisScanner.self))
            }
            for aim in Self.aims {
                guard let kind = kinds.first(where: { $0.name == aim.kind }) else { continue }
                figures[aim.name, default: []].append(
                    try (aim.isKept ? kept : fresh).crowd(
                        aim.name, kind.mix, as: CandorScanner.self))
            }
        }
        for aim in Self.aims { compare(aim, figures, report) }
        for name in [Self.gets, Self.pings] + Self.aims.map(\.name) {
            if let last = figures[name]?.last { report.add(last) }
        }
        try measureHalfLoad(kinds, figures, report)
    }

    /// Compares how many are answered, and what an answer costs the server, which what else the
    /// machine does disturbs less.
    private func compare(_ aim: Aim, _ figures: [String: [Measurement]], _ report: Report) {
        func median(_ name: String, _ figure: (Measurement) -> Double?) -> Double? {
            Summary.median(of: (figures[name] ?? []).compactMap(figure))
        }
        guard let value = median(aim.name, \.perSecond) else { return }
        report.add(
            Comparison(
                aim.name, .perSecond, value,
                beside: .init(aim.peer, median(aim.peer, \.perSecond)),
                target: hasTargets ? aim.factor.map { .atLeastTimesPeer($0) } : nil))
        guard let cost = median(aim.name, \.processorMicroseconds) else { return }
        report.add(
            Comparison(
                "\(aim.name), processor time", .microseconds, cost,
                beside: .init(aim.peer, median(aim.peer, \.processorMicroseconds))))
    }

    /// How long lists take that are computed afresh, half as often as is possible.
    private func measureHalfLoad(
        _ kinds: [Workload.Kind], _ figures: [String: [Measurement]], _ report: Report
    ) throws(BenchError) {
        guard let aim = Self.aims.last,
            let kind = kinds.first(where: { $0.name == aim.kind }),
            let most = Summary.median(of: (figures[aim.name] ?? []).compactMap(\.perSecond))
        else { return }
        let load = PacedLoad(
            path: fresh.path, connections: SocketBench.crowdConnections, perSecond: most / 2,
            seconds: fresh.seconds)
        var latencies: [Measurement] = []
        for _ in 0..<Self.turns {
            var latency = Measurement(
                "\(aim.kind) at half of that load",
                try load.run(kind.mix, as: CandorScanner.self))
            latency.connections = SocketBench.crowdConnections
            latency.perSecond = most / 2
            latencies.append(latency)
        }
        guard let value = Summary.median(of: latencies.compactMap(\.p99Microseconds)) else {
            return
        }
        if let last = latencies.last { report.add(last) }
        report.add(
            Comparison(
                "\(aim.kind) at half of that load, p99", .microseconds, value,
                target: hasTargets ? .atMost(1000) : nil))
    }
}
