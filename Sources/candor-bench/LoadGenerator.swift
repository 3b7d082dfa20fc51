// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import CSystem
import Glibc

/// Loads a server over a Unix socket from one thread, and measures every request.
///
/// Closed loop: each connection sends its next request when an answer comes. Latency counts from
/// just before a request is handed to the kernel until its answer has been read. What has come on
/// several connections is read with one system call where the kernel allows it, so that the
/// generator is not slower than what it measures; requests are sent one by one, so that the server
/// need not wait for the last of them.
struct LoadGenerator {
    /// The server's socket.
    let path: String
    /// How many connections.
    let connections: Int
    /// Requests that each connection keeps under way; 1 is no pipelining.
    let depth: Int
    /// How long to measure, after a tenth as long of warming up.
    let seconds: Double
    /// The server's processor time, if it can be told.
    var clock: clockid_t?

    /// What was measured.
    struct Result {
        var latency = LatencyHistogram()
        var requestsPerSecond = 0.0
        /// The server's processor time for each request.
        var processorMicroseconds: Double?
    }

    /// Sends the mix until the time is over; every connection begins at another place of it.
    func run<Scanner: ReplyScanner>(
        _ mix: RequestMix, as scanner: Scanner.Type
    ) throws(BenchError) -> Result {
        var peers: [LoadConnection<Scanner>] = []
        for index in 0..<connections {
            let first = index * mix.count / connections
            let peer = try LoadConnection<Scanner>(
                path: path, depth: depth, mix: mix, first: first)
            peers.append(peer)
        }
        let poller = try Self.poller(of: peers, path)
        defer { _ = close(poller) }
        return try measure(peers, poller: poller)
    }

    /// A descriptor that waits for answers on any of `peers`, under their positions; the caller
    /// closes it.
    static func poller<Scanner>(
        of peers: [LoadConnection<Scanner>], _ path: String
    ) throws(BenchError) -> Int32 {
        let poller = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard poller >= 0 else { throw .system(call: "epoll_create1", subject: path, code: errno) }
        for (index, peer) in peers.enumerated() {
            let result = candor_epoll_control(
                poller, EPOLL_CTL_ADD, peer.descriptor, EPOLLIN.rawValue, UInt64(index))
            guard result == 0 else {
                _ = close(poller)
                throw .system(call: "epoll_ctl", subject: path, code: errno)
            }
        }
        return poller
    }

    private func measure<Scanner: ReplyScanner>(
        _ peers: [LoadConnection<Scanner>], poller: Int32
    ) throws(BenchError) -> Result {
        var events = [epoll_event](repeating: epoll_event(), count: SocketBatch.countMax)
        var batch = SocketBatch()
        _ = batch.openRing()
        var ready: [LoadConnection<Scanner>] = []
        var result = Result()
        let began = MonotonicClock.nanoseconds()
        let measuredFrom = began + UInt64(seconds * 1e8)
        let until = measuredFrom + UInt64(seconds * 1e9)
        var processorFrom: UInt64?
        for peer in peers { try peer.fill(at: began) }
        var time = began
        while time < until {
            let isMeasured = time >= measuredFrom
            if isMeasured, processorFrom == nil {
                processorFrom = clock.map { MonotonicClock.nanoseconds($0) }
            }
            let count = epoll_wait(poller, &events, Int32(events.count), 1000)
            for index in 0..<Int(max(count, 0)) {
                let peer = peers[Int(events[index].data.u64)]
                ready.append(peer)
                batch.receive(from: peer.descriptor)
            }
            batch.run()
            time = MonotonicClock.nanoseconds()
            for (index, peer) in ready.enumerated() {
                switch batch.outcome(index) {
                case .notReady: continue
                case .ended, .lost: throw BenchError.closed(subject: path)
                case .moved: break
                }
                peer.take(batch.bytes(index), at: time) { nanoseconds in
                    if isMeasured { result.latency.record(nanoseconds: nanoseconds) }
                }
                try peer.fill(at: MonotonicClock.nanoseconds())
            }
            batch.removeAll()
            ready.removeAll(keepingCapacity: true)
        }
        let failed = peers.reduce(0) { $0 + $1.failed }
        guard failed == 0 else { throw .refused(subject: path, count: failed) }
        let answered = Double(result.latency.count)
        result.requestsPerSecond = answered / (Double(time - measuredFrom) / 1e9)
        if let clock, let processorFrom {
            let spent = MonotonicClock.nanoseconds(clock) - processorFrom
            result.processorMicroseconds = Double(spent) / 1000 / answered
        }
        return result
    }
}
