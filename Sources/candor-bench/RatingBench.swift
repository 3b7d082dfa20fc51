// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// Measures how many ratings a second are acknowledged, each when it is on disk.
struct RatingBench {
    private static let writerCount = 16
    private static let targetPerSecond = 5_000.0

    /// A daemon whose ratings nobody needs, serving on its socket.
    let candor: SocketBench

    /// Has as many connections as the target speaks of rate, each when its last rating is
    /// acknowledged.
    func run(_ pairs: [Workload.Pair], report: Report) throws(BenchError) {
        let requests = pairs.map {
            Request.rate(user: $0.user, item: $0.item, rating: 4, timestamp: 1_000_000_000)
        }
        let mix = RequestMix(requests.map { $0.line + "\n" })
        let measurement = try candor.measure(
            "RATE", mix, connections: Self.writerCount, depth: 1, as: CandorScanner.self)
        report.add(measurement)
        guard let rate = measurement.perSecond else { return }
        report.add(
            Comparison(
                "acknowledged RATE, \(Self.writerCount) writers, no pipelining", .perSecond, rate,
                target: .atLeast(Self.targetPerSecond)))
    }
}
