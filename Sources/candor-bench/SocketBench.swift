// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Glibc

/// Measures a server over its socket, with few and many connections, pipelined and not.
struct SocketBench {
    /// The ways to load a server beyond one request at a time: connections, and requests that each
    /// keeps under way.
    private static let loads = [(16, 1), (1, 16), (16, 16)]

    let path: String
    /// The server's processor time, if it can be told.
    let clock: clockid_t?
    /// How long each measurement takes.
    let seconds: Double

    /// One connection that sends a request when it has the answer to the last one.
    func alone<Scanner: ReplyScanner>(
        _ name: String, _ mix: RequestMix, as scanner: Scanner.Type
    ) throws(BenchError) -> Measurement {
        try measure(name, mix, connections: 1, depth: 1, as: scanner)
    }

    /// Every other way to load the server.
    func run<Scanner: ReplyScanner>(
        _ name: String, _ mix: RequestMix, as scanner: Scanner.Type, report: Report
    ) throws(BenchError) {
        for (connections, depth) in Self.loads {
            report.add(
                try measure(name, mix, connections: connections, depth: depth, as: scanner))
        }
    }

    /// How many connections `crowd` has.
    static let crowdConnections = 16

    /// 16 connections that each send a request when they have the answer to the last one.
    func crowd<Scanner: ReplyScanner>(
        _ name: String, _ mix: RequestMix, as scanner: Scanner.Type
    ) throws(BenchError) -> Measurement {
        try measure(
            name, mix, connections: Self.crowdConnections, depth: 1, as: scanner)
    }

    private func measure<Scanner: ReplyScanner>(
        _ name: String, _ mix: RequestMix, connections: Int, depth: Int, as scanner: Scanner.Type
    ) throws(BenchError) -> Measurement {
        let generator = LoadGenerator(
            path: path, connections: connections, depth: depth, seconds: seconds, clock: clock)
        let result = try generator.run(mix, as: scanner)
        var measurement = Measurement(name, result.latency)
        measurement.connections = connections
        measurement.pipelined = depth
        measurement.perSecond = result.requestsPerSecond
        measurement.processorMicroseconds = result.processorMicroseconds
        return measurement
    }
}
