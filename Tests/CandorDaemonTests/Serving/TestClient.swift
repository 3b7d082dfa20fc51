// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc
import TestSupport

@testable import CandorDaemon

/// A blocking client; a read that gets nothing in the time allowed fails instead of hanging the
/// tests.
final class TestClient {
    struct Failure: Error {
        let call: String
        let code: Int32
    }

    private let socket: Int32
    private var buffer: [UInt8] = []

    init(unix path: String) throws {
        socket = try Self.open(AF_UNIX)
        let number = socket
        guard try SocketAddress.withUnix(path, { connect(number, $0, $1) }) == 0 else {
            throw Failure(call: "connect", code: errno)
        }
    }

    init(tcp name: String) throws {
        let address = try NetworkAddress(name)
        socket = try Self.open(address.family)
        guard address.withSocketAddress({ connect(socket, $0, $1) }) == 0 else {
            throw Failure(call: "connect", code: errno)
        }
    }

    deinit {
        close(socket)
    }

    private static func open(_ family: Int32) throws -> Int32 {
        let number = Glibc.socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { throw Failure(call: "socket", code: errno) }
        var timeout = timeval(tv_sec: Int(Sanitizer.patience(60)), tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
        setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, &timeout, size)
        return number
    }

    /// Sends everything.
    func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// Sends everything.
    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    socket, $0.baseAddress.map { $0 + sent }, bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 || (count < 0 && errno == EINTR) else {
                throw Failure(call: "send", code: errno)
            }
            sent += max(0, count)
        }
    }

    /// Says that nothing more will be sent.
    func endInput() {
        shutdown(socket, Int32(SHUT_WR))
    }

    /// The next line without its end; nil at the end of the stream.
    func line() throws -> String? {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                defer { buffer.removeSubrange(...end) }
                return String(decoding: buffer[..<end], as: UTF8.self)
            }
            guard try fill() else { return nil }
        }
    }

    /// All lines up to the end of the stream.
    func remainingLines() throws -> [String] {
        while try fill() {}
        defer { buffer = [] }
        return String(decoding: buffer, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func fill() throws -> Bool {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var count: Int
        // A process that was stopped, or looked at by a debugger, gets EINTR: there is a time-out.
        repeat { count = recv(socket, &chunk, chunk.count, 0) } while count < 0 && errno == EINTR
        guard count >= 0 else { throw Failure(call: "recv", code: errno) }
        buffer += chunk[..<count]
        return count > 0
    }
}
