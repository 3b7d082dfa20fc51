// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol
internal import Glibc

/// A connection that sends many lines at once and holds the daemon to its word: each line gets one
/// answer, in order, up to one that closes the connection.
public final class BurstConversation {
    /// What a daemon did that it must not do.
    public struct Breach: Error, CustomStringConvertible {
        /// What it did.
        public let description: String
    }

    /// What came of a burst.
    public struct Outcome: Sendable {
        /// The answers, that to the closing PING not counted.
        public var answers = 0
        /// How many of them were errors.
        public var errors = 0
        /// Whether the daemon has closed the connection.
        public var isClosed = false
    }

    private let socket: Int32
    private var reader = ReplyReader()
    private var bursts = 0
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

    /// Connects to the Unix socket at `path` and reads the greeting.
    public init(path: String) throws {
        socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        var timeout = timeval(tv_sec: Int(Sanitizer.patience(60)), tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &timeout, size)
        guard result == 0, case .greeting? = try nextEvent() else {
            throw Breach(description: "no greeting: \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        close(socket)
        buffer.deallocate()
    }

    /// Sends lines, each with its end, and a PING, and reads all answers.
    public func exchange(_ bytes: [UInt8]) throws -> Outcome {
        bursts += 1
        let tag = "burst-\(bursts)"
        let lineCount = bytes.count { $0 == 0x0A }
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        try send(bytes + Array("@\(tag) PING\n".utf8))
        var outcome = Outcome()
        var last: ReplyReader.Event?
        while true {
            guard let event = try nextEvent() else { break }
            switch event {
            case .progress, .event: continue
            case .json(let line) where Self.isReport(line): continue
            case .malformed(let reason): throw Breach(description: reason)
            case .greeting: throw Breach(description: "a second greeting")
            case .reply, .error, .json: break
            }
            if Self.isPing(event, tag) {
                guard outcome.answers == lineCount else {
                    throw Breach(
                        description: "\(outcome.answers) answers to \(lineCount) lines: "
                            + String(decoding: bytes, as: UTF8.self).debugDescription)
                }
                return outcome
            }
            last = event
            outcome.answers += 1
            if case .error = event { outcome.errors += 1 }
        }
        outcome.isClosed = true
        let mayEnd = lines.contains(where: RequestLines.mayEnd) || Self.closes(last)
        guard outcome.answers <= lineCount, mayEnd else {
            throw Breach(
                description:
                    "closed after \(outcome.answers) answers, the last \(String(describing: last)), to "
                    + String(decoding: bytes, as: UTF8.self).debugDescription)
        }
        return outcome
    }

    private static func isReport(_ line: String) -> Bool {
        !line.contains("\"ok\":")
    }

    private static func isPing(_ event: ReplyReader.Event, _ tag: String) -> Bool {
        switch event {
        case .reply(let reply): reply.tag == tag
        case .json(let line): line.contains("\"tag\":\"\(tag)\"") && line.contains("\"ok\":true")
        default: false
        }
    }

    private static func closes(_ event: ReplyReader.Event?) -> Bool {
        switch event {
        case .error(let error): WireCode(rawValue: error.code)?.closesConnection ?? false
        case .json(let line):
            WireCode.allCases.contains { $0.closesConnection && line.contains("\"\($0.name)\"") }
        default: false
        }
    }

    private func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    socket, $0.baseAddress.map { $0 + sent }, bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            // A daemon that has closed the connection has answered before.
            if count < 0, errno == EPIPE || errno == ECONNRESET { return }
            guard count > 0 else {
                throw Breach(description: "send: \(String(cString: strerror(errno)))")
            }
            sent += count
        }
    }

    private func nextEvent() throws -> ReplyReader.Event? {
        while true {
            if let event = reader.next() { return event }
            let count = recv(socket, buffer.baseAddress, buffer.count, 0)
            if count == 0 || (count < 0 && errno == ECONNRESET) { return nil }
            guard count > 0 else {
                throw Breach(description: "no answer: \(String(cString: strerror(errno)))")
            }
            reader.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
