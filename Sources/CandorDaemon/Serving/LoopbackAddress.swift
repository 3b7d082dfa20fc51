// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// An address that only this machine can reach, and a TCP port.
public struct LoopbackAddress: Sendable, Equatable, CustomStringConvertible {
    /// The bytes of 127.x.y.z, or nil for ::1.
    private let version4: in_addr_t?
    private let text: String
    /// The port; 0 has the kernel choose one.
    public let port: UInt16

    /// Reads `127.0.0.1:PORT`, any other address of 127.0.0.0/8, `localhost:PORT` or `[::1]:PORT`.
    ///
    /// Throws `badAddress` for other text and `notLoopback` for an address of another network,
    /// which would need an authentication that protocol 1 does not have.
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
            guard Self.isLoopback(address) else { throw .notLoopback(written) }
            version4 = nil
            text = "[::1]"
            return
        }
        var address = in_addr()
        let numeric = host == "localhost" ? "127.0.0.1" : host
        guard inet_pton(AF_INET, numeric, &address) == 1 else { throw .badAddress(written) }
        guard Self.isLoopback(address) else { throw .notLoopback(written) }
        version4 = address.s_addr
        text = numeric
    }

    /// The address as it is written.
    public var description: String { "\(text):\(port)" }

    /// The socket family.
    var family: Int32 { version4 == nil ? AF_INET6 : AF_INET }

    /// Calls `body` with the address as the kernel wants it.
    func withSocketAddress<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        if let version4 {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = version4
            return SocketAddress.withPointer(to: &address, body)
        }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        withUnsafeMutableBytes(of: &address.sin6_addr) { $0[15] = 1 }
        return SocketAddress.withPointer(to: &address, body)
    }

    /// Whether an address lies in 127.0.0.0/8.
    static func isLoopback(_ address: in_addr) -> Bool {
        UInt32(bigEndian: address.s_addr) >> 24 == 127
    }

    /// Whether an address is ::1.
    static func isLoopback(_ address: in6_addr) -> Bool {
        withUnsafeBytes(of: address) { bytes in
            bytes[15] == 1 && bytes.dropLast().allSatisfy { $0 == 0 }
        }
    }
}
