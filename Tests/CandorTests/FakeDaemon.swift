// SPDX-License-Identifier: GPL-3.0-or-later

import CandorClient
import Foundation
import Synchronization

/// A server on a Unix socket in a temporary directory that answers lines as a test says.
final class FakeDaemon: Sendable {
    /// What to do with one request line: the bytes to answer with, or nil to hang up.
    typealias Behaviour = @Sendable (String) -> String?

    let endpoint: Endpoint
    let directory: String
    private let listener: Int32
    private let received = Mutex<[String]>([])
    private let behaviour: Behaviour

    static let greeting = "CANDOR 1 candord/test generation=7 role=operator\n"

    /// The request lines that came, of all connections, in order.
    var lines: [String] { received.withLock { $0 } }

    /// Listens; every connection is served on a thread of its own until either side hangs up.
    init(greeting: String = FakeDaemon.greeting, _ behaviour: @escaping Behaviour) throws {
        directory = FileManager.default.temporaryDirectory.path + "/c" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false)
        let path = directory + "/s"
        endpoint = try Endpoint(socketPath: path)
        self.behaviour = behaviour
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, listen(listener, 8) == 0 else {
            throw CocoaError(.fileWriteUnknown)
        }
        self.listener = listener
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                let daemon = self
                Thread.detachNewThread {
                    daemon?.serve(connection, greeting)
                    close(connection)
                }
            }
        }
    }

    deinit {
        // Wakes the thread that accepts.
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        for name in ["/s", "/in", "/out", ""] { remove(directory + name) }
    }

    private func serve(_ connection: Int32, _ greeting: String) {
        guard write(greeting, to: connection) else { return }
        var pending: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            pending += buffer[..<count]
            while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending.removeSubrange(...end)
                received.withLock { $0.append(line) }
                guard let answer = behaviour(line), write(answer, to: connection) else { return }
            }
        }
    }

    private func write(_ text: String, to connection: Int32) -> Bool {
        let bytes = Array(text.utf8)
        return send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
}
