// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import CandorProtocol
import Glibc

/// A listening socket; it stops listening when it is let go.
final class Listener {
    /// What came of an attempt to accept a connection.
    enum Accepted: Equatable {
        /// A connection: a nonblocking descriptor that the caller now owns.
        case connection(Int32)
        /// Nobody waits.
        case nobody
        /// The process or the machine has no descriptors left.
        case exhausted
    }

    /// Connections the kernel may hold until they are accepted.
    static let backlog: Int32 = 511

    /// The role of those who connect.
    let role: Role
    /// Where it listens, for people; a port that the kernel chose is shown.
    let name: String
    private let socket: Descriptor
    private let file: UnixSocketFile?
    private let isTCP: Bool

    private init(
        role: Role, name: String, socket: consuming Descriptor, file: UnixSocketFile?, isTCP: Bool
    ) {
        self.role = role
        self.name = name
        self.socket = socket
        self.file = file
        self.isTCP = isTCP
    }

    deinit {
        // Before the socket closes, so that nobody finds a file that does not answer.
        file?.remove()
    }

    /// Starts listening.
    static func open(_ endpoint: Endpoint) throws(ServingError) -> Listener {
        let role = endpoint.role
        switch endpoint.place {
        case .unix(let path, let mode):
            let socket = try newSocket(AF_UNIX, subject: path)
            let file = try UnixSocketFile.bindAndListen(
                socket, path: path, mode: mode, backlog: backlog)
            return Listener(role: role, name: path, socket: socket, file: file, isTCP: false)
        case .tcp(let address):
            let socket = try listen(on: address)
            let name = try tcpName(socket.number)
            return Listener(role: role, name: name, socket: socket, file: nil, isTCP: true)
        case .inherited(let inherited):
            let socket = Descriptor(owning: inherited.descriptor)
            let isTCP = try adopt(inherited)
            let name = isTCP ? try tcpName(socket.number) : "socket \(inherited.name)"
            return Listener(role: role, name: name, socket: socket, file: nil, isTCP: isTCP)
        }
    }

    /// What the loop watches.
    var descriptor: Int32 { socket.number }

    /// Takes the next waiting connection.
    func accept() -> Accepted {
        while true {
            let number = candor_accept(socket.number)
            if number >= 0 {
                if isTCP { Self.sendAtOnce(number) }
                return .connection(number)
            }
            switch errno {
            case EINTR, ECONNABORTED: continue
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
            default: return .nobody
            }
        }
    }

    /// Who is at the other end of an accepted connection, which is known by `number`.
    func peer(of connection: borrowing Descriptor, number: Int) -> Peer {
        var (process, user) = (Int32(0), UInt32(0))
        let isKnown = !isTCP && candor_peer(connection.number, &process, &user) == 0
        return Peer(
            connection: number, role: role, endpoint: name,
            processID: isKnown ? Int(process) : nil, userID: isKnown ? Int(user) : nil)
    }

    private static func newSocket(_ family: Int32, subject: String) throws(ServingError)
        -> Descriptor
    {
        let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let number = Glibc.socket(family, Int32(type), 0)
        guard number >= 0 else { throw ServingError.last("socket", subject) }
        return Descriptor(owning: number)
    }

    private static func listen(on address: LoopbackAddress) throws(ServingError) -> Descriptor {
        let socket = try newSocket(address.family, subject: address.description)
        let number = socket.number
        var one: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        // A restart must not wait for the old connections' TIME_WAIT.
        guard setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &one, size) == 0 else {
            throw ServingError.last("setsockopt", address.description)
        }
        guard address.withSocketAddress({ bind(number, $0, $1) }) == 0 else {
            throw ServingError.last("bind", address.description)
        }
        guard Glibc.listen(number, backlog) == 0 else {
            throw ServingError.last("listen", address.description)
        }
        return socket
    }

    /// Checks an inherited socket, makes it nonblocking, and returns whether it is a TCP one.
    private static func adopt(_ inherited: InheritedSocket) throws(ServingError) -> Bool {
        let number = inherited.descriptor
        let subject = "socket \(inherited.name) (descriptor \(number))"
        var isListening: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(number, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size) == 0,
            isListening == 1
        else { throw .badInheritance("\(subject) is not a listening stream socket") }
        let flags = fcntl(number, F_GETFL)
        guard fcntl(number, F_SETFL, flags | O_NONBLOCK) == 0,
            fcntl(number, F_SETFD, FD_CLOEXEC) == 0
        else { throw ServingError.last("fcntl", subject) }
        switch try SocketAddress.family(of: number) {
        case AF_UNIX: return false
        case AF_INET, AF_INET6:
            guard try isLoopback(number) else { throw .notLoopback(subject) }
            return true
        default: throw .badInheritance("\(subject) is neither a Unix nor an internet socket")
        }
    }

    private static func isLoopback(_ number: Int32) throws(ServingError) -> Bool {
        withUnsafeBytes(of: try SocketAddress.own(of: number)) { bytes in
            if bytes.load(as: sa_family_t.self) == sa_family_t(AF_INET) {
                LoopbackAddress.isLoopback(bytes.load(as: sockaddr_in.self).sin_addr)
            } else {
                LoopbackAddress.isLoopback(bytes.load(as: sockaddr_in6.self).sin6_addr)
            }
        }
    }

    /// `ADDRESS:PORT` of a TCP socket.
    private static func tcpName(_ number: Int32) throws(ServingError) -> String {
        withUnsafeBytes(of: try SocketAddress.own(of: number)) { bytes in
            var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            let capacity = socklen_t(text.count)
            if bytes.load(as: sa_family_t.self) == sa_family_t(AF_INET) {
                var address = bytes.load(as: sockaddr_in.self)
                inet_ntop(AF_INET, &address.sin_addr, &text, capacity)
                return "\(string(text)):\(UInt16(bigEndian: address.sin_port))"
            }
            var address = bytes.load(as: sockaddr_in6.self)
            inet_ntop(AF_INET6, &address.sin6_addr, &text, capacity)
            return "[\(string(text))]:\(UInt16(bigEndian: address.sin6_port))"
        }
    }

    private static func string(_ text: [CChar]) -> String {
        String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Replies are written whole, so waiting to fill a packet would only add latency.
    private static func sendAtOnce(_ number: Int32) {
        var one: Int32 = 1
        // A failure costs latency only.
        _ = setsockopt(
            number, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }
}
