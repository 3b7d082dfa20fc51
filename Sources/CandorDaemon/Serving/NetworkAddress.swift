// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// An address of this machine, IPv4 or IPv6, and a TCP port.
public struct NetworkAddress: Sendable, Equatable, CustomStringConvertible {
    /// The address' four or sixteen bytes, in network order.
    private let bytes: [UInt8]
    private let text: String
    /// The port; 0 has the kernel choose one.
    public let port: UInt16

    /// Reads `127.0.0.1:PORT`, any other IPv4 address, `localhost:PORT` or `[IPV6]:PORT`.
    ///
    /// Names are not looked up, because what they mean can change. Throws `badAddress` for other
    /// text.
    public init(_ written: String) throws(ServingError) {
        guard let colon = written.lastIndex(of: ":"),
            let port = UInt16(written[written.index(after: colon)...])
        else { throw .badAddress(written) }
        self.port = port
        let host = String(written[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            var address = in6_addr()
            let inner = String(host.dropFirst().dropLast())
            guard inet_pton(AF_INET6, inner, &address) == 1 else { throw .badAddress(written) }
            bytes = withUnsafeBytes(of: address) { Array($0) }
            text = "[\(inner)]"
            return
        }
        var address = in_addr()
        let numeric = host == "localhost" ? "127.0.0.1" : host
        guard inet_pton(AF_INET, numeric, &address) == 1 else { throw .badAddress(written) }
        bytes = withUnsafeBytes(of: address) { Array($0) }
        text = numeric
    }

    /// The address as it is written.
    public var description: String { "\(text):\(port)" }

    /// Whether only this machine can reach it.
    public var isLoopback: Bool { Self.isLoopback(bytes) }

    /// The socket family.
    var family: Int32 { bytes.count == 4 ? AF_INET : AF_INET6 }

    /// Calls `body` with the address as the kernel wants it.
    func withSocketAddress<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        if bytes.count == 4 {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            withUnsafeMutableBytes(of: &address.sin_addr) { $0.copyBytes(from: bytes) }
            return SocketAddress.withPointer(to: &address, body)
        }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        withUnsafeMutableBytes(of: &address.sin6_addr) { $0.copyBytes(from: bytes) }
        return SocketAddress.withPointer(to: &address, body)
    }

    /// Whether an address, by its bytes, lies in 127.0.0.0/8 or is ::1.
    static func isLoopback(_ bytes: [UInt8]) -> Bool {
        if bytes.count == 4 { return bytes[0] == 127 }
        return bytes.last == 1 && bytes.dropLast().allSatisfy { $0 == 0 }
    }
}
