// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// Where a daemon listens.
public enum Endpoint: Sendable, Equatable, CustomStringConvertible {
    /// A Unix socket, by path.
    case unix(path: String)
    /// A TCP port of a host name or address (an IPv6 address without brackets).
    case tcp(host: String, port: UInt16)

    /// The longest path a Unix socket address can hold, its ending NUL not counted.
    public static let pathBytesMax = 107

    /// As a person would write it: the path, or `HOST:PORT`.
    public var description: String {
        switch self {
        case .unix(let path): path
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }

    /// Checks the path of a Unix socket: 1–107 bytes.
    public init(socketPath path: String) throws(ConnectionError) {
        guard !path.isEmpty else {
            throw .badEndpoint(path, "the socket path is empty; give the daemon's --socket path")
        }
        guard path.utf8.count <= Self.pathBytesMax else {
            throw .badEndpoint(
                path, "a socket path holds at most \(Self.pathBytesMax) bytes; use a shorter one")
        }
        self = .unix(path: path)
    }

    /// Reads `HOST:PORT`, `ADDRESS:PORT` or `[IPV6]:PORT`; the port is 1–65535.
    public init(tcpAddress text: String) throws(ConnectionError) {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...]),
            port > 0
        else { throw .badEndpoint(text, "expected ADDRESS:PORT with a port of 1 to 65535") }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            throw .badEndpoint(text, "write an IPv6 address in brackets, as in [::1]:7400")
        }
        guard !host.isEmpty else {
            throw .badEndpoint(text, "the address is missing; for this machine write 127.0.0.1")
        }
        self = .tcp(host: host, port: port)
    }

    /// The endpoint to use when the command line names none.
    ///
    /// `CANDOR_SOCKET` if set; else the first of `$XDG_RUNTIME_DIR/candor/candord.sock` and
    /// `/run/candor/candord.sock` that `exists`; else the first of them.
    ///
    /// - Parameters:
    ///   - environment: the environment's variables.
    ///   - exists: whether something is at a path.
    /// - Returns: the endpoint; nothing needs to listen there.
    /// - Throws: when `CANDOR_SOCKET` holds no usable path.
    public static func standard(
        environment: [String: String], exists: (String) -> Bool = Self.somethingIs(at:)
    ) throws(ConnectionError) -> Endpoint {
        if let path = environment["CANDOR_SOCKET"], !path.isEmpty {
            return try Endpoint(socketPath: path)
        }
        var candidates = ["/run/candor/candord.sock"]
        if let runtime = environment["XDG_RUNTIME_DIR"], !runtime.isEmpty {
            candidates.insert(runtime + "/candor/candord.sock", at: 0)
        }
        return try Endpoint(socketPath: candidates.first(where: exists) ?? candidates[0])
    }

    /// Whether a file of any kind is at `path`.
    public static func somethingIs(at path: String) -> Bool { access(path, F_OK) == 0 }
}
