// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// The file of a Unix socket: made when serving begins, removed when it ends.
///
/// It tells a dead daemon's leftover, which it replaces, from a living daemon's socket, which it
/// leaves alone. That two daemons start in the same instant is not its concern: they share a
/// state directory, which is locked.
struct UnixSocketFile {
    /// Where it lies.
    let path: String
    private let device: dev_t
    private let inode: ino_t

    /// Binds `socket` to `path` with the permissions `mode`, and listens.
    ///
    /// Creates the last folder of the path when it is missing, for owner and group only (0750).
    static func bindAndListen(
        _ socket: borrowing Descriptor, path: String, mode: UInt32, backlog: Int32
    ) throws(ServingError) -> UnixSocketFile {
        try makeFolder(for: path)
        try removeLeftover(path)
        // The kernel creates the file with the descriptor's permissions: nobody but the owner can
        // connect in the moment before `chmod`.
        guard fchmod(socket.number, 0o600) == 0 else { throw ServingError.last("fchmod", path) }
        let number = socket.number
        guard try SocketAddress.withUnix(path, { bind(number, $0, $1) }) == 0 else {
            throw ServingError.last("bind", path)
        }
        guard listen(number, backlog) == 0 else { throw ServingError.last("listen", path) }
        guard chmod(path, mode) == 0 else { throw ServingError.last("chmod", path) }
        var status = stat()
        guard lstat(path, &status) == 0 else { throw ServingError.last("lstat", path) }
        return UnixSocketFile(path: path, device: status.st_dev, inode: status.st_ino)
    }

    /// Removes the file, unless another one has taken its place.
    func remove() {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_dev == device, status.st_ino == inode else {
            return
        }
        // Nothing depends on the result: a leftover is replaced by the next start.
        _ = unlink(path)
    }

    private static func makeFolder(for path: String) throws(ServingError) {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let folder = String(path[..<slash])
        if mkdir(folder, 0o750) == 0 || errno == EEXIST { return }
        guard errno == ENOENT else { throw ServingError.last("mkdir", folder) }
        throw .noFolder(path: path)
    }

    private static func removeLeftover(_ path: String) throws(ServingError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw ServingError.last("lstat", path)
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { throw ServingError.last("socket", path) }
        let probe = Descriptor(owning: number)
        let flags = fcntl(probe.number, F_GETFL)
        guard fcntl(probe.number, F_SETFL, flags | O_NONBLOCK) == 0 else {
            throw ServingError.last("fcntl", path)
        }
        let result = try SocketAddress.withUnix(path) { connect(number, $0, $1) }
        // EAGAIN: its queue is full, so somebody is there.
        if result == 0 || errno == EAGAIN { throw .alreadyServed(path: path) }
        guard errno == ECONNREFUSED else {
            if errno == ENOENT { return }
            throw ServingError.last("connect", path)
        }
        guard unlink(path) == 0 || errno == ENOENT else { throw ServingError.last("unlink", path) }
    }
}
