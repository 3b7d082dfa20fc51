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

    /// The highest role of those who connect.
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
            guard address.isLoopback || role == .guest else {
                throw .notLoopback(address.description)
            }
            let socket = try listen(on: address)
            let name = try tcpName(socket.number)
            return Listener(role: role, name: name, socket: socket, file: nil, isTCP: true)
        case .inherited(let inherited, let networkRole):
            let socket = Descriptor(owning: inherited.descriptor)
            let isTCP = try adopt(inherited, mayBeRemote: networkRole == .guest)
            return Listener(
                role: isTCP ? networkRole : role,
                name: isTCP ? try tcpName(socket.number) : "socket \(inherited.name)",
                socket: socket, file: nil, isTCP: isTCP)
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
    ///
    /// Throws `noRole` when `roles` gives the user at the other end of a Unix socket none.
    func peer(
        of connection: borrowing Descriptor, number: Int, roles: PeerRoles
    ) throws(WireError) -> Peer {
        if isTCP {
            // Absent when the peer has gone already.
            let address = SocketAddress.peer(of: connection.number).flatMap(PeerAddress.init)
            return Peer(
                connection: number, role: role, endpoint: name, address: address?.text,
                owner: address?.owner ?? "unknown")
        }
        var (process, user, group) = (Int32(0), UInt32(0), UInt32(0))
        guard candor_peer(connection.number, &process, &user, &group) == 0 else {
            throw WireError(.noRole, "the kernel does not say who connects; connect again")
        }
        let groups = roles.asksForGroups ? Self.groups(of: connection.number) + [group] : []
        guard let given = roles.role(user: user, groups: groups) else {
            throw WireError(
                .noRole,
                "the user \(user) has no role here; the daemon's setting roles says who has")
        }
        return Peer(
            connection: number, role: min(given, role), endpoint: name, processID: Int(process),
            userID: Int(user), owner: "user \(user)")
    }

    /// The supplementary groups of the process at the other end; none when there are more than fit.
    private static func groups(of connection: Int32) -> [UInt32] {
        let capacity = 1024
        return [UInt32](unsafeUninitializedCapacity: capacity) { buffer, count in
            count = max(Int(candor_peer_groups(connection, buffer.baseAddress, Int32(capacity))), 0)
        }
    }

    private static func newSocket(_ family: Int32, subject: String) throws(ServingError)
        -> Descriptor
    {
        let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let number = Glibc.socket(family, Int32(type), 0)
        guard number >= 0 else { throw ServingError.last("socket", subject) }
        return Descriptor(owning: number)
    }

    private static func listen(on address: NetworkAddress) throws(ServingError) -> Descriptor {
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
    ///
    /// Throws `notLoopback` for one that other machines reach, unless it `mayBeRemote`.
    private static func adopt(
        _ inherited: InheritedSocket, mayBeRemote: Bool
    ) throws(ServingError) -> Bool {
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
            let isLoopback = PeerAddress(try SocketAddress.own(of: number))?.isLoopback ?? false
            guard isLoopback || mayBeRemote else { throw .notLoopback(subject) }
            return true
        default: throw .badInheritance("\(subject) is neither a Unix nor an internet socket")
        }
    }

    /// `ADDRESS:PORT` of a TCP socket.
    private static func tcpName(_ number: Int32) throws(ServingError) -> String {
        guard let address = PeerAddress(try SocketAddress.own(of: number)) else {
            throw .badInheritance("descriptor \(number) is no internet socket")
        }
        return address.text
    }

    /// Replies are written whole, so waiting to fill a packet would only add latency.
    private static func sendAtOnce(_ number: Int32) {
        var one: Int32 = 1
        // A failure costs latency only.
        _ = setsockopt(
            number, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }
}
