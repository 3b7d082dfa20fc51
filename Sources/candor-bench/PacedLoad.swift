// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import CandorDaemon
import Glibc

/// Sends requests at a steady rate over several connections, whatever the answers do.
///
/// Latency counts from the moment a request was due, so that a server that falls behind cannot make
/// the load, and its own figures, lighter.
struct PacedLoad {
    /// More than ever wait where the load is half of what is possible.
    private static let depth = 256

    /// The server's socket.
    let path: String
    let connections: Int
    /// Requests a second, over all connections.
    let perSecond: Double
    /// How long to measure, after a tenth as long of warming up.
    let seconds: Double

    /// Sends the mix, one request on each connection by turns, and returns the latencies.
    func run<Scanner: ReplyScanner>(
        _ mix: RequestMix, as scanner: Scanner.Type
    ) throws(BenchError) -> LatencyHistogram {
        var peers: [LoadConnection<Scanner>] = []
        for index in 0..<connections {
            peers.append(
                try LoadConnection<Scanner>(
                    path: path, depth: Self.depth, mix: mix,
                    first: index * mix.count / connections))
        }
        let poller = try LoadGenerator.poller(of: peers, path)
        defer { _ = close(poller) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { buffer.deallocate() }
        var events = [epoll_event](repeating: epoll_event(), count: 64)
        var latency = LatencyHistogram()
        let began = MonotonicClock.nanoseconds()
        let measuredFrom = began + UInt64(seconds * 1e8)
        let until = measuredFrom + UInt64(seconds * 1e9)
        var sent = 0
        var time = began
        while time < until {
            var due = began + UInt64(Double(sent) / perSecond * 1e9)
            while due <= time {
                let peer = peers[sent % peers.count]
                guard peer.add(at: due) else { break }
                try peer.flush()
                sent += 1
                due = began + UInt64(Double(sent) / perSecond * 1e9)
            }
            // Because sleeping would be less exact than the pace, it never waits.
            let count = epoll_wait(poller, &events, Int32(events.count), 0)
            for index in 0..<Int(max(count, 0)) {
                let isMeasured = time >= measuredFrom
                try peers[Int(events[index].data.u64)].receive(into: buffer) { nanoseconds in
                    if isMeasured { latency.record(nanoseconds: nanoseconds) }
                }
            }
            time = MonotonicClock.nanoseconds()
        }
        let failed = peers.reduce(0) { $0 + $1.failed }
        guard failed == 0 else { throw .refused(subject: path, count: failed) }
        return latency
    }
}
