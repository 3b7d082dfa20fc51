// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// Connects to Unix sockets.
enum UnixClient {
    /// A nonblocking connection to `path`, owned by the caller.
    static func connect(_ path: String) throws(BenchError) -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system(call: "socket", subject: path, code: errno) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            _ = close(descriptor)
            throw .system(call: "connect", subject: path, code: ENAMETOOLONG)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0, fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else {
            let code = errno
            _ = close(descriptor)
            throw .system(call: "connect", subject: path, code: code)
        }
        return descriptor
    }

    /// The process that listens on `path`.
    static func peerProcessID(_ path: String) throws(BenchError) -> pid_t {
        let descriptor = try connect(path)
        defer { _ = close(descriptor) }
        // struct ucred: pid, uid, gid.
        var credentials: (pid_t, uid_t, gid_t) = (0, 0, 0)
        var size = socklen_t(MemoryLayout.size(ofValue: credentials))
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 else {
            throw .system(call: "getsockopt", subject: path, code: errno)
        }
        return credentials.0
    }
}
