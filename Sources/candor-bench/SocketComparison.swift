// SPDX-License-Identifier: GPL-3.0-or-later

/// Measures a daemon over its socket with a redis-server beside it.
///
/// At one connection they take turns, so that what else the machine does meets both; the figures
/// are medians over the turns.
struct SocketComparison {
    private static let turns = 5
    private static let peer = "redis GET"

    let candor: SocketBench
    /// Nil where redis-server is not installed.
    let redis: SocketBench?
    /// Whether both are placed alike, so that targets mean something.
    let hasTargets: Bool

    /// Measures every kind of request.
    func run(_ kinds: [Workload.Kind], report: Report) throws(BenchError) {
        if redis == nil {
            report.note(
                "NO redis-server ON THIS MACHINE: nothing beside us; apt-get install redis-server")
        }
        var (ours, theirs) = ([String: [Measurement]](), [Measurement]())
        for _ in 0..<Self.turns {
            if let redis {
                theirs.append(
                    try redis.alone(Self.peer, RedisUnderTest.gets, as: RedisScanner.self))
            }
            for kind in kinds {
                ours[kind.name, default: []].append(
                    try candor.alone(kind.name, kind.mix, as: CandorScanner.self))
            }
        }
        for kind in kinds {
            let turns = ours[kind.name] ?? []
            let isCompared = kind.isComparedWithRedis
            compare(
                kind, turns, theirs, \.p50Microseconds, "p50",
                kind.socketTarget ?? (isCompared ? .peerPlus(30) : nil), report)
            compare(
                kind, turns, theirs, \.p99Microseconds, "p99", isCompared ? .timesPeer(2) : nil,
                report)
        }
        for measurement in theirs.suffix(1) + kinds.compactMap({ ours[$0.name]?.last }) {
            report.add(measurement)
        }
        for kind in kinds where !kind.isSearch {
            try candor.run(kind.name, kind.mix, as: CandorScanner.self, report: report)
        }
        try redis?.run(Self.peer, RedisUnderTest.gets, as: RedisScanner.self, report: report)
    }

    private func compare(
        _ kind: Workload.Kind, _ ours: [Measurement], _ theirs: [Measurement],
        _ figure: (Measurement) -> Double?, _ name: String, _ target: Target?, _ report: Report
    ) {
        guard let value = Summary.median(of: ours.compactMap(figure)) else { return }
        report.add(
            Comparison(
                "\(kind.name), one connection, \(name)", .microseconds, value,
                beside: .init(Self.peer, Summary.median(of: theirs.compactMap(figure))),
                target: hasTargets ? target : nil))
    }
}
