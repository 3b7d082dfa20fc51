// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import CandorProtocol

/// Measures an engine without socket and wire: the time from a checked request to its answer.
struct InProcessBench {
    let engine: Engine
    /// How long each measurement takes.
    let seconds: Double

    /// Asks for one kind of request over and over; the first round is not counted.
    func run(_ kind: Workload.Kind, report: Report) throws(BenchError) {
        var histogram = Histogram()
        var index = 0
        let began = MonotonicClock.nanoseconds()
        let measuredFrom = began + UInt64(seconds * 1e8)
        let until = measuredFrom + UInt64(seconds * 1e9)
        var time = began
        var failed = 0
        while time < until {
            let request = kind.requests[index % kind.requests.count]
            let ticket = Ticket(connection: 0, sequence: index)
            let start = MonotonicClock.nanoseconds()
            let answer = engine.begin(request, ticket: ticket, role: .operator)
            time = MonotonicClock.nanoseconds()
            index += 1
            guard let answer, case .success = answer.response else {
                failed += 1
                continue
            }
            if start >= measuredFrom { histogram.record(nanoseconds: time - start) }
        }
        guard failed == 0 else { throw .refused(subject: "the engine", count: failed) }
        var measurement = Measurement("\(kind.name), in process")
        measurement.p50Microseconds = histogram.quantileMicroseconds(0.5)
        measurement.p99Microseconds = histogram.quantileMicroseconds(0.99)
        measurement.perSecond = Double(histogram.count) / (Double(time - measuredFrom) / 1e9)
        report.add(measurement)
    }
}
