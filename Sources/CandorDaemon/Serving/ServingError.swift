// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Why the daemon cannot serve.
public enum ServingError: Error, Equatable, CustomStringConvertible {
    /// A call to the system failed: its name, what it was about, and `errno`.
    case system(call: String, subject: String, code: Int32)
    /// The path of a Unix socket has more bytes than the kernel takes.
    case pathTooLong(path: String, bytesMax: Int)
    /// Another process answers on the path.
    case alreadyServed(path: String)
    /// Something that is no socket lies at the path.
    case notASocket(path: String)
    /// The folder that should hold the socket, and the one above it, do not exist.
    case noFolder(path: String)
    /// Text that is no `ADDRESS:PORT`.
    case badAddress(String)
    /// An address that other machines can reach.
    case notLoopback(String)
    /// `LISTEN_FDS` or `LISTEN_FDNAMES` says something that cannot be.
    case badInheritance(String)
    /// Nothing to listen on was given.
    case noEndpoints

    /// The message, with what to do next.
    public var description: String {
        switch self {
        case .system(let call, let subject, let code):
            "\(call) failed for \(subject): \(String(cString: strerror(code)))"
        case .pathTooLong(let path, let bytesMax):
            "the socket path \(path) is longer than \(bytesMax) bytes; choose a shorter one"
        case .alreadyServed(let path):
            "another daemon answers on \(path); stop it or choose another socket path"
        case .notASocket(let path):
            "\(path) exists and is not a socket; remove it or choose another socket path"
        case .noFolder(let path):
            "the folder for the socket \(path) does not exist; create it first"
        case .badAddress(let text):
            "'\(text)' is not an address; write 127.0.0.1:PORT or [::1]:PORT, PORT 0–65535, or "
                + "another address of this machine"
        case .notLoopback(let text):
            "\(text) is not a loopback address, and other machines could connect without proving "
                + "who they are; set token-file (`candord token new` makes a token), or use "
                + "127.0.0.1:PORT or [::1]:PORT"
        case .badInheritance(let reason):
            "the sockets passed by the service manager cannot be used: \(reason)"
        case .noEndpoints:
            "nothing to listen on; give a socket path"
        }
    }

    /// The failure of `call` that `errno` tells of at this moment.
    static func last(_ call: String, _ subject: String) -> ServingError {
        .system(call: call, subject: subject, code: errno)
    }
}
