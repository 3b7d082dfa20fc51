// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// The C forms of socket addresses.
enum SocketAddress {
    /// The longest path of a Unix socket in bytes, its terminating NUL not counted.
    static let pathBytesMax = 107

    /// Calls `body` with a typed address as the general one that system calls take.
    static func withPointer<Address, R>(
        to address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R
    ) -> R {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }

    /// Calls `body` with the address of a Unix socket; for an abstract one, `path` is its name.
    ///
    /// Throws `pathTooLong` beyond `pathBytesMax`.
    static func withUnix<R>(
        _ path: String, isAbstract: Bool = false, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R
    ) throws(ServingError) -> R {
        let bytes = Array(path.utf8)
        guard bytes.count <= pathBytesMax else {
            throw .pathTooLong(path: path, bytesMax: pathBytesMax)
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { field in
            // A NUL ends a path; an abstract name follows one and ends where the length says.
            field[(isAbstract ? 1 : 0)...].copyBytes(from: bytes)
        }
        let length = MemoryLayout<sa_family_t>.size + bytes.count + 1
        return withPointer(to: &address) { pointer, _ in body(pointer, socklen_t(length)) }
    }

    /// The family of a socket's own address.
    static func family(of socket: Int32) throws(ServingError) -> Int32 {
        Int32(try own(of: socket).ss_family)
    }

    /// The address a socket is bound to.
    static func own(of socket: Int32) throws(ServingError) -> sockaddr_storage {
        guard let storage = address(of: socket, getsockname) else {
            throw ServingError.last("getsockname", "descriptor \(socket)")
        }
        return storage
    }

    /// The address at the other end of a connection; nil when it has gone.
    static func peer(of socket: Int32) -> sockaddr_storage? { address(of: socket, getpeername) }

    private static func address(
        of socket: Int32,
        _ ask: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> sockaddr_storage? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { ask(socket, $0, &length) }
        }
        return result == 0 ? storage : nil
    }
}
