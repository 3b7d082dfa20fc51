// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Measures a server over its socket, with few and many connections, pipelined and not.
struct SocketBench {
    /// The ways to load a server: connections, and requests that each keeps under way.
    private static let loads = [(1, 1), (16, 1), (1, 16), (16, 16)]

    let path: String
    /// The server's processor time, if it can be told.
    let clock: clockid_t?
    /// How long each measurement takes.
    let seconds: Double

    /// Measures one kind of request in every way.
    func run<Scanner: ReplyScanner>(
        _ name: String, _ mix: RequestMix, as scanner: Scanner.Type, report: Report
    ) throws(BenchError) {
        for (connections, depth) in Self.loads {
            let generator = LoadGenerator(
                path: path, connections: connections, depth: depth, seconds: seconds, clock: clock)
            let result = try generator.run(mix, as: scanner)
            var measurement = Measurement(name)
            measurement.connections = connections
            measurement.pipelined = depth
            measurement.p50Microseconds = result.latency.quantileMicroseconds(0.5)
            measurement.p99Microseconds = result.latency.quantileMicroseconds(0.99)
            measurement.perSecond = result.requestsPerSecond
            measurement.processorMicroseconds = result.processorMicroseconds
            report.add(measurement)
        }
    }
}
