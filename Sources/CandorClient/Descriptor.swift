// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// A connected stream socket that closes itself.
struct Descriptor: ~Copyable {
    let raw: Int32

    init(owning raw: Int32) { self.raw = raw }

    deinit { close(raw) }

    /// Connects to the endpoint; a TCP host is tried at each of its addresses in turn.
    static func connected(to endpoint: Endpoint) throws(ConnectionError) -> Descriptor {
        switch endpoint {
        case .unix(let path): try unix(path, endpoint)
        case .tcp(let host, let port): try tcp(host, port, endpoint)
        }
    }

    private static func unix(
        _ path: String, _ endpoint: Endpoint
    ) throws(ConnectionError) -> Descriptor {
        let socket = try opened(AF_UNIX, endpoint)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        precondition(bytes.count <= Endpoint.pathBytesMax, "checked when the endpoint was made")
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connectRestarting(socket.raw, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw failure(result, endpoint) }
        return socket
    }

    private static func tcp(
        _ host: String, _ port: UInt16, _ endpoint: Endpoint
    ) throws(ConnectionError) -> Descriptor {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &list)
        guard code == 0 else { throw .unknownHost(endpoint, String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(list) }
        var lastErrno = ECONNREFUSED
        var next = list
        while let entry = next {
            next = entry.pointee.ai_next
            let socket = try opened(entry.pointee.ai_family, endpoint)
            lastErrno = connectRestarting(
                socket.raw, entry.pointee.ai_addr, entry.pointee.ai_addrlen)
            guard lastErrno != 0 else {
                var on: Int32 = 1
                // A failure costs latency only: requests are short lines that should leave at once.
                _ = setsockopt(
                    socket.raw, Int32(IPPROTO_TCP), TCP_NODELAY, &on,
                    socklen_t(MemoryLayout<Int32>.size))
                return socket
            }
        }
        throw failure(lastErrno, endpoint)
    }

    private static func opened(
        _ family: Int32, _ endpoint: Endpoint
    ) throws(ConnectionError) -> Descriptor {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let raw = socket(family, type, 0)
        guard raw >= 0 else { throw .system("socket", endpoint, errno: errno) }
        return Descriptor(owning: raw)
    }

    /// Connects and returns 0 or the error number; a signal does not end the attempt.
    private static func connectRestarting(
        _ raw: Int32, _ address: UnsafePointer<sockaddr>?, _ length: socklen_t
    ) -> Int32 {
        guard let address else { return EINVAL }
        guard connect(raw, address, length) != 0 else { return 0 }
        guard errno == EINTR else { return errno }
        // An interrupted connect goes on by itself: wait until it ends and ask how it did.
        var waiting = pollfd(fd: raw, events: Int16(POLLOUT), revents: 0)
        while poll(&waiting, 1, -1) < 0, errno == EINTR {}
        var result: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(raw, SOL_SOCKET, SO_ERROR, &result, &size) == 0 ? result : errno
    }

    private static func failure(_ number: Int32, _ endpoint: Endpoint) -> ConnectionError {
        switch number {
        case ENOENT, ECONNREFUSED, ENOTDIR: .noDaemon(endpoint)
        case EACCES, EPERM: .notPermitted(endpoint)
        default: .system("connect", endpoint, errno: number)
        }
    }
}
