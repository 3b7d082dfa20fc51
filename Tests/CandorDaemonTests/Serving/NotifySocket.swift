// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import TestSupport
import Testing

@testable import CandorDaemon

/// The service manager's end of the notify protocol.
struct NotifySocket: ~Copyable {
    private let socket: Descriptor

    init(_ name: String, isAbstract: Bool = false) throws {
        let number = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        socket = Descriptor(owning: number)
        var timeout = timeval(tv_sec: Int(Sanitizer.patience(60)), tv_usec: 0)
        setsockopt(
            number, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        let bound = try SocketAddress.withUnix(name, isAbstract: isAbstract) {
            bind(number, $0, $1)
        }
        #expect(bound == 0)
    }

    /// The next datagram; empty after a minute without one.
    func receive() -> String {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = recv(socket.number, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    }

    /// The next datagram that begins with `words`, others left out; empty when none comes.
    func receive(beginningWith words: String) -> String {
        while true {
            let message = receive()
            if message.isEmpty || message.hasPrefix(words) { return message }
        }
    }
}
