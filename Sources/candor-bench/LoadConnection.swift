// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// One of the load generator's connections: it keeps `depth` requests under way.
final class LoadConnection<Scanner: ReplyScanner> {
    let descriptor: Int32
    /// Requests sent and not answered.
    private(set) var underWay = 0
    /// Replies that were errors.
    private(set) var failed = 0

    private let depth: Int
    private let mix: RequestMix
    private var nextRequest: Int
    private var scanner = Scanner()
    private var output: [UInt8] = []
    private var sent = 0
    /// When the requests under way were sent, in a ring.
    private var sentAt: [UInt64]
    private var oldest = 0

    /// Connects to a Unix socket; `first` is the number of its first request in the mix.
    init(path: String, depth: Int, mix: RequestMix, first: Int) throws(BenchError) {
        self.depth = depth
        self.mix = mix
        nextRequest = first
        sentAt = [UInt64](repeating: 0, count: depth)
        descriptor = try UnixClient.connect(path)
    }

    deinit {
        _ = close(descriptor)
    }

    /// Sends requests until `depth` are under way.
    func fill(at time: UInt64) throws(BenchError) {
        while add(at: time) {}
        try flush()
    }

    /// Adds one request, of `time`, to what the next flush sends; false when `depth` are under way.
    func add(at time: UInt64) -> Bool {
        guard underWay < depth else { return false }
        mix.append(nextRequest, to: &output)
        nextRequest += 1
        var slot = oldest + underWay
        if slot >= depth { slot -= depth }
        sentAt[slot] = time
        underWay += 1
        return true
    }

    /// Sends what waits, as far as the socket takes it: the rest goes when replies have come.
    func flush() throws(BenchError) {
        guard sent < output.count else { return }
        let count = output.withUnsafeBytes { bytes in
            let waiting = UnsafeRawBufferPointer(rebasing: bytes[sent...])
            return send(descriptor, waiting.baseAddress, waiting.count, Int32(MSG_NOSIGNAL))
        }
        if count < 0 {
            guard errno == EAGAIN else { throw BenchError.closed(subject: "the server") }
            return
        }
        sent += count
        if sent == output.count {
            output.removeAll(keepingCapacity: true)
            sent = 0
        }
    }

    /// Reads once and calls `record` with the nanoseconds that each answered request took.
    func receive(
        into buffer: UnsafeMutableRawBufferPointer, record: (UInt64) -> Void
    ) throws(BenchError) {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        guard count > 0 else {
            if count < 0, errno == EAGAIN || errno == EINTR { return }
            throw BenchError.closed(subject: "the server")
        }
        take(
            UnsafeRawBufferPointer(rebasing: buffer[..<count]), at: MonotonicClock.nanoseconds(),
            record: record)
    }

    /// Takes bytes that came at a time, and calls `record` with the nanoseconds that each answered
    /// request took.
    func take(_ bytes: UnsafeRawBufferPointer, at time: UInt64, record: (UInt64) -> Void) {
        let (completed, failed) = scanner.scan(bytes)
        self.failed += failed
        for _ in 0..<completed {
            record(time &- sentAt[oldest])
            oldest += 1
            if oldest == depth { oldest = 0 }
        }
        underWay -= completed
    }
}
