// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import CandorProtocol

/// Measures an engine without socket and wire.
struct InProcessBench {
    /// How many ratings are given to measure what comes after one.
    private static let ratingsGiven = 200

    let engine: Engine
    /// How long each measurement takes.
    let seconds: Double

    private var calls: EngineCalls { EngineCalls(engine: engine) }

    /// Asks for one kind of request over and over; returns the median beside what it ought to be.
    ///
    /// The first round, in which users are solved, is not counted.
    func run(_ kind: Workload.Kind, report: Report) throws(BenchError) -> Comparison? {
        for (number, request) in kind.requests.enumerated() {
            _ = try calls.seconds(request, number: number)
        }
        var histogram = LatencyHistogram()
        var index = 0
        let began = MonotonicClock.nanoseconds()
        let until = began + UInt64(seconds * 1e9)
        var time = began
        while time < until {
            let spent = try calls.seconds(
                kind.requests[index % kind.requests.count], number: index)
            histogram.record(nanoseconds: UInt64(spent * 1e9))
            time = MonotonicClock.nanoseconds()
            index += 1
        }
        var measurement = Measurement("\(kind.name), in process", histogram)
        measurement.perSecond = Double(histogram.count) / (Double(time - began) / 1e9)
        report.add(measurement)
        return kind.inProcessTarget.map { target in
            Comparison(
                "\(kind.name), in process, p50", .microseconds,
                histogram.quantileMicroseconds(0.5), target: target)
        }
    }

    /// RATE until it is on disk, and the RECOMMEND after it, which must solve the user again.
    func runAfterRating(_ pairs: [Workload.Pair], report: Report) throws(BenchError) {
        var (ratings, lists) = (LatencyHistogram(), LatencyHistogram())
        for (number, pair) in pairs.prefix(Self.ratingsGiven).enumerated() {
            let given = try calls.seconds(
                .rate(user: pair.user, item: pair.item, rating: 4, timestamp: nil),
                number: 2 * number)
            let list = try calls.seconds(
                Workload.recommend(pair.user), number: 2 * number + 1)
            ratings.record(nanoseconds: UInt64(given * 1e9))
            lists.record(nanoseconds: UInt64(list * 1e9))
        }
        report.add(Measurement("RATE until on disk, in process", ratings))
        report.add(Measurement("RECOMMEND k=10 after a RATE, in process", lists))
    }
}
